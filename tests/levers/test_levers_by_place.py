"""The texts of the levers are those of the codes: where these do not hold, no competence is told as sure."""

from datetime import date

import pytest

from ancrage.facts.situation import completed, declared
from ancrage.levers.authorities import Authority
from ancrage.levers.recommending import Status, recommend

ON = date(2026, 11, 1)


@pytest.mark.parametrize("place", ["984", "986", "987", "988", "989"])
@pytest.mark.parametrize("authority", list(Authority))
def test_no_tool_is_possible_on_a_text_that_may_not_hold_there(place: str, authority: Authority) -> None:
    """Every tool is out of competence or to be checked, with the reason of the place."""
    situation = completed(declared({"departement": place}), on=ON)
    told = recommend(situation, authority, on=ON)
    assert {advice.status for advice in told.advices} <= {Status.A_VERIFIER, Status.HORS_COMPETENCE}


def test_in_a_departement_the_tools_stay_as_they_are() -> None:
    """The same commune of the Creuse, with and without its law told."""
    plain = recommend(declared({"departement": "23"}), Authority.COMMUNE, on=ON)
    told = recommend(completed(declared({"departement": "23"}), on=ON), Authority.COMMUNE, on=ON)
    assert [one.status for one in plain.advices] == [one.status for one in told.advices]
    assert any(one.status is Status.POSSIBLE for one in told.advices)
