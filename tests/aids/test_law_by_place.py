"""« fr » covers the places where the law of the codes holds: never a collectivity whose law is its own."""

from datetime import date

import pytest

from ancrage.aids.answering import DayCatalogue
from ancrage.aids.compiling import compile_day
from ancrage.aids.questions import next_question
from ancrage.aids.report import AidReport
from ancrage.facts.legislation import LAW_FACTS
from ancrage.facts.situation import completed, declared
from ancrage.reasoning import Verdict

DAYS = (date(2021, 3, 31), date(2026, 11, 1))
APART = ("984", "986", "987", "988", "989")
FACTS = {"forme": "association", "activite_reduite": True, "secteur_protege": "aucun"}


@pytest.fixture(scope="module", params=DAYS)
def day(request: pytest.FixtureRequest) -> DayCatalogue:
    """The catalogue of a day."""
    return DayCatalogue(compile_day(request.param))


@pytest.mark.parametrize("place", APART)
def test_no_aid_of_the_nation_is_a_yes_where_the_law_is_another(day: DayCatalogue, place: str) -> None:
    """Whatever else holds, every aid declared « fr » has its condition of law open or refused there."""
    situation = completed(declared({**FACTS, "departement": place}), on=date.fromisoformat(day.on))
    for answer in day.answers(situation):
        assert answer.verdict is not Verdict.OUI, answer.entry.id
        law = [one for one in answer.conditions if one.entry.id == "droit"]
        assert bool(law) == ("fr" in answer.entry.coverage and answer.entry.in_force), answer.entry.id
        assert all(one.verdict is not Verdict.OUI for one in law), answer.entry.id


@pytest.mark.parametrize("aid", ["pec", "activite_partielle"])
def test_labour_aids_are_refused_in_new_caledonia_with_the_text_that_says_so(aid: str) -> None:
    """The case of ../shared/cases: territory 98818, association, 2021."""
    day = DayCatalogue(compile_day(date(2021, 3, 31)))
    situation = completed(declared({**FACTS, "commune": "98818"}), on=date(2021, 3, 31))
    answer = next(one for one in day.answers(situation) if one.entry.id == aid)
    assert answer.verdict is Verdict.NON
    assert answer.amount is None
    assert any("loi organique 99-209, art. 22, 2°" in reason for reason in answer.reasons)


@pytest.mark.parametrize("place", ["23", "972", "974", "2A"])
def test_where_the_codes_hold_nothing_changes(day: DayCatalogue, place: str) -> None:
    """The condition of law is met in a département, overseas ones included."""
    situation = completed(declared({**FACTS, "departement": place}), on=date.fromisoformat(day.on))
    law = [one for answer in day.answers(situation) for one in answer.conditions if one.entry.id == "droit"]
    assert law
    assert all(one.verdict is Verdict.OUI for one in law)


@pytest.mark.parametrize("place", ["975", "976"])
def test_a_relief_of_the_social_security_code_is_no_yes_where_its_own_rules_were_not_read(place: str) -> None:
    on = date(2026, 11, 28)
    situation = completed(declared({**FACTS, "departement": place}), on=on)
    (answer,) = [
        one
        for one in DayCatalogue(compile_day(on)).answers(situation)
        if one.entry.id == "reduction_generale"
    ]
    assert answer.qualifies is Verdict.A_VERIFIER
    (law,) = [one for one in answer.conditions if one.entry.id == "droit"]
    assert law.verdict is Verdict.A_VERIFIER


def test_nobody_is_asked_which_law_holds() -> None:
    """A fact that only texts settle, aid by aid, would turn every answer at once."""
    on = date(2021, 3, 31)
    situation = completed(declared({**FACTS, "commune": "98818"}), on=on)
    day = DayCatalogue(compile_day(on))
    waited = {fact for answer in day.answers(situation) for fact in answer.missing}
    assert waited & LAW_FACTS
    asked: set[str] = set()
    for _ in range(5):
        found = next_question(AidReport(on, "", situation, day.answers(situation), (), (), day), passed=asked)
        if found is None:
            break
        asked.add(found.id)
    assert asked.isdisjoint(LAW_FACTS)
