"""The frame of every page: a header of one line, a menu that needs no script, a country to click."""

import pytest

ONE_LINE = 80
"""Pixels of a header of one line."""


@pytest.mark.parametrize("width", [1366, 768, 360])
def test_the_header_is_one_line_and_its_menu_opens_without_a_script(visitor, demonstration, width) -> None:
    page = visitor(demonstration, width=width, height=740, java_script_enabled=False).open("/aides/")
    assert page.locator("header.site").bounding_box()["height"] <= ONE_LINE
    button = page.get_by_role("button", name="Menu")
    if button.is_visible():
        assert page.get_by_role("link", name="Agir").is_hidden()
        button.click()
    page.get_by_role("navigation", name="Menu principal").get_by_role("link", name="Agir").click()
    page.wait_for_url("**/leviers/")


def test_the_country_is_clicked_without_a_script(visitor, demonstration) -> None:
    page = visitor(demonstration, width=1366, java_script_enabled=False).open("/")
    page.locator('.pays svg a[href="/territoires/dep:23/"]').click()
    page.wait_for_url("**/territoires/dep:23/")


def test_the_link_of_a_page_is_copied_and_a_panel_closes_with_escape(visitor, demonstration) -> None:
    page = visitor(demonstration, width=1366, permissions=["clipboard-read", "clipboard-write"]).open(
        "/territoires/23077/?le=2026-11-01"
    )
    page.get_by_text("Partager", exact=True).click()
    page.get_by_role("button", name="Copier le lien").click()
    page.get_by_text("Lien copié.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == page.url
    page.keyboard.press("Escape")
    assert page.locator("details.deroulant[open]").count() == 0
    assert page.evaluate("document.activeElement.textContent.trim()") == "Partager"
