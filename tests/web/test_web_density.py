"""What a page shows at once, and what waits folded in it."""

import html
import re

import pytest
from django.test import Client

from ancrage.reports.sheet import Grid, Paragraph, Section
from ancrage.web.density import BEGUN, LETTERS, LONG, waiting
from ancrage.web.pages import environment

SECTION_ALONE = environment().from_string(
    '{% from "macros.html.j2" import verdict, scrolling with context %}{% include "sheet_section.html.j2" %}'
)


def section(name: str, lines: int) -> Section:
    return Section(name, name, (Paragraph("x" * (LETTERS * lines - 1)),))


def test_sections_are_open_as_long_as_the_page_has_room_and_the_first_always_is() -> None:
    assert waiting((section("a", 100), section("b", 1)), 50) == {"b"}
    # Two sections of a title (3 lines) and 7 lines hold in 20 lines, not in 19.
    two = (section("a", 7), section("b", 7))
    assert waiting(two, 20) == frozenset()
    assert waiting(two, 19) == {"b"}


def test_a_short_section_after_a_long_one_that_waits_is_still_open() -> None:
    assert waiting((section("a", 1), section("b", 90), section("c", 1)), 20) == {"b"}


@pytest.mark.parametrize(("rows", "waits"), [(LONG, 0), (LONG + 1, LONG + 1 - BEGUN)])
def test_a_long_table_is_begun_and_its_other_rows_wait(rows: int, waits: int) -> None:
    table = Grid("Communes", ("Nom",), tuple((f"n° {rank}",) for rank in range(rows)))
    told = SECTION_ALONE.render(
        request=None, section=Section("communes", "Communes", (table,)), links=None, path="/"
    )
    begun, _, rest = told.partition('<details class="lignes">')
    assert begun.count('<th scope="row">') == rows - waits
    assert rest.count('<th scope="row">') == waits
    assert told.count("<caption") == (2 if waits else 1)


def test_what_is_known_of_no_territory_compared_is_said_once_and_who_would_bring_it(site: Client) -> None:
    told = html.unescape(site.get("/territoires/comparer/?t=74010&t=56152").content.decode())
    told = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", told))
    part = told[told.index("Pas encore su, pour aucun d’eux : Établissements de l’ESS") :]
    assert "Part de l’ESS dans les employeurs" in part.split("Viendrait de :")[0]
    assert "INSEE" in part.split("Viendrait de :")[1][:300]
    assert len(re.findall(r"\binconnu\b", told)) < 4


def test_a_comparison_says_of_which_year_people_are_counted(site: Client) -> None:
    told = html.unescape(site.get("/territoires/comparer/?t=74010&t=56152").content.decode())
    assert "Habitants (référence 2023)" in told
    assert "Évolution de la population, depuis 2018" in told
