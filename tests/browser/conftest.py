"""A real site, served by the real command, seen in a real browser.

Debian's Chromium drives the pages, and Debian's Firefox the tasks people come for; where one is missing its
tests are left out, saying how to have it.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any
from zlib import crc32

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, sync_playwright
from walking import Walk

from ancrage.people import mailbox

REPOSITORY = Path(__file__).resolve().parents[2]
CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
FIREFOX = next(filter(None, map(shutil.which, ("firefox-esr", "firefox"))), None)
RELAY = Path(__file__).parent / "firefox_relay.mjs"
QUIET = [
    "--no-sandbox",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Maps are drawn by the processor: no machine of ours has a graphics card.
    "--use-angle=swiftshader",
    "--enable-unsafe-swiftshader",
    # Pages themselves are cheaper put together without it.
    "--disable-gpu-compositing",
]
DRIVERS: list[Playwright] = []
PATIENCE_MS = 60_000
OPENED = """
import os
from pathlib import Path
import django
django.setup()
from ancrage.tasks.migrating import migrate
migrate(Path(os.environ["ANCRAGE_DATA"]))
"""
STARTS_WITHIN = 90
"""Seconds after which a server is held not to start: a guard, not a measure."""


@contextmanager
def serving(command: list[str], data: Path, **environment: str) -> Iterator[str]:
    """The site on a free port of this machine, stopped afterwards."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    # What it tells goes to a file: a pipe that nobody empties fills up, and the server waits for ever.
    with (
        TemporaryFile("w+") as told,
        subprocess.Popen(
            [*command, "serve", "--port", str(port), "--workers", "1"],
            env=os.environ | {"ANCRAGE_DATA": str(data)} | environment,
            stdout=subprocess.DEVNULL,
            stderr=told,
            text=True,
        ) as server,
    ):
        try:
            address = f"http://127.0.0.1:{port}"
            _wait(address, server, told)
            yield address
        finally:
            server.terminate()
            try:
                server.wait(20)
            except subprocess.TimeoutExpired:
                server.kill()


def _wait(address: str, server: subprocess.Popen[str], told: IO[str]) -> None:
    for _ in range(STARTS_WITHIN * 5):
        if server.poll() is not None:
            told.seek(0)
            pytest.fail(f"the site stopped: {told.read()}", pytrace=False)
        try:
            if httpx.get(f"{address}/").status_code == 200:
                return
        except httpx.TransportError:
            time.sleep(0.2)
    pytest.fail("the site did not start", pytrace=False)


