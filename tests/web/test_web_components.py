"""What pages are made of: each component says what it must, and nothing that was not given."""

import json
import re
from pathlib import Path
from types import SimpleNamespace

import pytest

from ancrage.reasoning import Verdict
from ancrage.web import assets
from ancrage.web.pages import dialled, environment

WEB = Path(assets.__file__).parent.parent
IMPORT = "{% from 'components.html.j2' import badges, bars, contact, empty, figure, tabs, why with context %}"


def told(source: str, **around: object) -> str:
    made = environment().from_string(IMPORT + source).render(links=None, path="/b/", here="/b/", **around)
    return re.sub(r"\s+", " ", made)


def zoning(name: str, verdict: Verdict) -> SimpleNamespace:
    return SimpleNamespace(name=name, verdict=verdict)


def test_only_what_is_yes_or_partly_is_a_badge_the_others_are_one_line() -> None:
    rows = [zoning("QPV", Verdict.NON), zoning("FRR", Verdict.OUI), zoning("Montagne", Verdict.A_VERIFIER)]
    page = told("{{ badges(rows) }}", rows=rows)
    assert page.count('class="badge ') == 1
    assert "Non : 1 · Pas encore su : 1" in page
    assert "<strong>Pas encore su</strong> : Montagne." in page


def test_a_contact_without_a_number_says_so_rather_than_an_empty_line() -> None:
    page = told('{{ contact("Sous-préfecture d’Aubusson") }}')
    assert "Ni téléphone ni courriel connus." in page
    assert "tel:" not in page


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("05 55 41 00 00", "0555410000"),
        ("+33 5 55 41 00 00 (le matin)", "+33555410000"),
        ("05.55.41.00.00 / 06 00 00 00 00", "0555410000"),
        ("3939", "3939"),
        ("sur place", ""),
    ],
)
def test_a_telephone_number_is_dialled_without_the_words_around_it(written: str, number: str) -> None:
    assert dialled(written) == number


def test_a_bar_nobody_measured_is_not_drawn() -> None:
    page = told('{{ bars("Structures", [("Ici", 4, "4"), ("Là", none, "inconnu")], here=0) }}')
    assert page.count("<rect") == 1
    assert "inconnu" in page


def test_the_page_one_is_on_is_marked_among_its_tabs() -> None:
    page = told('{{ tabs([("A", "/a/", ""), ("B", "/b/?le=2026-11-29", "aide")]) }}')
    assert page.count('aria-current="page"') == 1
    assert 'href="/b/?le=2026-11-29" aria-current="page"' in page


def test_every_icon_a_template_names_is_one_of_the_list() -> None:
    nouns = set(json.loads((WEB / "assets" / "icons.json").read_text()))
    named = {
        noun
        for template in (WEB / "templates").rglob("*.j2")
        for noun in re.findall(r"""(?:icon\(|noun=)["']([\w-]+)["']""", template.read_text())
    }
    assert named
    assert named <= nouns
