"""Somebody at a keyboard: reaches what she wants by Tab, looks at each page with axe, reads her messages."""

import re
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Page

from ancrage.people import mailbox

AXE = """async () => (await axe.run(document)).violations
  .map((one) => `${one.id}: ${one.nodes.map((node) => node.target.join(" ")).join(", ")}`)"""
SEEK = """(words) => {
  const named = () => {
    const one = document.activeElement;
    const label = one.labels?.[0]?.innerText ?? "";
    return `${label} ${one.innerText ?? ""}`.replace(/\\s+/g, " ").trim();
  };
  const seeking = new AbortController();
  const asked = { capture: true, signal: seeking.signal };
  window.seeking = { reached: false, over: () => seeking.abort() };
  addEventListener("focusin", () => { window.seeking.reached ||= named().startsWith(words); }, asked);
  addEventListener("keydown", (event) => {
    if (!window.seeking.reached || event.key !== "Tab") return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }, asked);
}"""
"""Tell when what has the focus is called so; Tab, pressed once more than needed, then stays there."""
REACHED = "seeking.reached && (seeking.over(), true)"
CODE = re.compile(r"^ {4}(\d{4}-\d{4})$", re.MULTILINE)
FARTHEST = 250
"""Presses of Tab after which a thing is held to be out of reach."""
AT_ONCE = 5
"""Presses of Tab between two looks at what has the focus: looking takes as long as pressing."""


@dataclass
class Somebody:
    """Somebody who reaches what she wants by Tab; ``pressed``: what she pressed that led to a page."""

    page: Page
    site: str
    axe: str
    pressed: list[str] = field(default_factory=list)

    def look(self) -> None:
        """No fault of accessibility on the page as it is now."""
        self.page.evaluate(self.axe)
        found = self.page.evaluate(AXE)
        assert found == [], (self.page.url, found)

    def open(self, where: str) -> None:
        """Open an address, typed or followed from a message."""
        self.page.goto(self.site + where.removeprefix(self.site))
        self.look()

    def reach(self, words: str) -> None:
        """Press Tab until what has the focus is called so."""
        self.page.evaluate(SEEK, words)
        for _ in range(FARTHEST // AT_ONCE):
            for _ in range(AT_ONCE):
                self.page.keyboard.press("Tab")
            if self.page.evaluate(REACHED):
                return
        pytest.fail(f"« {words} » is out of reach of the keyboard on {self.page.url}")

    def press(self, words: str) -> None:
        """Press what leads to another page."""
        self.reach(words)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.pressed.append(words)
        self.look()

    def unfold(self, words: str) -> None:
        """Open what is folded under these words."""
        self.reach(words)
        self.page.keyboard.press("Enter")
        self.look()

    def type(self, words: str, text: str) -> None:
        """Type in a field."""
        self.reach(words)
        self.page.keyboard.type(text)

    def date(self, words: str, day: str) -> None:
        """Give a day to a field, whose order of parts is that of each machine."""
        self.reach(words)
        self.page.locator(":focus").fill(day)

    def choose(self, words: str, letters: str) -> None:
        """Choose in a list by the first letters."""
        self.reach(words)
        self.page.keyboard.type(letters)

    def reads(self, *told: str) -> None:
        """The page says this much."""
        here = " ".join(self.page.locator("main").inner_text().split())
        for one in told:
            assert one in here, f"« {one} » is not on {self.page.url}: {here}"


def last_message(folder: Path, to: str) -> mailbox.Received:
    """The last message that an address received."""
    return next(one for one in mailbox.received(folder) if one.to == to)


def code_in(folder: Path, address: str) -> str:
    """The code in the last message of an address."""
    found = CODE.search(last_message(folder, address).text)
    assert found
    return found[1]
