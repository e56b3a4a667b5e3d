"""Local Moran's I against the values PySAL publishes, and against sums written out here."""

import warnings

import numpy as np
import pytest
from dynamics_factory import places
from hypothesis import given, settings
from hypothesis import strategies as st

from ancrage.dynamics.association import FEWEST_UNITS, Quadrant, associate, smoothed_rates
from ancrage.dynamics.neighbours import Neighbours
from ancrage.errors import DynamicsError

PERMUTATIONS = 199


def beside(links):
    """Neighbours from a mapping of codes."""
    return Neighbours(links, "essai", (), (), dict.fromkeys(links, (0.0, 0.0)))


def grid(side):
    """Codes of a square grid where sides touch."""

    def code(row, column):
        return f"{row * side + column:03d}"

    return {
        code(row, column): tuple(
            code(row + down, column + right)
            for down, right in ((-1, 0), (0, -1), (0, 1), (1, 0))
            if 0 <= row + down < side and 0 <= column + right < side
        )
        for row in range(side)
        for column in range(side)
    }


@pytest.fixture(scope="module")
def sudden_deaths():
    """The 100 counties of North Carolina that travel with libpysal (sids2): events, births, neighbours."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        from libpysal import examples
        from libpysal.io import open as read

        table, contiguity = read(examples.get_path("sids2.dbf")), read(examples.get_path("sids2.gal"))
        events = [int(value) for value in table.by_col("SID79")]
        births = [int(value) for value in table.by_col("BIR79")]
        weights = contiguity.read()
        table.close()
        contiguity.close()
        del table, contiguity
    rank = {code: f"{position:03d}" for position, code in enumerate(weights.id_order)}
    links = {rank[code]: tuple(rank[other] for other in found) for code, found in weights.neighbors.items()}
    return places(events, births), beside(links)


def test_the_values_published_by_pysal_are_found_again(sudden_deaths):
    """Docstrings of esda's Moran_Rate (0.1662) and Moran_Local_Rate (2 4 3 1 2 1 1 4 2 4)."""
    found = associate(*sudden_deaths, permutations=99)
    assert round(found.moran, 4) == 0.1662
    assert found.expected == pytest.approx(-1 / 99)
    numbers = {Quadrant.HIGH_HIGH: 1, Quadrant.LOW_HIGH: 2, Quadrant.LOW_LOW: 3, Quadrant.HIGH_LOW: 4}
    assert [numbers[one.quadrant] for one in found.local[:10]] == [2, 4, 3, 1, 2, 1, 1, 4, 2, 4]


def test_the_statistic_is_the_one_written_in_the_manual(sudden_deaths):
    """Standardised rates of Assunção and Reis, then z times the mean of the neighbours' z, all by hand."""
    units, neighbours = sudden_deaths
    events = np.array([unit.events for unit in units.units], float)
    people = np.array([unit.population for unit in units.units], float)
    mean = events.sum() / people.sum()
    spread = (people * (events / people - mean) ** 2).sum() / people.sum() - mean / people.mean()
    rates = (events / people - mean) / np.sqrt(spread + mean / people)
    z = (rates - rates.mean()) / rates.std()
    by_code = {unit.code: z[rank] for rank, unit in enumerate(units.units)}
    found = associate(units, neighbours, permutations=9)
    for one in found.local:
        lag = np.mean([by_code[other] for other in neighbours.of[one.unit.code]])
        assert one.z == pytest.approx(by_code[one.unit.code])
        assert one.lag == pytest.approx(lag)
        assert one.statistic == pytest.approx(by_code[one.unit.code] * lag * 99 / 100)
    assert np.mean([one.z * one.lag for one in found.local]) == pytest.approx(found.moran)


def test_the_same_seed_gives_the_same_answer_and_leaves_numpy_as_it_was(sudden_deaths):
    state = np.random.get_state()[1].tolist()
    first = associate(*sudden_deaths, permutations=PERMUTATIONS, seed=7)
    assert first == associate(*sudden_deaths, permutations=PERMUTATIONS, seed=7)
    assert [one.p for one in first.local] != [
        one.p for one in associate(*sudden_deaths, permutations=PERMUTATIONS, seed=8).local
    ]
    assert np.random.get_state()[1].tolist() == state


def test_a_corner_of_high_rates_is_found_and_nothing_far_from_it():
    side = 12
    corner = {row * side + column for row in range(4) for column in range(4)}
    events = [30 if rank in corner else 5 for rank in range(side * side)]
    found = associate(places(events, [10_000] * side * side), beside(grid(side)), permutations=999)
    high = {one.unit.code for one in found.local if one.significant and one.quadrant is Quadrant.HIGH_HIGH}
    assert {"013", "014", "025", "026"} <= high
    assert high <= {f"{rank:03d}" for rank in corner}
    assert found.p < 0.01
    assert found.beyond_chance


def test_rates_drawn_at_random_show_no_place_once_corrected():
    rng = np.random.default_rng(3)
    people = rng.integers(2_000, 80_000, 400)
    events = rng.poisson(people * 1e-4)
    found = associate(places(events.tolist(), people.tolist()), beside(grid(20)), permutations=999)
    assert sum(one.p <= 0.05 for one in found.local) > 0
    assert not any(one.significant for one in found.local)
    assert found.p > 0.05


@settings(max_examples=15)
@given(st.lists(st.integers(0, 9), min_size=16, max_size=16).filter(any), st.integers(0, 1000))
def test_p_values_stay_in_their_bounds_and_correction_never_lowers_them(events, seed):
    units = places(events, range(500, 500 + 16 * 100, 100))
    found = associate(units, beside(grid(4)), permutations=19, seed=seed)
    for one in found.local:
        assert 2 / 20 - 1e-9 <= one.p <= one.q <= 1


def test_smoothing_is_that_of_esda_where_rates_vary_more_than_chance():
    from esda.smoothing import Empirical_Bayes

    events, people = (
        np.array([30.0, 25, 25, 15, 33, 21, 30, 2]),
        np.array([100.0, 100, 110, 90, 100, 90, 110, 90]),
    )
    between, smoothed = smoothed_rates(events, people)
    assert between > 0
    assert smoothed == pytest.approx(Empirical_Bayes(events, people).r.flatten())


def test_where_rates_vary_no_more_than_chance_every_place_has_the_mean():
    between, smoothed = smoothed_rates(np.array([1.0, 1, 1, 1]), np.array([10.0, 11, 9, 10]))
    assert between == 0
    assert smoothed == pytest.approx([0.1] * 4)


def test_too_few_places_and_nothing_to_count_are_refused():
    few = places([1] * (FEWEST_UNITS - 1), [100] * (FEWEST_UNITS - 1))
    links = {f"{rank:03d}": (f"{(rank + 1) % 9:03d}",) for rank in range(FEWEST_UNITS - 1)}
    with pytest.raises(DynamicsError, match="trop peu"):
        associate(few, beside(links))
    with pytest.raises(DynamicsError, match="Aucune structure"):
        associate(places([0] * 16, [100] * 16), beside(grid(4)))
