"""The aids of a territory, in its diagnosis."""

from datetime import date

from ancrage.diagnosis.assemble import diagnose
from ancrage.reasoning import Verdict
from ancrage.territories.resolving import resolve

WEBINAR, TODAY = date(2021, 3, 31), date(2026, 11, 23)


def aids(atlas, code, on):
    return {(aid.for_whom, aid.id): aid for aid in diagnose(atlas, resolve(atlas, code, on=on)).aids}


def test_the_aids_of_the_day_are_shown_and_those_closed_are_not(embedded_atlas):
    then, now = (aids(embedded_atlas, "23077", on) for on in (WEBINAR, TODAY))
    assert then["structure", "urgencess"].verdict is Verdict.A_VERIFIER
    assert "effectif salarié" in then["structure", "urgencess"].missing
    assert ("structure", "urgencess") not in now


def test_an_authority_has_its_own_aids_and_a_contract_has_no_authority(embedded_atlas):
    assert any(who == "collectivite" for who, _ in aids(embedded_atlas, "200044014", TODAY))
    assert not any(who == "collectivite" for who, _ in aids(embedded_atlas, "crte-75-23-1", TODAY))


def test_an_aid_refused_by_the_place_is_not_listed(embedded_atlas):
    assert ("structure", "serre_a_projets") not in aids(embedded_atlas, "23077", TODAY)
    assert ("structure", "serre_a_projets") in aids(embedded_atlas, "dep:54", TODAY)


def test_each_aid_names_its_text_and_what_is_to_be_known(embedded_atlas):
    for aid in aids(embedded_atlas, "23077", WEBINAR).values():
        assert aid.text
        assert aid.verdict is Verdict.OUI or aid.missing or aid.doubts or aid.verdict is Verdict.A_VERIFIER
