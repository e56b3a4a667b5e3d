"""Answers on the real catalogue: unknown is never no, doubts are never yes, reasons are told."""

import itertools
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ancrage.aids.opening import _opened, open_day
from ancrage.facts.declaration import FactType, load_facts
from ancrage.facts.situation import age_in_years, completed, declared
from ancrage.facts.values import read_facts
from ancrage.interval import Interval
from ancrage.reasoning import Verdict

WEBINAR = date(2021, 3, 31)


def answer(identifier, *pairs, on=WEBINAR):
    situation = completed(declared(read_facts(pairs)), on=on)
    return next(one for one in open_day(on).answers(situation) if one.entry.id == identifier)


@pytest.mark.parametrize(
    ("workforce", "on", "verdict", "amount"),
    [
        ("1", WEBINAR, "oui", 5000),
        ("3", WEBINAR, "oui", 5000),
        ("4", WEBINAR, "oui", 8000),
        ("10", WEBINAR, "oui", 8000),
        ("11", WEBINAR, "non", None),
        ("4", date(2021, 1, 21), "non", None),
        ("4", date(2021, 8, 1), "non", None),
    ],
)
def test_urgencess_gives_its_published_cases(workforce, on, verdict, amount):
    found = answer("urgencess", f"effectif={workforce}", "est_ess=oui", "touche_par_la_crise=oui", on=on)
    assert found.verdict.value == verdict
    assert found.amount == (None if amount is None else Interval(amount, amount))


def test_the_pec_of_nouvelle_aquitaine_changes_rate_on_the_third_of_may_2021():
    told = ("region=75", "forme=association", "secteur_non_marchand=oui", "public_pec=residents_qpv_zrr")
    before, after = (answer("pec", *told, on=day) for day in (date(2021, 5, 2), date(2021, 5, 3)))
    assert before.entry.since != after.entry.since
    assert after.amount == Interval(0.8, 0.8)


def test_a_band_that_straddles_a_threshold_is_to_be_checked_and_says_which_fact_would_settle():
    found = answer("urgencess", "effectif=10..19", "est_ess=oui", "touche_par_la_crise=oui")
    assert found.verdict is Verdict.A_VERIFIER
    assert found.missing == ("effectif",)


def test_each_condition_tells_its_verdict_the_value_used_and_its_text():
    found = answer("urgencess", "effectif=11", "est_ess=oui").as_json()
    size = next(one for one in found["conditions"] if one["id"] == "taille")
    assert size["verdict"] == "non"
    assert size["facts"] == {"effectif": 11}
    assert size["origins"]["effectif"]["origin"] == "declare"
    assert size["text"]["href"].startswith("https://")
    assert found["reasons"] == [size["label"]]


def test_the_keys_other_tools_rely_on_are_there():
    found = answer("urgencess", "effectif=4").as_json()
    assert {"id", "name", "verdict", "status", "amount", "conditions", "missing", "from", "to"} <= set(found)
    assert set(found["amount"]) >= {"low", "high", "unit"}
    assert {"id", "verdict", "label", "facts", "text"} <= set(found["conditions"][0])
    assert (found["from"], found["to"]) == ("2021-01-22", "2021-07-31")


def test_a_closed_aid_says_since_when():
    found = answer("urgencess", "effectif=4", on=date(2021, 8, 1))
    assert found.reasons == ("elle est fermée depuis le 31/07/2021",)


def test_a_described_aid_never_answers_yes():
    for on in (WEBINAR, date(2026, 11, 23)):
        described = [entry for entry in open_day(on).entries if entry.status == "descriptif"]
        assert described
        assert all(entry.doubts for entry in described if entry.in_force)


VALUES = {
    FactType.BOOLEEN: st.booleans(),
    FactType.ENTIER: st.integers(0, 300).map(lambda n: Interval(n, n)),
    FactType.DECIMAL: st.floats(0, 1000).map(lambda n: Interval(n, n)),
    FactType.JOUR: st.dates(date(2000, 1, 1), date(2026, 1, 1)),
    FactType.TEXTE: st.sampled_from(["23077", "75", "23", "101", "06"]),
}
WHOLE = st.fixed_dictionaries(
    {
        fact.id: st.sampled_from(sorted(fact.choices)) if fact.choices else VALUES[fact.type]
        for fact in load_facts().values()
        if fact.id not in ("anciennete", "demandeur")
    }
)


@settings(max_examples=40)
@given(whole=WHOLE, kept=st.sets(st.sampled_from(sorted(load_facts()))))
def test_what_is_decided_with_less_is_never_changed_by_knowing_more(whole, kept):
    day = open_day(WEBINAR)
    less = {fact: value for fact, value in whole.items() if fact in kept}
    who = {"demandeur": "structure"}
    answers = (day.answers(declared(less | who)), day.answers(declared(whole | who)))
    for partial, full in zip(*answers, strict=True):
        if partial.verdict is not Verdict.A_VERIFIER:
            assert full.verdict is partial.verdict
        else:
            missing = set(partial.missing)
            assert missing.isdisjoint(less)


@settings(max_examples=25)
@given(whole=WHOLE, kept=st.sets(st.sampled_from(sorted(load_facts()))))
def test_learning_only_the_missing_facts_settles_as_much_as_learning_everything(whole, kept):
    day = open_day(WEBINAR)
    less = {fact: value for fact, value in whole.items() if fact in kept} | {"demandeur": "structure"}
    everything = day.answers(declared(whole | {"demandeur": "structure"}))
    for number, partial in enumerate(day.answers(declared(less))):
        learnt = {fact: whole[fact] for fact in partial.missing if fact in whole}
        told = day.answers(declared(less | learnt))[number]
        assert told.verdict is everything[number].verdict


def test_a_day_read_back_from_the_cache_answers_as_the_one_compiled(tmp_path, monkeypatch):
    monkeypatch.setattr("ancrage.aids.opening._compiled", set())
    fresh = open_day(WEBINAR, cache=tmp_path)
    assert list(tmp_path.rglob("aides-*.pickle"))
    _opened.cache_clear()
    monkeypatch.setattr("ancrage.aids.opening._compiled", set())
    monkeypatch.setattr("ancrage.aids.compiling.compile_day", None)
    again = open_day(WEBINAR, cache=tmp_path)
    situation = declared(read_facts(["effectif=4", "est_ess=oui", "forme=association"]))
    assert again is not fresh
    assert [one.as_json() for one in again.answers(situation)] == [
        one.as_json() for one in fresh.answers(situation)
    ]


@pytest.mark.parametrize(
    ("created", "on", "years"),
    [
        (date(2020, 3, 31), date(2021, 3, 30), 0.99),
        (date(2020, 3, 31), date(2021, 3, 31), 1.0),
        (date(2020, 2, 29), date(2021, 2, 28), 0.99),
        (date(2020, 2, 29), date(2021, 3, 1), 1.0),
    ],
)
def test_a_structure_is_one_year_old_on_its_birthday_and_not_the_day_before(created, on, years):
    assert age_in_years(created, on) == pytest.approx(years, abs=0.01)
    assert (age_in_years(created, on) >= 1) == (years >= 1)


def test_ages_never_go_back():
    created = date(2016, 2, 29)
    days = [date.fromordinal(created.toordinal() + n) for n in range(1500)]
    ages = [age_in_years(created, day) for day in days]
    assert all(one < other for one, other in itertools.pairwise(ages))
