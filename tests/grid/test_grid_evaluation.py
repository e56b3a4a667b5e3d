import json
from collections import Counter
from datetime import date, timedelta
from fractions import Fraction

import pytest
from grid_factory import IDS, TODAY, assessed, histories
from hypothesis import given
from hypothesis import strategies as st

from ancrage.errors import GridFileError
from ancrage.grid.assessment import Role, Structure
from ancrage.grid.criteria import Actor, criteria
from ancrage.grid.evaluation import evaluate
from ancrage.questions.grid import GridFacts
from ancrage.repairs import StartFromModel
from ancrage.reports.grid.plain import criteria_as_json, evaluation_as_json

AUTHORITIES = st.sampled_from([None, Actor.COMMUNE, Actor.EPCI, Actor.DEPARTEMENT, Actor.REGION])


def pair(first, second):
    """Two roles that agree on all but the cash."""
    return evaluate(
        [
            assessed("2026-01-01", "structure", {"tresorerie": first}),
            assessed("2026-01-02", "collectivite", {"tresorerie": second}),
        ],
        on=TODAY,
    )


def alone(**levels):
    return evaluate([assessed("2026-01-01", "structure", dict.fromkeys(IDS, 5) | levels)], on=TODAY)


@pytest.mark.parametrize(
    ("first", "second", "gap", "strong"), [(3, 4, 1, False), (4, 2, 2, True), (1, 5, 4, True)]
)
def test_two_levels_apart_is_a_strong_disagreement_and_one_a_slight_one(first, second, gap, strong):
    (found,) = pair(first, second).disagreements
    assert (found.criterion.id, found.gap, found.strong) == ("tresorerie", gap, strong)
    assert {found.low.level, found.high.level} == {first, second}


@pytest.mark.parametrize(("first", "second"), [(3, 3), (None, 5), (1, None), (None, None)])
def test_there_is_no_disagreement_without_two_known_levels_that_differ(first, second):
    assert pair(first, second).disagreements == ()


def test_the_gap_is_unknown_with_one_known_level_and_nought_when_two_agree():
    assert pair(None, 5).lines[3].gap is None
    assert pair(3, 3).lines[3].gap == 0


def test_disagreements_come_with_the_roles_of_each_end_the_widest_first():
    found = evaluate(
        [
            assessed("2026-01-01", "structure", {"tresorerie": 4, "cooperations": 1}),
            assessed("2026-01-01", "financeur", {"tresorerie": 4, "cooperations": 5}),
            assessed("2026-01-01", "usagers", {"tresorerie": 2, "cooperations": None}),
        ],
        on=TODAY,
    ).disagreements
    assert [(one.criterion.id, one.gap) for one in found] == [("cooperations", 4), ("tresorerie", 2)]
    assert found[1].low.roles == (Role.USAGERS,)
    assert found[1].high.roles == (Role.STRUCTURE, Role.FINANCEUR)


def test_the_latest_assessment_of_each_role_on_the_day_is_read():
    told = [
        assessed("2025-01-01", "structure", 1),
        assessed("2026-01-01", "structure", 2),
        assessed("2026-06-01", "structure", 4),
        assessed("2025-06-01", "usagers", 5),
    ]
    on_the_day = evaluate(told, on=date(2026, 5, 31))
    assert [(one.role, one.date) for one in on_the_day.latest] == [
        (Role.STRUCTURE, date(2026, 1, 1)),
        (Role.USAGERS, date(2025, 6, 1)),
    ]
    assert on_the_day.later == 1
    assert evaluate(told, on=date(2026, 6, 1)).latest[0].date == date(2026, 6, 1)
    assert evaluate(told, on=date(2026, 6, 1)).later == 0


def test_a_day_before_every_assessment_is_refused_with_the_first_day():
    with pytest.raises(GridFileError, match="01/01/2026"):
        evaluate([assessed("2026-01-01", "structure")], on=date(2025, 12, 31))
    with pytest.raises(GridFileError, match="Ajoutez-en une") as refusal:
        evaluate([], on=TODAY)
    assert refusal.value.repairs == (StartFromModel("grid"),)


def test_a_mean_comes_with_the_number_of_levels_it_is_made_of():
    levels = dict.fromkeys(IDS) | {"tresorerie": 2, "cooperations": 5}
    found = evaluate([assessed("2026-01-01", "structure", levels)], on=TODAY)
    mean = found.mean(Role.STRUCTURE)
    assert (mean.value, mean.known) == (3.5, 2)
    assert len(found.unknown) == 13


def test_nothing_known_has_no_mean_no_weakness_and_no_tool():
    found = evaluate([assessed("2026-01-01", "structure", dict.fromkeys(IDS))], on=TODAY)
    assert (found.mean(Role.STRUCTURE).value, found.mean(Role.STRUCTURE).known) == (None, 0)
    assert (found.weak, found.tools, len(found.unknown)) == ((), (), 15)


def test_an_evolution_compares_what_is_known_at_both_ends_only():
    first = dict.fromkeys(IDS) | {"tresorerie": 1, "cooperations": 2, "qualite_emplois": 5}
    last = dict.fromkeys(IDS) | {"tresorerie": 3, "cooperations": 3, "locaux_foncier": 1}
    told = [
        assessed("2024-01-01", "structure", first),
        assessed("2025-01-01", "structure", 4),
        assessed("2026-01-01", "structure", last),
    ]
    (series,) = evaluate(told, on=TODAY).series
    assert [point.mean.known for point in series.points] == [3, 15, 3]
    assert (series.first.value, series.last.value, series.last.known) == (1.5, 3.0, 2)
    moved = {change.criterion.id: change.difference for change in series.changes}
    assert moved["tresorerie"] == 2
    assert moved["cooperations"] == 1
    assert moved["qualite_emplois"] is None
    assert moved["locaux_foncier"] is None


