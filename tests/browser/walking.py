"""What somebody does from the home page: every press of the pointer is counted, typing apart.

A task says how many clicks it allows; one more ends the test. Where the page runs scripts, the presses that
the browser itself received are compared with those told here, so that none is forgotten.
"""

from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Locator, Page

COUNTING = """addEventListener("pointerdown", (event) => {
  if (event.isTrusted) sessionStorage.presses = Number(sessionStorage.presses ?? 0) + 1;
}, true)"""
FAULTS = """async () => (await axe.run(document)).violations
  .map(one => one.id + ': ' + one.nodes.map(node => node.html.slice(0, 140)).join(' | '))"""
RECEIVED = "Number(sessionStorage.presses ?? 0)"


@dataclass
class Walk:
    """A task under way: its page, the clicks it allows, what was clicked so far.

    ``axe``: the script that inspects the page after each step; empty where it is not inspected.
    """

    page: Page
    site: str
    allowed: int
    scripted: bool
    axe: str = ""
    clicked: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Stand on the home page."""
        if self.scripted:
            self.page.add_init_script(COUNTING)
        self.page.goto(self.site + "/")

    def click(self, what: Locator) -> None:
        """Press it, as a person who sees it does."""
        self.clicked.append(what.inner_text().strip() or str(what))
        assert len(self.clicked) <= self.allowed, f"{len(self.clicked)} clicks: {', '.join(self.clicked)}"
        what.click()
        if self.scripted:
            assert self.page.evaluate(RECEIVED) == len(self.clicked)

    def menu(self, entry: str) -> None:
        """Follow a word of the menu, which a telephone opens first."""
        wanted = self.page.get_by_role("navigation", name="Menu principal").get_by_role("link", name=entry)
        if not wanted.is_visible():
            self.click(self.page.get_by_role("button", name="Menu"))
        self.click(wanted)

    def follow(self, words: str, *, exact: bool = False) -> None:
        """Follow a link of the page itself."""
        self.click(
            self.page.locator("main, .partie-du-site").get_by_role("link", name=words, exact=exact).first
        )

    def press(self, words: str) -> None:
        """Press a button of the page itself."""
        self.click(self.page.locator("main").get_by_role("button", name=words, exact=True).first)

    def type(self, label: str, words: str) -> None:
        """Type in a field; reaching it from the keyboard costs no click."""
        self.page.locator("main").get_by_label(label).first.fill(words)

    def choose(self, label: str, letters: str) -> None:
        """Choose in a list from the keyboard: reach it, type the first letters."""
        self.page.locator("main").get_by_label(label).first.focus()
        self.page.keyboard.type(letters, delay=20)

    def search(self, words: str) -> None:
        """Type in the field of the home page, and Enter."""
        field = self.page.get_by_label("Votre commune, une structure, une aide")
        field.fill(words)
        field.press("Enter")
        self.page.wait_for_url("**/recherche/**")

    def unfold(self, words: str) -> None:
        """Open what is folded under these words."""
        self.click(self.page.locator("main summary", has_text=words).first)
        self.inspect()

    def inspect(self) -> None:
        """The page, as it is now, has no fault that a program sees."""
        if self.axe:
            self.page.evaluate(self.axe)
            assert self.page.evaluate(FAULTS) == []

    def take(self, words: str, folder: Path) -> Path:
        """The file behind a link."""
        with self.page.expect_download() as coming:
            self.follow(words)
        file = folder / coming.value.suggested_filename
        coming.value.save_as(file)
        return file

    def reads(self, *words: str) -> None:
        """The page says this much."""
        told = " ".join(self.page.locator("main").inner_text().split())
        for one in words:
            assert one in told, f"« {one} » is not told"
        self.inspect()
