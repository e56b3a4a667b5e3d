"""Choices of sites against every choice tried one by one, on small instances."""

from itertools import combinations, pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csr_array

from ancrage.errors import SitingError
from ancrage.optimum import Clock, Proof
from ancrage.siting.choosing import choose_sites
from ancrage.siting.covering import best_covering
from ancrage.siting.covering_bound import CoveringRelaxation
from ancrage.siting.median import best_median, improved
from ancrage.siting.positions import Places, Positions
from ancrage.siting.radius_form import settle
from ancrage.siting.result import Question
from ancrage.siting.swaps import cost_of

# A coarse grid: equal distances, shared places and points on the very edge of a radius are common.
POINT = st.tuples(st.integers(0, 6), st.integers(0, 6))
WEIGHT = st.integers(0, 20)
ROUNDING = 1e-6


def places(points, prefix="p"):
    names = tuple(f"{prefix}{rank}" for rank in range(len(points)))
    x, y = ([point[axis] * 1000 for point in points] for axis in (0, 1))
    return Places(names, names, Positions.from_metres(x, y))


@st.composite
def instances(draw, with_radius):
    points = draw(st.lists(POINT, min_size=1, max_size=9))
    weights = draw(st.lists(WEIGHT, min_size=len(points), max_size=len(points)).filter(any))
    existing = draw(st.lists(POINT, max_size=2))
    sites = draw(st.integers(1, min(3, len(points))))
    radius = draw(st.sampled_from((1.0, 2.0, 2.5, 5.0))) if with_radius else None
    demand = places(points)
    return Question(demand, np.array(weights, float), demand, places(existing, "e"), sites, radius)


def plain_km(question, opened):
    """Kilometres from each demand to the nearest site, written without any of the code tested."""
    sites = [
        *question.existing.positions.coordinates,
        *(question.candidates.positions.coordinates[rank] for rank in opened),
    ]
    return [
        min((float(np.hypot(*(point - site))) for site in sites), default=float("inf"))
        for point in question.demand.positions.coordinates
    ]


def newly_served(question, opened):
    radius = question.radius_km + ROUNDING
    before, after = plain_km(question, ()), plain_km(question, opened)
    triples = zip(question.weights, before, after, strict=True)
    return sum(weight for weight, was, now in triples if was > radius >= now)


def mean(question, opened):
    pairs = [
        (weight, km)
        for weight, km in zip(question.weights, plain_km(question, opened), strict=True)
        if weight
    ]
    return sum(weight * km for weight, km in pairs) / sum(weight for weight, _ in pairs)


def every_choice(question):
    return combinations(range(len(question.candidates)), question.sites)


@given(instances(with_radius=True))
@settings(max_examples=120)
def test_a_covering_equals_the_best_of_every_choice(question):
    best = max(newly_served(question, choice) for choice in every_choice(question))
    answer = choose_sites(question)
    assert answer.proof.value == pytest.approx(best)
    assert answer.proof.proven
    assert newly_served(question, [site.rank for site in answer.chosen]) == pytest.approx(best)
    assert sum(site.newly_served for site in answer.chosen) == pytest.approx(best)
    assert answer.after.served - answer.before.served == pytest.approx(best)


@given(instances(with_radius=False))
@settings(max_examples=120)
def test_a_median_equals_the_best_of_every_choice(question):
    best = min(mean(question, choice) for choice in every_choice(question))
    answer = choose_sites(question)
    assert answer.proof.value == pytest.approx(best)
    assert answer.proof.gap <= 1e-5
    assert answer.after.mean_km == pytest.approx(best)
    assert mean(question, [site.rank for site in answer.chosen]) == pytest.approx(best)


@given(instances(with_radius=True))
@settings(max_examples=40)
def test_one_more_site_never_covers_less(question):
    values = [point.proof.value for point in choose_sites(question).curve]
    assert values == sorted(values)


@given(instances(with_radius=False))
@settings(max_examples=40)
def test_one_more_site_never_lengthens_the_mean_distance(question):
    values = [point.proof.value for point in choose_sites(question).curve]
    assert all(after <= before + ROUNDING for before, after in pairwise(values))


