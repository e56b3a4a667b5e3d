"""Answers of the Recherche d'entreprises API read as a delivery of SIRENE."""

import pytest

from ancrage.register.api_snapshot import write_stock
from ancrage.register.build import RegisterInputs, build_register
from ancrage.register.placement import without_list
from ancrage.register.siae import Whereabouts
from ancrage.sources.api_results import read_results

NOWHERE = Whereabouts(lambda *_: None, lambda longitude, _: [None] * len(longitude))


def built(stock, scratch):
    return build_register(RegisterInputs((stock,), scratch, place=without_list, where=NOWHERE))


@pytest.fixture(scope="module")
def results(mirror):
    return list(read_results(sorted((mirror / "api" / "recherche-entreprises").glob("*.json"))))


@pytest.fixture(scope="module")
def register(results, tmp_path_factory):
    folder = tmp_path_factory.mktemp("api")
    stock = write_stock(results, folder, departement=None, vintage="mai 2026", complete=False)
    return built(stock, folder / "scratch")


@pytest.mark.mirror
def test_recorded_answers_become_a_sample_that_gives_no_denominator(register):
    assert register.coverage
    assert not any(found.complete for found in register.coverage)
    assert all(found.ess_only for found in register.coverage)


@pytest.mark.mirror
def test_every_unit_answered_is_accounted_for(register, results):
    units = next(account for account in register.accounts if account.source == "api-unites-legales.csv")
    assert (units.read, units.balanced) == (len(results), True)
    assert units.rejected["clé du SIREN fausse"] == 1
    assert all(account.balanced for account in register.accounts)


@pytest.mark.mirror
def test_what_the_api_calls_ess_is_in_and_the_reason_names_the_api(register, results):
    rows = register.con.to_pyarrow(register.ess_establishment).to_pylist()
    said = {result["siren"] for result in results if (result["complements"] or {}).get("est_ess")}
    assert said
    assert said <= {row["siren"] for row in rows if row["ess"] == "oui"}
    assert all(
        any("est_ess = vrai" in reason for reason in row["reasons"]) for row in rows if row["siren"] in said
    )
    assert {row["flag"] for row in rows} == {None}


@pytest.mark.mirror
def test_non_diffusible_units_bring_neither_name_nor_point(register, results):
    hidden = {result["siren"] for result in results if result["statut_diffusion"] == "P"}
    assert hidden
    rows = register.con.to_pyarrow(register.ess_establishment).to_pylist()
    assert all(row["name"] is None and row["longitude"] is None for row in rows if row["siren"] in hidden)


@pytest.mark.mirror
def test_a_closed_head_office_has_its_closing_day(register):
    rows = {row["siret"]: row for row in register.con.to_pyarrow(register.establishment).to_pylist()}
    assert rows["35600000000048"]["closed"] is None
    assert all(row["closed"] for row in rows.values() if not row["active"])


@pytest.mark.mirror
def test_one_departement_keeps_its_establishments_and_counts_the_others(results, tmp_path):
    stock = write_stock(results, tmp_path, departement="35", vintage="mai 2026", complete=True)
    register = built(stock, tmp_path / "scratch")
    rows = register.con.to_pyarrow(register.establishment).to_pylist()
    assert rows
    assert {row["departement"] for row in rows} == {"35"}
    assert register.accounts[0].left_out["hors des départements couverts par cette livraison"] > 0
    assert [(found.departement, found.complete, found.ess_only) for found in register.coverage] == [
        ("35", True, True)
    ]
