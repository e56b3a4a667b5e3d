"""Facts a real SIRET fills, and what is said when it cannot."""

from datetime import date

import pytest

from ancrage.aids.asking import Request, answer
from ancrage.facts.register import facts_of_siret
from ancrage.reasoning import Verdict

TODAY = date(2026, 11, 23)

pytestmark = pytest.mark.mirror


def a_siret(atlas, condition):
    row = atlas.warehouse.row(f"SELECT * FROM establishment WHERE {condition} ORDER BY siret LIMIT 1")
    assert row, condition
    return row


def test_a_closed_establishment_fills_nothing_and_says_since_when(real_atlas):
    row = a_siret(real_atlas, "NOT active AND closed IS NOT NULL")
    filled = facts_of_siret(real_atlas, row["siret"], on=TODAY)
    assert filled.situation == {}
    assert f"fermé depuis le {row['closed']:%d/%m/%Y}" in filled.warnings[0]


def test_the_same_establishment_answers_on_a_day_it_was_open(real_atlas):
    row = a_siret(real_atlas, "NOT active AND closed > DATE '2021-06-01' AND created < DATE '2021-01-01'")
    filled = facts_of_siret(real_atlas, row["siret"], on=date(2021, 3, 31))
    assert filled.situation["inscrite_sirene"].value is True


def test_an_enterprise_outside_the_ess_is_told_and_declared_facts_win(real_atlas):
    row = a_siret(real_atlas, "active AND ess = 'non' AND created < DATE '2021-01-01'")
    on = date(2021, 3, 31)
    report = answer(real_atlas, Request(siret=row["siret"]), on=on)
    assert any("n'est pas de l'ESS" in warning for warning in report.warnings)
    assert report.situation["est_ess"].value is False
    told = answer(real_atlas, Request({"est_ess": True}, siret=row["siret"]), on=on)
    assert told.situation["est_ess"].value is True


def test_a_siae_of_the_public_list_tells_its_kind(real_atlas):
    row = real_atlas.warehouse.row(
        "SELECT siret, siae_kinds FROM ess_establishment WHERE active AND len(siae_kinds) = 1 LIMIT 1"
    )
    assert row
    known = facts_of_siret(real_atlas, row["siret"], on=TODAY).situation["type_siae"]
    assert known.value == row["siae_kinds"][0]
    assert known.origin.value == "registre"


@pytest.mark.parametrize("code", ["22016", "75056", "13201", "97611", "69123"])
def test_islands_without_epci_great_cities_and_mayotte_have_their_facts(real_atlas, code):
    report = answer(real_atlas, Request(territory=code), on=TODAY)
    assert report.situation["region"].value is not None
    assert report.situation["departement"].value is not None
    if code == "22016":
        assert "epci" not in report.situation
    assert {one.verdict for one in report.answers} <= {Verdict.OUI, Verdict.NON, Verdict.A_VERIFIER}


def test_an_epci_that_lies_in_two_departements_leaves_its_departement_unknown(real_atlas):
    row = real_atlas.warehouse.row(
        "SELECT epci FROM commune WHERE vintage = 2026 AND epci IS NOT NULL "
        "GROUP BY epci HAVING count(DISTINCT departement) = 2 ORDER BY epci LIMIT 1"
    )
    known = answer(real_atlas, Request(territory=row["epci"]), on=TODAY).situation["departement"]
    assert known.value is None
    assert "à cheval" in known.note


@pytest.mark.mirror
def test_a_structure_that_a_list_alone_tells_fills_what_the_list_says(real_atlas):
    """Fifteen drawn evenly from all those that SIRENE, a sample here, does not hold."""
    rows = real_atlas.warehouse.rows(
        "SELECT siret, any_value(kind) AS kind, any_value(commune) AS commune, any_value(section) AS section "
        "FROM siae JOIN listed_structure USING (siret, kind, commune) "
        "WHERE siret NOT IN (SELECT siret FROM establishment) AND section IS NOT NULL AND list = 'siae' "
        "GROUP BY siret HAVING count(*) = 1 ORDER BY siret"
    )
    assert len(rows) > 3000
    for row in rows[:: len(rows) // 15]:
        filled = facts_of_siret(real_atlas, row["siret"], on=TODAY)
        told = {fact: known.value for fact, known in filled.situation.items()}
        assert filled.name
        assert told["naf_section"] == row["section"]
        assert told["type_siae"] == row["kind"]
        assert told.get("est_ess") is None
        assert told["inscrite_sirene"] is True
        assert any("connue par une liste" in warning for warning in filled.warnings)
