"""Every page, in a real browser: accessible, narrow, dark, silent."""

from collections.abc import Callable
from typing import Any

import pytest
from browser_pages import EVERY_PAGE, faultless


@pytest.mark.parametrize("address", EVERY_PAGE)
def test_a_page_has_no_fault_in_light_in_dark_nor_on_a_telephone(
    visitor: Callable[..., Any], demonstration: str, axe: str, address: str
) -> None:
    faultless(visitor(demonstration).open(address), axe)


@pytest.mark.parametrize("address", EVERY_PAGE)
def test_a_page_reads_without_javascript(
    visitor: Callable[..., Any], demonstration: str, address: str
) -> None:
    page = visitor(demonstration, java_script_enabled=False).open(address)
    assert page.locator("h1").count() == 1
    assert page.locator("main").inner_text().strip()
