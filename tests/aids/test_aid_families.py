"""Families and coverage: the territory an aid covers is its own, and the nearest variant is the one shown."""

from datetime import date

import pytest

from ancrage.aids.answering import DayCatalogue
from ancrage.aids.catalogue import load_catalogue
from ancrage.aids.compiling import compile_day
from ancrage.aids.families import serving
from ancrage.facts.situation import completed, declared
from ancrage.facts.values import read_facts
from ancrage.reasoning import Verdict

ON = date(2021, 6, 1)
AID = """\
id: {id}
name: {name}
summary: Une aide pour les tests.
funder: Personne
family: prets
desk: {{name: Aucun}}
nature: pret
audience: [structure]
themes: [investissement]
territory: {territory}
versions:
  - {{from: 2021-01-01, to: {until}, text: {{title: T, checked_on: 2026-11-23, basis: texte_lu}}}}
cases:
  - {{title: cas, day: 2021-06-01, verdict: a_verifier}}
"""


@pytest.fixture
def family(tmp_path):
    """A national aid, a regional one that leaves a département out, and one of a closed EPCI call."""
    variants = {
        "national": ("{includes: [fr]}", "2021-12-31"),
        "regional": ("{includes: ['reg:75', 'dep:2A'], excludes: ['dep:23']}", "2021-12-31"),
        "ferme": ("{includes: ['epci:200044014']}", "2021-03-01"),
    }
    folder = tmp_path / "catalogue"
    folder.mkdir()
    for name, (territory, until) in variants.items():
        text = AID.format(id=name, name=name.title(), territory=territory, until=until)
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return DayCatalogue(compile_day(ON, catalogue=load_catalogue(tmp_path)))


def shown(day, *pairs):
    kept, aside = serving(day.answers(completed(declared(read_facts(pairs)), on=date.fromisoformat(day.on))))
    return {one.entry.id: one.verdict for one in kept if one.entry.in_force}, [
        one.answer.entry.id for one in aside
    ]


def test_where_the_local_variant_serves_the_national_one_is_put_aside_with_its_reason(family):
    kept, aside = shown(family, "region=75", "departement=87", "epci=200066744", "commune=87085")
    assert kept == {"regional": Verdict.OUI}
    assert aside == ["national"]
    _, (put_aside,) = serving(
        family.answers(declared(read_facts(["region=75", "departement=87", "epci=200066744"])))
    )
    assert "Regional" in put_aside.reason


def test_where_the_local_variant_is_excluded_the_national_one_serves(family):
    kept, aside = shown(family, "region=75", "departement=23")
    assert kept == {"national": Verdict.OUI, "regional": Verdict.NON}
    assert aside == []


def test_an_aid_covers_a_departement_of_another_region_when_it_says_so(family):
    kept, _ = shown(family, "region=94", "departement=2A")
    assert kept == {"regional": Verdict.OUI}


def test_while_the_place_is_unknown_every_variant_is_shown(family):
    kept, aside = shown(family)
    assert kept == {"national": Verdict.OUI, "regional": Verdict.A_VERIFIER}
    assert aside == []


def test_a_closed_variant_hides_nothing(family):
    kept, _ = shown(family, "region=75", "departement=23", "epci=200044014")
    assert kept["national"] is Verdict.OUI
