"""The map of a diagnosis, on the real outlines."""

from datetime import date

import pytest

from ancrage.diagnosis.assemble import diagnose
from ancrage.reports.diagnosis.features import features_of, features_of_several
from ancrage.territories.resolving import resolve

TODAY = date(2026, 11, 23)


@pytest.mark.mirror
@pytest.mark.parametrize(("code", "arrondissements"), [("75056", 20), ("69123", 9), ("13055", 16)])
def test_a_large_city_is_drawn_by_its_arrondissements_which_doubt_what_lies_in_a_part(
    real_atlas, code, arrondissements
):
    diagnosis = diagnose(real_atlas, resolve(real_atlas, code, on=TODAY), with_outline=True)
    assert diagnosis.outline is not None
    drawn = [commune["properties"] for commune in diagnosis.outline.communes]
    assert len(drawn) == arrondissements
    assert {properties["verdicts"]["qpv"] for properties in drawn} == {"a_verifier"}
    assert {properties["verdicts"]["france_services"] for properties in drawn} == {"a_verifier"}
    assert {properties["verdicts"]["frr"] for properties in drawn} == {"non"}
    assert not any(piece.subject.startswith("Carte") for piece in diagnosis.missing)


@pytest.mark.mirror
def test_a_sample_that_holds_nothing_certain_is_unknown_not_zero(real_atlas):
    assert diagnose(real_atlas, resolve(real_atlas, "13055", on=TODAY)).ess is None


@pytest.mark.mirror
def test_no_contract_is_a_parent_before_its_list_answers(real_atlas):
    kinds = {
        on: {parent.code.kind.value for parent in resolve(real_atlas, "23077", on=on).parents}
        for on in (date(2023, 12, 31), date(2024, 1, 1))
    }
    assert ("crte" in kinds[date(2023, 12, 31)], "crte" in kinds[date(2024, 1, 1)]) == (False, True)


@pytest.mark.mirror
def test_the_map_of_a_comparison_holds_each_territory_and_every_zoning_that_colours_one(real_atlas):
    one, other = (
        diagnose(real_atlas, resolve(real_atlas, code, on=TODAY), with_outline=True)
        for code in ("200044014", "31555")
    )
    drawn = features_of_several((one, other))
    layers = [(each["properties"]["couche"], each["properties"].get("code")) for each in drawn["features"]]
    assert [code for layer, code in layers if layer == "territoire"] == ["200044014", "31555"]
    assert {"23077", "31555"} <= {code for layer, code in layers if layer == "commune"}
    told = [zoning["id"] for zoning in drawn["zonages"]]
    assert len(set(told)) == len(told)
    for alone in (one, other):
        assert {zoning["id"] for zoning in features_of(alone)["zonages"]} <= set(told)
    assert drawn["zonage"] in told
