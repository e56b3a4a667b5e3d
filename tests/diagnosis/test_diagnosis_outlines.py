"""The map of a diagnosis, on the real outlines."""

from datetime import date

import pytest

from ancrage.diagnosis.assemble import diagnose
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