@given(instances(with_radius=False))
@settings(max_examples=40)
def test_what_each_site_saves_adds_up_and_never_grows(question):
    answer = choose_sites(question, with_curve=False)
    saved = [site.saved_km for site in answer.chosen if site.saved_km is not None]
    first = answer.before.mean_km if len(question.existing) else None
    if first is not None:
        assert first - sum(saved) == pytest.approx(answer.after.mean_km)
    assert all(later <= sooner + ROUNDING for sooner, later in pairwise(saved))
    nearest = sum(site.nearest_weight for site in answer.chosen)
    assert nearest <= question.weights.sum() + ROUNDING


def random_costs(seed, candidates=12, demand=30):
    chance = np.random.default_rng(seed)
    return chance.uniform(1, 100, (candidates, demand))


def least_cost(costs, fallback, sites):
    return min(cost_of(costs, fallback, list(some)) for some in combinations(range(len(costs)), sites))


@pytest.mark.parametrize("existing", [False, True])
@pytest.mark.parametrize("seed", range(6))
def test_costs_without_geometry_are_settled_by_the_program_alone(seed, existing):
    """Random costs leave a wide gap to the relaxation: the program must close it by itself."""
    costs = random_costs(seed)
    fallback = random_costs(seed + 100)[0] if existing else np.full(30, np.inf)
    start = improved(costs, fallback, 3, [], Clock.of(20.0))
    known = Proof(cost_of(costs, fallback, start), 0.0)
    chosen, proof = settle(costs, fallback, np.arange(12), start, known, 20.0)
    assert proof.value == pytest.approx(least_cost(costs, fallback, 3))
    assert proof.gap <= 1e-5
    assert cost_of(costs, fallback, chosen) == pytest.approx(proof.value)


@pytest.mark.parametrize("seed", range(6))
def test_a_search_cut_short_still_tells_a_true_bound(seed):
    costs, fallback = random_costs(seed), np.full(30, np.inf)
    chosen, proof = best_median(costs, fallback, 3, 1e-9)
    best = least_cost(costs, fallback, 3)
    assert proof.bound <= best * (1 + ROUNDING)
    assert proof.value >= best * (1 - ROUNDING)
    assert proof.value == pytest.approx(cost_of(costs, fallback, chosen))


def random_reach(seed, candidates=11, demand=40):
    chance = np.random.default_rng(seed)
    reach = csr_array((chance.random((candidates, demand)) < 0.2).astype(float))
    return reach, chance.integers(1, 50, demand).astype(float)


def most_served(reach, weights, sites):
    covers = reach.toarray() > 0
    choices = combinations(range(len(covers)), sites)
    return max(weights[covers[list(some)].any(axis=0)].sum() for some in choices)


@pytest.mark.parametrize("seed", range(8))
def test_a_covering_without_geometry_is_proved_too(seed):
    reach, weights = random_reach(seed)
    chosen, proof = best_covering(reach, weights, 3, 20.0)
    assert proof.value == pytest.approx(most_served(reach, weights, 3))
    assert proof.proven
    served = (reach.toarray()[chosen] > 0).any(axis=0)
    assert weights[served].sum() == pytest.approx(proof.value)


@pytest.mark.parametrize("seed", range(8))
def test_a_covering_cut_short_still_tells_a_true_bound(seed):
    reach, weights = random_reach(seed)
    best = most_served(reach, weights, 3)
    relaxation = CoveringRelaxation(reach, weights, 3, [0, 1, 2])
    relaxation.tighten(Clock.of(1e-9))
    assert relaxation.value <= best * (1 + ROUNDING)
    assert relaxation.bound >= best * (1 - ROUNDING)
    allowed = set(relaxation.allowed().tolist())
    assert relaxation.value == pytest.approx(best) or any(
        CoveringRelaxation(reach, weights, 3, list(some)).value == pytest.approx(best)
        for some in combinations(sorted(allowed), 3)
    )


def line(*kilometres, prefix="p"):
    return places([(km, 0) for km in kilometres], prefix)


NOWHERE = Places((), (), Positions(np.empty((0, 2))))


def asked(**changes):
    told = {
        "demand": line(0, 10, 20),
        "weights": np.array([5.0, 3.0, 4.0]),
        "candidates": line(0, 10, 20),
        "existing": NOWHERE,
        "sites": 1,
        "radius_km": 10.0,
    }
    return Question(**told | changes)


