"""Picture the pages of the site, on the embedded demonstration: ``make images``.

Starts the real command on a free port with an empty data folder, and needs Chromium. The warning of
fictitious data stays in every picture. Signs in, opens an atelier and writes an action, as a person would.
Refuses a picture heavier than 200 kB.
"""

import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from ancrage.people import mailbox

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
HEAVIEST = 200_000
COLOURS = 96
DESKTOP, TALL, TELEPHONE = (1366, 900), (1366, 1150), (360, 780)
TERRITORY = "/territoires/23077/"
SITUATION = "/mes-aides/?f=effectif=4&f=forme=association&territoire=23096"
COMPARED = "/territoires/comparer/?t=200067544&t=200067189"
SUPPORT = "/demander-un-appui/?t=23096&besoin=creer"
STARTS_WITHIN = 120
CODE = re.compile(r"\b(\w{4}-\w{4})\b")


@dataclass(frozen=True, slots=True)
class Shot:
    """A page to picture: the name of its file, its address, the size of the window."""

    name: str
    address: str
    window: tuple[int, int] = DESKTOP
    dark: bool = False


SHOTS = (
    Shot("site-accueil", "/", TALL),
    Shot("site-territoire", TERRITORY, TALL),
    Shot("site-territoire-sombre", TERRITORY, TALL, dark=True),
    Shot("site-zonages", f"{TERRITORY}zonages/"),
    Shot("site-contacts", f"{TERRITORY}accompagnement/"),
    Shot("site-leviers", f"{TERRITORY}leviers/"),
    Shot("site-evolution", "/territoires/dep:23/evolution/"),
    Shot("site-comparaison", COMPARED),
    Shot("site-mes-aides", SITUATION),
    Shot("site-aides", "/aides/"),
    Shot("site-structures", "/structures/?t=dep:23&famille=cooperative", TALL),
    Shot("site-achats", "/achats/"),
    Shot("site-acheteurs", "/acheteurs/"),
    Shot("site-financement", "/financement/?exemple=oui"),
    Shot("site-cumul", "/financement/cumul/?aide=detr&aide=dsil"),
    Shot("site-foncier", "/leviers/foncier/"),
    Shot("site-ess", f"{TERRITORY}ess/", TALL),
    Shot("site-cas", "/cas/"),
    Shot("site-appui", SUPPORT, TALL),
    Shot("site-telephone", TERRITORY, TELEPHONE),
)


def main() -> None:
    """Make every picture."""
    with tempfile.TemporaryDirectory() as data, mailbox.serving(Path(data) / "courriels") as port:
        told = {"ANCRAGE_SMTP": f"smtp://127.0.0.1:{port}", "ANCRAGE_BOITE": f"{data}/courriels"}
        with _served(os.environ | {"ANCRAGE_DATA": data} | told) as site, sync_playwright() as playwright:
            options = ["--no-sandbox", "--disable-quic"]
            browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=options)
            for shot in SHOTS:
                _picture(browser, site, shot)
            _atelier(browser, site, Path(data) / "courriels")
            browser.close()


@contextmanager
def _served(environment: dict[str, str]) -> Iterator[str]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [str(Path(sys.executable).with_name("ancrage")), "serve", "--port", str(port), "--workers", "1"]
    environment = environment | {"ANCRAGE_ORIGINE": f"http://127.0.0.1:{port}"}
    with subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL) as server:  # noqa: S603
        try:
            _wait(f"http://127.0.0.1:{port}/")
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()


def _picture(browser: Browser, site: str, shot: Shot) -> None:
    page = _page(browser, shot.window, dark=shot.dark)
    page.goto(site + shot.address)
    _keep(page, shot.name)
    page.close()


def _page(browser: Browser, window: tuple[int, int], *, dark: bool = False) -> Page:
    return browser.new_page(
        viewport={"width": window[0], "height": window[1]},
        locale="fr-FR",
        color_scheme="dark" if dark else "light",
    )


def _keep(page: Page, name: str) -> None:
    """Keep what is on screen, in few colours: pictures travel with the package."""
    page.wait_for_load_state("networkidle")
    image = IMAGES / f"{name}.png"
    page.screenshot(path=image)
    with Image.open(image) as whole:
        whole.convert("RGB").quantize(COLOURS).save(image, optimize=True)
    if (weight := image.stat().st_size) > HEAVIEST:
        sys.exit(f"{image}: {weight} bytes, more than {HEAVIEST}.")


def _atelier(browser: Browser, site: str, messages: Path) -> None:
    """From signing in to a first action: the pages that only those who take part see."""
    page = _page(browser, TALL)
    page.goto(f"{site}/espace/")
    _sign_in(page, messages)
    page.get_by_role("link", name="Choisir mon organisation").first.click()
    page.get_by_label("Son nom, son SIREN ou son SIRET").fill("creuse grand sud")
    page.get_by_role("button", name="Chercher", exact=True).last.click()
    page.get_by_role("button", name="CC Creuse Grand Sud").or_(
        page.get_by_role("link", name="CC Creuse Grand Sud")
    ).first.click()
    page.get_by_label("Vous y êtes").select_option(value="agent")
    page.get_by_role("button", name="J’appartiens à cette organisation").click()
    page.wait_for_url("**/organisations/*-*/**")
    _write_a_plan(page, site)


def _sign_in(page: Page, messages: Path) -> None:
    page.get_by_label("Votre adresse électronique").fill("exemple@example.org")
    page.get_by_role("button", name="Recevoir un code").click()
    page.wait_for_load_state()
    found = CODE.search(mailbox.received(messages)[0].text)
    if found is None:
        sys.exit("no code in the message")
    page.get_by_label("Code reçu").fill(found[1])
    page.get_by_role("button", name="Entrer").click()
    page.get_by_label("Prénom et nom").fill("Personne d’exemple")
    page.get_by_role("button", name="Continuer").click()


def _write_a_plan(page: Page, site: str) -> None:
    page.goto(f"{site}/espace/ateliers/ouvrir/")
    page.locator("[name=name]").fill("Atelier d’exemple")
    page.locator("[name=territory]").fill("CC Creuse Grand Sud")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/espace/ateliers/*-*/")
    home = page.url
    page.goto(f"{home}actions/nouvelle/?outil=4")
    page.locator("[name=objective_title]").fill("Garder des lieux ouverts à tous")
    page.locator("[name=title]").fill("Prêter un local à un tiers-lieu")
    page.locator("main form button[type=submit]").first.click()
    page.wait_for_url("**/actions/*-*/")
    _keep(page, "site-action")
    page.goto(home)
    _keep(page, "site-atelier")


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
