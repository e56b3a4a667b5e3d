"""Every page, in a real browser: accessible, narrow, dark, silent."""

from collections.abc import Callable
from typing import Any

import pytest
from browser_pages import EVERY_PAGE

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
AXE = """async (only) => (await axe.run(document, {runOnly: only}))
  .violations.map(one => one.id + ': ' + one.nodes.map(node => node.html.slice(0, 140)).join(' | '))"""
WITHOUT_CAPTION = """[...document.querySelectorAll("table")].filter(one => !one.caption?.textContent.trim())
  .map(one => one.outerHTML.slice(0, 120))"""
SCROLLS = "document.documentElement.scrollWidth"


@pytest.mark.parametrize("address", EVERY_PAGE)
def test_a_page_has_no_fault_in_light_in_dark_nor_on_a_telephone(
    visitor: Callable[..., Any], demonstration: str, axe: str, address: str
) -> None:
    page = visitor(demonstration).open(address)
    page.evaluate(axe)
    assert page.evaluate(AXE, {"type": "tag", "values": RULES}) == []
    assert page.evaluate(WITHOUT_CAPTION) == []
    page.emulate_media(color_scheme="dark")
    assert page.evaluate(AXE, {"type": "rule", "values": ["color-contrast"]}) == []
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate(SCROLLS) <= 320
    assert (
        page.evaluate(AXE, {"type": "rule", "values": ["target-size", "scrollable-region-focusable"]}) == []
    )


@pytest.mark.parametrize("address", EVERY_PAGE)
def test_a_page_reads_without_javascript(
    visitor: Callable[..., Any], demonstration: str, address: str
) -> None:
    page = visitor(demonstration, java_script_enabled=False).open(address)
    assert page.locator("h1").count() == 1
    assert page.locator("main").inner_text().strip()
