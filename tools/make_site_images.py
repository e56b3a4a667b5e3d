"""Picture the main pages of the site, on the embedded demonstration: ``make images``.

Starts the real command on a free port with an empty data folder, and needs Chromium. The warning of
fictitious data stays in every picture. Refuses a picture heavier than 400 kB.
"""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from playwright.sync_api import sync_playwright

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
HEAVIEST = 400_000
PAGES = (
    ("site-accueil", "/", 1280, 900),
    ("site-territoire", "/territoires/23077/", 1280, 1000),
    ("site-mes-aides", "/mes-aides/?f=effectif=4&f=forme=association&territoire=23096", 1280, 900),
    ("site-structures", "/structures/?t=dep:23&famille=cooperative", 1280, 1000),
    ("site-telephone", "/territoires/23077/", 390, 844),
)
STARTS_WITHIN = 90


def main() -> None:
    """Make every picture."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with tempfile.TemporaryDirectory() as data:
        command = [
            str(Path(sys.executable).with_name("ancrage")),
            "serve",
            "--port",
            str(port),
            "--workers",
            "1",
        ]
        environment = os.environ | {"ANCRAGE_DATA": data}
        with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as server:  # noqa: S603
            try:
                _wait(f"http://127.0.0.1:{port}/")
                _picture(f"http://127.0.0.1:{port}")
            finally:
                server.terminate()


def _picture(site: str) -> None:
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-quic"]
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=options)
        for name, address, width, height in PAGES:
            page = browser.new_page(viewport={"width": width, "height": height}, locale="fr-FR")
            page.goto(site + address)
            page.wait_for_load_state("networkidle")
            image = IMAGES / f"{name}.png"
            page.screenshot(path=image)
            if (weight := image.stat().st_size) > HEAVIEST:
                sys.exit(f"{image}: {weight} bytes, more than {HEAVIEST}.")
        browser.close()


def _wait(address: str) -> None:
    for _ in range(STARTS_WITHIN * 5):
        try:
            urllib.request.urlopen(address).read()  # noqa: S310 our own address
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.2)
        else:
            return
    sys.exit("the site did not start")


if __name__ == "__main__":
    main()