@pytest.fixture(scope="session")
def demonstration(
    command_words: list[str], embedded: Path, kept: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """The site with nothing synchronised: real geography, fictitious register of the Creuse."""
    data = tmp_path_factory.mktemp("site")
    (data / "cache").symlink_to(kept)
    with serving(command_words, data) as address:
        yield address


@pytest.fixture(scope="session")
def real_site(command_words: list[str], real_data: Path) -> Iterator[str]:
    """The site on the edition built from the mirror."""
    with serving(command_words, real_data) as address:
        yield address


@pytest.fixture(scope="session")
def new_base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The base of a site that opened and where nobody came yet: made once, then copied."""
    data = tmp_path_factory.mktemp("base")
    settings = {"ANCRAGE_DATA": str(data), "DJANGO_SETTINGS_MODULE": "ancrage.config.settings"}
    subprocess.run([sys.executable, "-c", OPENED], env=os.environ | settings, check=True)
    return data / "atelier.sqlite3"


@pytest.fixture
def own_site(command_words: list[str], visited: Path, new_base: Path) -> Callable[..., Any]:
    """Serve the site for a while, settings given: ``with own_site(ANCRAGE_SMTP=…) as address``."""
    shutil.copy(new_base, visited)
    return lambda **environment: serving(command_words, visited, **environment)


@pytest.fixture
def post(tmp_path: Path) -> Iterator[tuple[Path, dict[str, str]]]:
    """A real server of messages: the folder it keeps them in, and what tells the site of it."""
    folder = tmp_path / "courriels"
    with mailbox.serving(folder) as port:
        yield folder, {"ANCRAGE_SMTP": f"smtp://127.0.0.1:{port}", "ANCRAGE_BOITE": str(folder)}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; the test is left out, saying so, where it is missing."""
    if CHROMIUM is None:
        pytest.skip("no Chromium: « apt-get install chromium » brings it, and these tests with it")
    with sync_playwright() as playwright:
        DRIVERS.append(playwright)
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        yield started
        started.close()


@pytest.fixture(scope="session")
def firefox(browser: Browser) -> Iterator[Browser]:
    """Firefox, in dark, which no page of it may change; left out, saying so, where it is missing."""
    if FIREFOX is None:
        pytest.skip("no Firefox: « apt-get install firefox-esr » brings it, and these tests with it")
    started = DRIVERS[-1].firefox.launch(
        channel="moz-firefox",
        executable_path=RELAY,
        env=os.environ | {"FIREFOX": FIREFOX},
        firefox_user_prefs={"layout.css.prefers-color-scheme.content-override": 0},
    )
    yield started
    started.close()


@dataclass(frozen=True)
class Setting:
    """How somebody looks: with which browser, on what width, in dark or not, with scripts or not."""

    browser: str
    width: int
    dark: bool
    scripted: bool

    @property
    def inspected(self) -> bool:
        """Whether axe looks at each step: once in light, once in dark, and on a telephone."""
        return self.scripted and (self.browser, self.width) != ("firefox", 1366)

    def __str__(self) -> str:
        """The name of the test."""
        dark, scripted = "-dark" if self.dark else "", "" if self.scripted else "-without-scripts"
        return f"{self.browser}-{self.width}{dark}{scripted}"


SETTINGS = (
    Setting("browser", 1366, dark=False, scripted=True),
    Setting("browser", 768, dark=True, scripted=True),
    Setting("browser", 360, dark=False, scripted=False),
    Setting("firefox", 1366, dark=True, scripted=True),
    Setting("firefox", 768, dark=True, scripted=False),
    Setting("firefox", 360, dark=True, scripted=True),
)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Do each task in one setting of each browser, in turn; ``ANCRAGE_TEST_SETTINGS=all``: in all six."""
    if "walker" in metafunc.fixturenames:
        turn = crc32(metafunc.function.__name__.encode()) % 3
        every = os.environ.get("ANCRAGE_TEST_SETTINGS") == "all"
        settings = SETTINGS if every else (SETTINGS[turn], SETTINGS[3 + (turn + 1) % 3])
        metafunc.parametrize("walker", settings, indirect=True, ids=str)


@pytest.fixture
def walker(request: pytest.FixtureRequest, axe: str) -> Iterator[Callable[..., Walk]]:
    """Begin a task on the home page: ``walker(4)`` allows four clicks. The register is that of the mirror."""
    how: Setting = request.param
    seen: Browser = request.getfixturevalue(how.browser)
    site: str = request.getfixturevalue("real_site")
    manners: dict[str, Any] = {"viewport": {"width": how.width, "height": 800}, "locale": "fr-FR"}
    if how.browser == "browser":
        manners |= {"color_scheme": "dark" if how.dark else "light", "java_script_enabled": how.scripted}
    context = seen.new_context(**manners)
    if not how.scripted:
        context.route("**/*.js", lambda route: route.abort())
    context.set_default_timeout(PATIENCE_MS)
    yield lambda allowed: Walk(context.new_page(), site, allowed, how.scripted, axe if how.inspected else "")
    context.close()


@dataclass
class Visit:
    """A page and what went wrong in it: errors of its console, requests that left the site."""

    page: Page
    site: str
    scripted: bool = True
    troubles: list[str] = field(default_factory=list)

    def open(self, address: str) -> Page:
        """Open an address of the site and wait for its page to be still: once loaded, without scripts."""
        self.page.goto(self.site + address)
        if self.scripted:
            self.page.wait_for_load_state("networkidle")
        return self.page


Visitor = Callable[..., Visit]


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Visitor]:
    """Open the site as somebody: ``visitor(site, width=320, color_scheme="dark")``."""
    contexts: list[BrowserContext] = []
    visits: list[Visit] = []

    def visit(site: str, *, width: int = 1280, height: int = 900, **manners: object) -> Visit:
        viewport = {"width": width, "height": height}
        context = browser.new_context(viewport=viewport, locale="fr-FR", **manners)  # type: ignore[arg-type]
        contexts.append(context)
        made = Visit(context.new_page(), site, scripted=bool(manners.get("java_script_enabled", True)))
        made.page.on("console", lambda told: _note(made, told.type, told.text))
        made.page.on("pageerror", lambda error: made.troubles.append(str(error)))
        made.page.on("request", lambda asked: _stays(made, asked.url))
        visits.append(made)
        return made

    yield visit
    for context in contexts:
        context.close()
    assert [trouble for made in visits for trouble in made.troubles] == []


def _note(visit: Visit, kind: str, text: str) -> None:
    if kind in ("error", "warning") and "GPU stall" not in text:
        visit.troubles.append(f"{kind}: {text}")


def _stays(visit: Visit, url: str) -> None:
    if not url.startswith((visit.site, "blob:", "data:")):
        visit.troubles.append(f"request to {url}")


@pytest.fixture(scope="session")
def axe() -> str:
    """The script of axe-core, from the pinned npm packages."""
    script = REPOSITORY / "node_modules" / "axe-core" / "axe.min.js"
    if not script.is_file():
        pytest.fail("axe-core is not there: run « make assets » first.", pytrace=False)
    return script.read_text(encoding="utf-8")