@pytest.mark.parametrize(
    ("levels", "weak"),
    [
        ({"tresorerie": 2, "cooperations": 3}, ["tresorerie"]),
        ({"tresorerie": 2, "cooperations": 1}, ["cooperations", "tresorerie"]),
        ({"tresorerie": 3, "cooperations": 4}, ["tresorerie"]),
        ({"tresorerie": 4, "cooperations": None}, []),
    ],
)
def test_levels_1_and_2_are_weak_and_level_3_only_when_nothing_is_lower(levels, weak):
    assert [one.criterion.id for one in alone(**levels).weak] == weak


def test_the_retained_level_is_the_lowest_of_all_roles():
    assert [(one.criterion.id, one.level) for one in pair(5, 1).weak] == [("tresorerie", 1)]


def test_the_score_of_a_tool_is_the_sum_of_what_separates_its_weak_criteria_from_five():
    found = alone(tresorerie=1, hybridation_ressources=2, cooperations=2).tools
    scores = {tool.number: tool.score for tool in found}
    assert scores == {1: 7, 14: 7, 6: 4, 12: 6, 3: 3, 4: 3, 5: 3, 11: 3, 16: 3, 18: 3, 19: 3}
    assert [tool.number for tool in found] == [1, 14, 12, 6, 3, 4, 5, 11, 16, 18, 19]


def test_an_authority_is_offered_tools_for_the_criteria_it_may_act_on_and_told_the_others():
    told = [
        assessed("2026-01-01", "structure", dict.fromkeys(IDS, 5) | {"locaux_foncier": 1, "tresorerie": 2})
    ]
    region = evaluate(told, on=TODAY, authority=Actor.REGION)
    assert [one.criterion.id for one in region.out_of_reach] == ["locaux_foncier"]
    assert {tool.number for tool in region.tools} == {1, 6, 14}
    commune = evaluate(told, on=TODAY, authority=Actor.COMMUNE)
    assert commune.out_of_reach == ()
    assert commune.tools[0].score == 4


@given(histories, AUTHORITIES)
def test_tools_are_those_that_act_on_a_weak_criterion_within_reach_and_no_other(history, authority):
    found = evaluate(history, on=TODAY, authority=authority)
    lowest = {
        one: min((a.level(one) for a in latest(history).values() if a.level(one) is not None), default=None)
        for one in IDS
    }
    known = [level for level in lowest.values() if level is not None]
    threshold = 2 if any(level <= 2 for level in known) else 3
    weight = Counter()
    for one in criteria():
        level = lowest[one.id]
        if level is not None and level <= threshold and (authority is None or authority in one.actors):
            weight.update(dict.fromkeys(one.tools, 5 - level))
    assert {tool.number: tool.score for tool in found.tools} == dict(weight)
    assert [tool.score for tool in found.tools] == sorted(weight.values(), reverse=True)


def latest(history):
    """Latest assessment of each role, worked out another way."""
    found = {}
    for one in history:
        if one.role not in found or found[one.role].date < one.date:
            found[one.role] = one
    return found


@given(histories)
def test_gaps_and_means_are_those_worked_out_by_hand(history):
    found = evaluate(history, on=TODAY)
    kept = latest(history)
    for line in found.lines:
        known = [one.level(line.criterion.id) for one in kept.values()]
        known = [level for level in known if level is not None]
        assert line.gap == (max(known) - min(known) if len(known) > 1 else None)
    for role, one in kept.items():
        levels = [judged.level for judged in one.levels.values() if judged.level is not None]
        mean = found.mean(role)
        assert mean.known == len(levels)
        if levels:
            assert Fraction(mean.value).limit_denominator(15) == Fraction(sum(levels), len(levels))


@given(histories, st.randoms(use_true_random=False), AUTHORITIES)
def test_the_order_of_assessments_changes_nothing(history, random, authority):
    shuffled = random.sample(history, len(history))
    assert evaluate(shuffled, on=TODAY, authority=authority) == evaluate(
        history, on=TODAY, authority=authority
    )


@given(histories)
def test_what_is_judged_after_the_day_changes_nothing_but_its_count(history):
    day = max(one.date for one in history)
    more = [assessed((day + timedelta(days=1)).isoformat(), "autre", 1)]
    before, after = evaluate(history, on=day), evaluate([*history, *more], on=day)
    assert after.later == 1
    assert (after.lines, after.tools, after.series) == (before.lines, before.tools, before.series)


@given(histories, AUTHORITIES)
def test_the_plain_values_are_json_and_keep_unknown_as_null(history, authority):
    found = evaluate(history, on=TODAY, authority=authority)
    told = json.loads(json.dumps(evaluation_as_json(GridFacts(Structure("Essai", "23077"), found, None))))
    assert len(told["criteria"]) == 15
    for line, one in zip(told["criteria"], found.lines, strict=True):
        assert {role: judged["level"] for role, judged in line["judgements"].items()} == dict(one.levels)
    assert (told["structure"]["siren"], told["authority"]) == (None, authority)


def test_the_criteria_as_plain_values_name_their_tools_and_origin():
    told = criteria_as_json()
    assert [one["source"]["kind"] for one in told] == ["compte_rendu"] * 3 + ["proposition"] * 12
    assert told[3]["tools"][0] == {
        "number": 1,
        "label": "Accorder une subvention globale de fonctionnement",
    }
