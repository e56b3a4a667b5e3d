"""The curves and the test, by hand, against lifelines, and for what must always hold."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.special import chdtrc

from ancrage.survival.curves import Spells, chi_square_tail, compare, estimate


def spells(entry, leaving, closed, group=None, labels=("tous",)):
    group = [0] * len(entry) if group is None else group
    return Spells(
        np.array(entry, float), np.array(leaving, float), np.array(closed, bool), np.array(group), labels
    )


def test_six_units_by_hand():
    # Closures at 1, 2 and 4; one lost at 2 (after the closure), two still open at 5.
    curve = estimate(spells([0] * 6, [1, 2, 2, 4, 5, 5], [1, 1, 0, 1, 0, 0]))
    assert curve.ages.tolist() == [1, 2, 4]
    assert curve.at_risk.tolist() == [6, 5, 3]
    assert curve.survival.tolist() == pytest.approx([5 / 6, 5 / 6 * 4 / 5, 5 / 6 * 4 / 5 * 2 / 3])
    assert curve.median == 4
    assert curve.at(0.99) == (1.0, 1.0, 1.0)
    assert curve.at(1)[0] == pytest.approx(5 / 6)
    assert curve.at(5.01) is None


def test_a_late_entry_is_not_at_risk_before_it_enters():
    # The second unit enters at 2: at age 1 only the first and third are watched.
    curve = estimate(spells([0, 2, 0], [1, 4, 3], [1, 1, 0]))
    assert curve.at_risk.tolist() == [2, 1]


def test_a_unit_that_enters_at_the_very_age_of_a_closure_is_not_yet_at_risk():
    curve = estimate(spells([0, 1, 0], [1, 4, 3], [1, 1, 0]))
    assert curve.at_risk.tolist() == [2, 1]


def drawn(seed, size, groups=1, late=True):
    chance = np.random.default_rng(seed)
    entry = np.maximum(0, chance.uniform(-3, 6 if late else 0, size))
    life = entry + chance.exponential(5, size) + 1e-3
    leaving = np.minimum(life, entry + chance.uniform(0.1, 8, size))
    return spells(
        entry,
        leaving,
        leaving == life,
        chance.integers(0, groups, size),
        tuple(f"groupe {k}" for k in range(groups)),
    )


@given(seed=st.integers(0, 10_000), size=st.integers(30, 200))
def test_the_curve_and_its_band_are_those_of_lifelines(seed, size):
    from lifelines import KaplanMeierFitter

    watched = drawn(seed, size)
    if not watched.closed.any():
        return
    curve = estimate(watched)
    theirs = KaplanMeierFitter().fit(watched.leaving, watched.closed, entry=watched.entry)
    assert curve.survival == pytest.approx(theirs.survival_function_at_times(curve.ages).to_numpy())
    band = theirs.confidence_interval_survival_function_.loc[curve.ages].to_numpy()
    inside = (curve.survival > 0) & (curve.survival < 1)
    assert curve.low[inside] == pytest.approx(band[inside, 0])
    assert curve.high[inside] == pytest.approx(band[inside, 1])


@given(seed=st.integers(0, 10_000), groups=st.integers(2, 5))
def test_the_log_rank_test_is_that_of_lifelines_when_nobody_enters_late(seed, groups):
    from lifelines.statistics import multivariate_logrank_test

    watched = drawn(seed, 150, groups, late=False)
    ours = compare(watched)
    theirs = multivariate_logrank_test(watched.leaving, watched.group, watched.closed)
    assert ours.statistic == pytest.approx(theirs.test_statistic)
    assert ours.p_value == pytest.approx(theirs.p_value)


@given(seed=st.integers(0, 10_000))
def test_a_curve_never_rises_and_stays_between_nothing_and_everybody(seed):
    curve = estimate(drawn(seed, 80))
    assert np.all(np.diff(curve.survival) <= 0)
    assert np.all((curve.survival >= 0) & (curve.survival <= 1))
    known = ~np.isnan(curve.low)
    assert np.all(curve.low[known] <= curve.survival[known] + 1e-12)
    assert np.all(curve.high[known] >= curve.survival[known] - 1e-12)


@given(st.lists(st.integers(1, 30), min_size=1, max_size=40))
def test_without_late_entry_nor_censoring_the_curve_is_the_plain_share_left(lives):
    curve = estimate(spells([0] * len(lives), lives, [1] * len(lives)))
    for age, survival in zip(curve.ages, curve.survival, strict=True):
        assert survival == pytest.approx(sum(life > age for life in lives) / len(lives))


def test_the_test_of_late_entries_by_hand():
    # At 1: A has 2 of 3 at risk, A closes. At 2: everybody but one, B enters late and closes.
    watched = spells([0, 0, 0, 1.5], [1, 3, 3, 2], [1, 0, 0, 1], [0, 0, 1, 1], ("A", "B"))
    gap = (1 - 2 / 3) + (0 - 1 / 3)
    variance = (2 / 3) * (1 / 3) + (1 / 3) * (2 / 3)
    found = compare(watched)
    assert found.statistic == pytest.approx(gap**2 / variance)
    assert found.degrees == 1


def test_one_group_is_compared_with_nothing():
    assert compare(spells([0] * 3, [1, 2, 3], [1, 1, 1])) is None


@pytest.mark.parametrize("degrees", [1, 2, 3, 4, 7, 20])
@pytest.mark.parametrize("statistic", [0.0, 1e-9, 0.5, 3.841, 30.0, 800.0, 6034.6])
def test_the_tail_of_a_chi_square_is_that_of_scipy(degrees, statistic):
    expected = float(chdtrc(degrees, statistic))
    assert chi_square_tail(statistic, degrees) == pytest.approx(expected, rel=1e-10, abs=1e-300)


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(1, 5), st.booleans()), min_size=1, max_size=40))
def test_alike_spells_counted_together_are_those_spells(rows):
    entry, lasting, closed = (np.array(column) for column in zip(*rows, strict=True))
    leaving, group = entry + lasting, np.arange(len(rows)) % 2
    each = estimate(spells(entry, leaving, closed))
    alike, counts = np.unique(np.stack([entry, leaving, closed, group]), axis=1, return_counts=True)
    together = Spells(*(alike[0].astype(float), alike[1].astype(float)), alike[2] > 0, alike[3],
                      ("A", "B"), counts)  # fmt: skip
    found = estimate(together)
    for name in ("ages", "at_risk", "closures", "survival"):
        assert getattr(found, name).tolist() == getattr(each, name).tolist()
    assert found.units == each.units
    apart = Spells(entry.astype(float), leaving.astype(float), closed > 0, group, ("A", "B"))
    assert compare(together) == compare(apart)
