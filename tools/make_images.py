"""Picture a diagnosis written as HTML: ``make_images.py PAGE.html IMAGE.png [--keep ID …]``.

``--keep`` names the parts of the page to show (``entete`` for its heading); the height follows what is kept.
Without arguments, makes every picture of the documentation: the real ones from the edition in force under
``ANCRAGE_DATA``, which must have been synchronised, the others from the embedded demonstration.
Needs Chromium (Debian: ``apt-get install chromium``); refuses a picture heavier than 400 kB.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
HEAVIEST = 400_000
HEADING = "entete"
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--force-color-profile=srgb",
)
# The page's own warning of fictitious data is never hidden.
HIDE = """<style>main > section, header.page, footer {{ display: none }} {shown} {{ display: block }}
nav {{ display: none }} main.page {{ padding-top: 1rem; padding-bottom: 1rem }}</style>"""
MEASURE = """<script>addEventListener("load", () =>
document.documentElement.dataset.height = Math.ceil(document.body.getBoundingClientRect().height))</script>"""
HEIGHT = re.compile(r'data-height="(\d+)"')


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture of the documentation: its file, the territory, the parts shown, where it is cut."""

    name: str
    territory: str
    keep: tuple[str, ...]
    height: int | None = None
    fictitious: bool = False


PICTURES = (
    Picture("diagnostic-faux-la-montagne.png", "23077", (HEADING, "zonages"), 1166),
    Picture("carte-creuse-grand-sud.png", "200044014", (HEADING, "carte-section")),
    Picture("demonstration-creuse.png", "dep:23", (HEADING, "ess"), 1610, fictitious=True),
)


def make_all() -> None:
    """Diagnose and picture everything the documentation shows."""
    ancrage = Path(sys.executable).with_name("ancrage")
    with tempfile.TemporaryDirectory() as folder:
        page, empty = Path(folder) / "page.html", {**os.environ, "ANCRAGE_DATA": f"{folder}/vide"}
        for one in PICTURES:
            command = [str(ancrage), "diagnostic", one.territory, "--format", "html", "-o", str(page)]
            if subprocess.run(command, check=False, env=empty if one.fictitious else None).returncode:  # noqa: S603
                sys.exit(f"{one.name}: the diagnosis failed.")
            if ('class="fictif"' in page.read_text(encoding="utf-8")) is not one.fictitious:
                sys.exit(f"{one.name}: synchronise the sources first, then build an edition.")
            picture(page, IMAGES / one.name, list(one.keep), 1000, one.height)


def picture(page: Path, image: Path, keep: list[str], width: int, height: int | None) -> None:
    """Write ``image`` (PNG, ``width`` pixels wide) from the parts of ``page`` named in ``keep``."""
    with tempfile.TemporaryDirectory() as folder:
        trimmed = Path(folder) / "page.html"
        trimmed.write_text(_trimmed(page.read_text(encoding="utf-8"), keep), encoding="utf-8")
        size = f"--window-size={width},{height or _height(trimmed, width)}"
        image.parent.mkdir(parents=True, exist_ok=True)
        _chromium(trimmed, size, f"--screenshot={image.resolve()}")
    if (weight := image.stat().st_size) > HEAVIEST:
        sys.exit(f"{image}: {weight} bytes, more than {HEAVIEST}.")


def _trimmed(html: str, keep: list[str]) -> str:
    shown = ", ".join("header.page" if part == HEADING else f"main > section#{part}" for part in keep)
    return html.replace("</head>", (HIDE.format(shown=shown) if keep else "") + MEASURE + "</head>")


def _height(page: Path, width: int) -> int:
    found = HEIGHT.search(_chromium(page, f"--window-size={width},800", "--dump-dom"))
    if found is None:
        sys.exit("Chromium did not measure the page.")
    return int(found[1])


def _chromium(page: Path, *options: str) -> str:
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        sys.exit("Chromium is not installed.")
    with tempfile.TemporaryDirectory() as profile:
        command = [program, *FLAGS, f"--user-data-dir={profile}", *options, page.resolve().as_uri()]
        return subprocess.run(command, check=True, capture_output=True, text=True, timeout=120).stdout  # noqa: S603


def main() -> None:
    """Make the picture asked for, or all of them."""
    if len(sys.argv) == 1:
        make_all()
        return
    parser = argparse.ArgumentParser(description="Picture a diagnosis written as HTML.")
    parser.add_argument("page", type=Path)
    parser.add_argument("image", type=Path)
    parser.add_argument("--keep", nargs="+", default=[], metavar="ID")
    parser.add_argument("--width", type=int, default=1000)
    parser.add_argument("--height", type=int, default=None)
    asked = parser.parse_args()
    picture(asked.page, asked.image, asked.keep, asked.width, asked.height)


if __name__ == "__main__":
    main()
