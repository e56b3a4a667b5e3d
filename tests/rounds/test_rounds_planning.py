"""Rounds against every order tried one by one, and days against every way to cut."""

from itertools import combinations, pairwise, permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ancrage.errors import SitingError
from ancrage.rounds.bound import one_tree_bound
from ancrage.rounds.days import RoundRules, cut_days
from ancrage.rounds.planning import plan_round
from ancrage.rounds.tour import best_round, improved_round, round_length
from ancrage.siting.positions import Places, Positions

POINT = st.tuples(st.integers(0, 9), st.integers(0, 9))
POINTS = st.lists(POINT, min_size=2, max_size=7)


def places(points):
    names = tuple(f"p{rank}" for rank in range(len(points)))
    x, y = ([point[axis] * 1000 for point in points] for axis in (0, 1))
    return Places(names, names, Positions.from_metres(x, y))


def distances(points):
    positions = places(points).positions
    return positions.distances(positions)


def shortest(km):
    others = permutations(range(1, len(km)))
    return min(sum(km[a, b] for a, b in pairwise((0, *order, 0))) for order in others)


@given(POINTS)
@settings(max_examples=80)
def test_a_round_equals_the_best_of_every_order(points):
    km = distances(points)
    order, proof = best_round(km, 20.0)
    assert sorted(order) == list(range(len(points)))
    assert order[0] == 0
    assert proof.value == pytest.approx(shortest(km), abs=1e-6)
    assert proof.gap <= 1e-5


@given(st.lists(POINT, min_size=4, max_size=7))
@settings(max_examples=60)
def test_the_bound_of_the_trees_is_under_every_round_and_the_swaps_over(points):
    km = distances(points)
    best = shortest(km)
    found = improved_round(km, list(range(len(km))))
    assert sorted(found) == list(range(len(km)))
    assert round_length(km, found) >= best - 1e-6
    assert one_tree_bound(km, round_length(km, found)) <= best + 1e-6


def test_a_long_round_tells_how_far_from_the_best_it_may_be():
    chance = np.random.default_rng(3)
    every = places(chance.uniform(0, 100, (61, 2)).tolist())
    planned = plan_round(every.take([0]), every.take(range(1, 61)))
    assert sorted(planned.order) == list(range(60))
    assert 0 < planned.proof.bound <= planned.proof.value
    assert planned.proof.gap < 0.1


def test_a_round_without_time_keeps_a_known_order_and_a_true_bound():
    chance = np.random.default_rng(5)
    km = distances(chance.uniform(0, 100, (9, 2)).tolist())
    order, proof = best_round(km, 0.0)
    assert sorted(order) == list(range(9))
    assert proof.bound <= shortest(km) <= proof.value + 1e-6


def plan(points, **rules):
    every = places(points)
    return plan_round(every.take([0]), every.take(range(1, len(points))), RoundRules(**rules))


SQUARE = [(0, 0), (0, 10), (10, 10), (10, 0)]


def test_kilometres_are_straight_and_a_detour_only_multiplies_them_when_given():
    assert plan(SQUARE).proof.value == pytest.approx(40)
    assert plan(SQUARE).road_km is None
    assert plan(SQUARE, detour=1.3).road_km == pytest.approx(52)


def test_days_are_unknown_when_nothing_limits_them():
    assert plan(SQUARE).days == ()
    assert plan(SQUARE).days_km is None


def test_a_day_ends_exactly_on_its_limit():
    assert len(plan(SQUARE, km_per_day=40).days) == 1
    assert len(plan(SQUARE, km_per_day=39.99).days) == 2
    assert len(plan(SQUARE, km_per_day=40, detour=1.1).days) == 2
    assert len(plan(SQUARE, hours_per_stop=2, hours_per_day=6).days) == 1
    assert len(plan(SQUARE, hours_per_stop=2, hours_per_day=5.9).days) == 2
    assert len(plan(SQUARE, hours_per_stop=2, hours_per_day=6, km_per_hour=50).days) == 2


def test_hours_on_the_road_are_unknown_without_a_speed():
    day = plan(SQUARE, hours_per_stop=2, hours_per_day=8).days[0]
    assert day.hours == 6
    assert plan(SQUARE, km_per_day=100).days[0].hours is None
    assert plan(SQUARE, km_per_day=100, km_per_hour=20).days[0].hours == pytest.approx(2)


@given(st.lists(POINT, min_size=2, max_size=7), st.integers(26, 60))
@settings(max_examples=60)
def test_days_are_the_fewest_then_the_shortest_of_every_cut(points, limit):
    km, stops = distances(points), len(points) - 1
    order = tuple(range(stops))
    found = cut_days(km, order, RoundRules(km_per_day=limit), places(points[1:]).names)
    choices = []
    for cuts in range(stops):
        for ends in combinations(range(1, stops), cuts):
            parts = [order[start:end] for start, end in pairwise((0, *ends, stops))]
            lengths = [
                sum(km[a, b] for a, b in pairwise((0, *(one + 1 for one in part), 0))) for part in parts
            ]
            if max(lengths) <= limit:
                choices.append((len(parts), sum(lengths)))
    best = min(choices)
    assert len(found) == best[0]
    assert sum(day.km for day in found) == pytest.approx(best[1])
    assert tuple(stop for day in found for stop in day.stops) == order


@pytest.mark.parametrize(
    ("rules", "told"),
    [
        ({"detour": 0.9}, "facteur de détour"),
        ({"km_per_day": 0.0}, "kilomètres par jour"),
        ({"hours_per_stop": -1.0}, "arrêt"),
        ({"hours_per_day": float("nan")}, "journée"),
        ({"km_per_hour": 0.0}, "vitesse"),
        ({"km_per_day": 10.0}, "ne tient pas dans une journée"),
        ({"hours_per_stop": 5.0, "hours_per_day": 4.0}, "ne tient pas dans une journée"),
    ],
)
def test_rules_that_cannot_be_followed_are_refused(rules, told):
    with pytest.raises(SitingError) as refused:
        plan(SQUARE, **rules)
    assert told in refused.value.message
    assert refused.value.hint


def test_a_round_without_a_stop_or_with_two_bases_is_refused():
    every = places(SQUARE)
    with pytest.raises(SitingError):
        plan_round(every.take([0]), every.take([]))
    with pytest.raises(SitingError):
        plan_round(every.take([0, 1]), every.take([2]))