def test_the_edge_of_the_radius_is_inside():
    assert choose_sites(asked()).proof.value == 12
    assert choose_sites(asked(radius_km=9.999)).proof.value == 5


def test_existing_sites_are_kept_and_what_they_serve_is_not_counted_again():
    answer = choose_sites(asked(existing=line(0, prefix="e"), radius_km=5))
    assert [site.id for site in answer.chosen] == ["p2"]
    assert (answer.before.served, answer.after.served) == (5, 9)
    assert (answer.before.sites, answer.after.sites) == (1, 2)


def test_a_site_that_brings_nothing_is_not_opened():
    answer = choose_sites(asked(existing=line(10, prefix="e"), sites=2))
    assert answer.chosen == ()
    assert answer.proof.value == 0
    assert answer.proof.proven


def test_an_existing_site_that_is_nobody_s_nearest_is_not_counted():
    assert choose_sites(asked(existing=line(10, 900, prefix="e"))).before.sites == 1


def test_without_any_site_distances_before_are_unknown_not_zero():
    answer = choose_sites(asked(radius_km=None))
    assert answer.before.mean_km is None
    assert answer.chosen[0].saved_km is None
    assert answer.chosen[0].id == "p1"
    assert answer.after.mean_km == pytest.approx((5 * 10 + 4 * 10) / 12)


def test_an_unknown_weight_is_told_and_left_out_of_the_totals():
    answer = choose_sites(asked(weights=np.array([5.0, np.nan, 4.0]), radius_km=5))
    assert answer.unknown == ("p1",)
    assert answer.weight == 9
    assert answer.chosen[0].id == "p0"


def test_where_nobody_lives_is_never_the_farthest():
    answer = choose_sites(asked(weights=np.array([5.0, 3.0, 0.0]), candidates=line(0)))
    assert (answer.after.farthest, answer.after.farthest_km) == ("p1", 10)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"sites": 0}, "0 ouvertures"),
        ({"sites": -1}, "-1 ouvertures"),
        ({"sites": 4}, "4 ouvertures sont demandées pour 3 lieux"),
        ({"candidates": NOWHERE}, "pour 0 lieux"),
        ({"radius_km": 0.0}, "rayon de 0\u00a0km"),
        ({"radius_km": -3.0}, "rayon de \u22123\u00a0km"),
        ({"radius_km": float("nan")}, "rayon de nan\u00a0km"),
        ({"weights": np.zeros(3)}, "personne à desservir"),
        ({"weights": np.full(3, np.nan)}, "personne à desservir"),
        ({"weights": np.array([1.0, -2.0, 1.0])}, "négatif"),
    ],
)
def test_what_cannot_be_worked_out_is_refused_with_a_hint(changes, told):
    with pytest.raises(SitingError) as refused:
        choose_sites(asked(**changes))
    assert told in refused.value.message
    assert refused.value.hint


def test_no_time_at_all_is_refused():
    with pytest.raises(SitingError):
        choose_sites(asked(), seconds=0)


def test_too_many_distances_at_once_are_refused_before_being_made():
    many = places([(0, 0)] * 8000)
    with pytest.raises(SitingError) as refused:
        choose_sites(asked(demand=many, weights=np.ones(8000), candidates=many, radius_km=None))
    assert "rayon" in refused.value.hint


def test_degrees_and_metres_tell_the_same_distances():
    """Guéret to Aubusson: 34.5 km by the formula of haversines, worked out apart."""
    degrees = Positions.from_degrees([1.8713, 2.1683], [46.1703, 45.9568])
    a = np.radians([[46.1703, 1.8713], [45.9568, 2.1683]])
    half = np.sin((a[1] - a[0]) / 2) ** 2
    haversine = 2 * 6371.0088 * np.arcsin(np.sqrt(half[0] + np.cos(a[0, 0]) * np.cos(a[1, 0]) * half[1]))
    assert degrees.distances(degrees)[0, 1] == pytest.approx(haversine)
    assert degrees.take([0]).nearest(degrees.take([1]))[0] == pytest.approx(haversine)
    assert degrees.within(degrees, haversine).toarray().sum() == 4
    assert degrees.within(degrees, haversine - 1e-3).toarray().sum() == 2
    longitude, latitude = degrees.degrees()
    assert longitude == pytest.approx([1.8713, 2.1683])
    assert latitude == pytest.approx([46.1703, 45.9568])
