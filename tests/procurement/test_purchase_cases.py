"""The declared cases of purchases: each at its threshold, each day on both sides, by kind of buyer."""

from datetime import date

import pytest

from ancrage.errors import DayOutOfRangeError
from ancrage.facts.situation import declared
from ancrage.facts.values import read_facts
from ancrage.procurement.answering import answer_all
from ancrage.procurement.catalogue import read_cases, read_rules
from ancrage.procurement.declaration import Case
from ancrage.reasoning import Verdict

CASES = read_cases()
CLIMATE = "loi n° 2021-1104, article 35"


def replayed(case: Case):
    told = read_facts(f"{fact}={_written(value)}" for fact, value in case.facts.items())
    return answer_all(declared(told), on=case.day)


def _written(value: object) -> str:
    return {True: "oui", False: "non"}[value] if isinstance(value, bool) else str(value)


@pytest.mark.parametrize("case", CASES, ids=[f"{at}-{case.title}" for at, case in enumerate(CASES)])
def test_the_rules_answer_each_case_as_its_article_says(case):
    answers = replayed(case)
    if case.procedure:
        assert (answers.procedure.answer.rule.id, answers.procedure.verdict) == (case.procedure, Verdict.OUI)
    if case.publicity:
        assert (answers.publicity.answer.rule.id, answers.publicity.verdict) == (case.publicity, Verdict.OUI)
    assert {rule: answers.named(rule).verdict for rule in case.expects} == case.expects
    assert case.procedure or case.expects


def test_there_are_sixty_threshold_cases_and_eight_of_the_climate_law_around_its_days():
    climate = [case for case in CASES if case.article == CLIMATE]
    assert len(CASES) - len(climate) >= 60
    assert len(climate) >= 8
    assert {date(2026, 8, 20), date(2026, 8, 21), date(2026, 8, 22)} == {case.day for case in climate}


def test_a_single_procedure_applies_whatever_the_amount_the_buyer_and_the_day():
    for case in CASES:
        procedures = [one.verdict for one in replayed(case).of("procedure")]
        assert procedures.count(Verdict.OUI) <= 1
        assert procedures.count(Verdict.NON) < len(procedures)


def test_a_range_over_a_threshold_is_to_be_checked_and_shows_the_most_demanding():
    told = ["acheteur=local", "nature_achat=services", "montant_marche=200000..220000"]
    answers = answer_all(declared(read_facts([*told, "services_procedure_adaptee=non"])), on=date(2026, 9, 1))
    assert answers.procedure.verdict is Verdict.A_VERIFIER
    assert answers.procedure.answer.rule.id == "formalisee"
    assert [one.rule.id for one in answers.procedure.possible] == ["adaptee", "formalisee"]


@pytest.mark.parametrize("day", [date(2019, 12, 31), date(2028, 1, 1)])
def test_a_day_without_known_thresholds_is_refused(day):
    with pytest.raises(DayOutOfRangeError):
        answer_all(declared({}), on=day)


def test_every_rule_has_a_case_or_holds_for_every_purchase():
    held = {rule for case in CASES for rule in (*case.expects, case.procedure, case.publicity) if rule}
    always = {
        rule.id
        for rule in read_rules().values()
        if all(one.rule == "montant_marche >= 0" for one in rule.versions)
    }
    left = set(read_rules()) - held - always
    # What rests on numbers nobody read is never a yes: their cases would only say so.
    assert left == {
        "lots_dispenses",
        "donnees_essentielles",
        "allotissement",
    }
