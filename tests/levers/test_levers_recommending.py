"""What is advised, at each threshold, and never from what is not known."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.facts.declaration import Origin
from ancrage.facts.situation import Known, declared
from ancrage.facts.values import read_facts
from ancrage.interval import Interval
from ancrage.levers.authorities import Authority
from ancrage.levers.catalogue import read_levers
from ancrage.levers.recommending import PRECONDITION, Status, recommend
from ancrage.reasoning import Verdict

TODAY = date(2026, 11, 23)
ZONINGS = ("en_zrr", "en_frr", "en_frr_plus", "en_qpv", "en_rural", "en_montagne", "en_crte", "en_pvd")
NUMBERS = ("employeurs_ess", "creations_ess", "fermetures_ess", "siae_presentes", "quotient_ess")


def advised(*facts, authority=Authority.COMMUNE, on=TODAY):
    found = recommend(declared(read_facts(facts)), authority, on=on)
    return {advice.tool.number: advice for advice in found.advices}


@pytest.mark.parametrize(
    ("fact", "tool", "status"),
    [
        ("siae_presentes=0", 11, Status.POSSIBLE),
        ("siae_presentes=1", 11, Status.PRIORITAIRE),
        ("siae_presentes=1", 12, Status.POSSIBLE),
        ("siae_presentes=2", 12, Status.PRIORITAIRE),
        ("employeurs_ess=2", 18, Status.POSSIBLE),
        ("employeurs_ess=3", 18, Status.PRIORITAIRE),
        ("quotient_ess=0.99", 15, Status.PRIORITAIRE),
        ("quotient_ess=1", 15, Status.POSSIBLE),
        ("quotient_ess=1.19", 17, Status.POSSIBLE),
        ("quotient_ess=1.2", 17, Status.PRIORITAIRE),
        ("accompagnement=couvert", 13, Status.POSSIBLE),
        ("accompagnement=eloigne", 13, Status.PRIORITAIRE),
        ("accompagnement=eloigne", 9, Status.POSSIBLE),
        ("accompagnement=dla_seul", 9, Status.PRIORITAIRE),
    ],
)
def test_a_tool_comes_first_at_its_threshold(fact, tool, status):
    assert advised(fact)[tool].status is status


def test_as_many_closures_as_births_is_not_a_decline():
    assert advised("creations_ess=3", "fermetures_ess=3")[14].status is Status.POSSIBLE
    assert advised("creations_ess=3", "fermetures_ess=4")[14].status is Status.PRIORITAIRE


def test_a_number_known_as_an_interval_may_leave_the_reason_open():
    known = {"siae_presentes": Known(Interval(0, 4), Origin.DIAGNOSTIC)}
    advices = {one.tool.number: one for one in recommend(known, Authority.COMMUNE, on=TODAY).advices}
    assert advices[11].status is Status.POSSIBLE
    assert "structures d'insertion présentes" in advices[11].missing


def test_nothing_known_puts_nothing_first_and_says_what_is_missing():
    for authority in Authority:
        for advice in recommend({}, authority, on=TODAY).advices:
            assert advice.status is not Status.PRIORITAIRE
            assert advice.status is not Status.POSSIBLE or advice.missing


def test_without_the_will_to_build_together_no_tool_comes_first():
    found = advised("siae_presentes=3", f"{PRECONDITION}=non")
    assert found[11].status is Status.POSSIBLE
    assert "co-construire" in found[11].reasons[0]
    assert advised("siae_presentes=3", f"{PRECONDITION}=oui")[11].status is Status.PRIORITAIRE


def test_the_precondition_is_said_to_be_checked_when_nobody_told_it():
    assert recommend({}, Authority.EPCI, on=TODAY).precondition is Verdict.A_VERIFIER


def test_a_tool_out_of_competence_is_never_advised_whatever_the_need():
    found = advised("filieres_surrepresentees=4", authority=Authority.CAF)
    assert found[19].status is Status.HORS_COMPETENCE
    assert found[19].reasons


def test_the_eve_of_a_text_the_competence_is_to_be_checked_and_its_day_it_is_not():
    facts = ("en_qpv=oui",)
    eve = advised(*facts, on=date(2021, 10, 7))[16]
    day = advised(*facts, on=date(2021, 10, 8))[16]
    assert (eve.status, day.status) == (Status.A_VERIFIER, Status.PRIORITAIRE)
    assert "08/10/2021" in eve.reasons[0]


@given(
    zonings=st.dictionaries(st.sampled_from(ZONINGS), st.sampled_from([True, False, None])),
    numbers=st.dictionaries(st.sampled_from(NUMBERS), st.one_of(st.none(), st.integers(0, 20))),
    support=st.sampled_from([None, "couvert", "eloigne", "dla_seul", "non_couvert"]),
    authority=st.sampled_from(list(Authority)),
)
def test_every_tool_is_answered_once_with_a_reason_and_the_order_is_the_status(
    zonings, numbers, support, authority
):
    told = {**zonings, "accompagnement": support}
    told |= {fact: None if value is None else Interval(value, value) for fact, value in numbers.items()}
    found = recommend(declared(told), authority, on=TODAY)
    assert sorted(advice.tool.number for advice in found.advices) == list(range(1, 20))
    ranks = [list(Status).index(advice.status) for advice in found.advices]
    assert ranks == sorted(ranks)
    for advice in found.advices:
        assert advice.reasons
        assert advice.competence.verdict is Verdict.OUI or advice.status in (
            Status.A_VERIFIER,
            Status.HORS_COMPETENCE,
        )


@given(
    zonings=st.dictionaries(st.sampled_from(ZONINGS), st.sampled_from([True, False])),
    fact=st.sampled_from(ZONINGS),
)
def test_learning_a_fact_never_takes_back_a_reason_that_did_not_read_it(zonings, fact):
    before = recommend(declared({**zonings, fact: None}), Authority.EPCI, on=TODAY)
    after = recommend(declared({**zonings, fact: True}), Authority.EPCI, on=TODAY)
    first = {advice.tool.number for advice in before.of(Status.PRIORITAIRE)}
    assert first <= {advice.tool.number for advice in after.of(Status.PRIORITAIRE)}


def test_every_fact_a_rule_reads_is_told_by_a_territory_or_its_diagnosis():
    from ancrage.facts.declaration import load_facts

    facts = load_facts()
    for read in read_levers().needs.facts.values():
        for fact in read:
            assert facts[fact].origin in (Origin.TERRITOIRE, Origin.DIAGNOSTIC)
