from fractions import Fraction
from math import comb, exp, log, sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from ancrage.dynamics.quotients import (
    FALSE_DISCOVERIES,
    FEWEST,
    Presence,
    false_discoveries,
    presence,
    quotients,
    share_interval,
    two_sided,
)


def mid_p_by_hand(count: int, n: int, share: Fraction) -> Fraction:
    """Two-sided mid-p from the terms of the binomial, in exact fractions."""
    terms = [comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(n + 1)]
    above = sum(terms[count + 1 :]) + terms[count] / 2
    return min(Fraction(1), 2 * min(above, 1 - above))


@pytest.mark.parametrize(
    ("count", "n", "share"),
    [(0, 12, Fraction(1, 10)), (7, 20, Fraction(1, 8)), (3, 30, Fraction(1, 4)), (20, 20, Fraction(9, 10))],
)
def test_the_p_value_is_the_one_counted_term_by_term(count: int, n: int, share: Fraction) -> None:
    assert two_sided(count, n, float(share)) == pytest.approx(float(mid_p_by_hand(count, n, share)), rel=1e-9)


@given(st.integers(1, 400).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share_and_lies_inside_that_of_clopper_and_pearson(drawn):
    count, n = drawn
    low, high = share_interval(count, n)
    wide = binomtest(count, n).proportion_ci(0.95, method="exact")
    assert wide.low - 1e-9 <= low <= count / n <= high <= wide.high + 1e-9


@given(st.integers(2, 200).flatmap(lambda n: st.tuples(st.integers(1, n - 1), st.just(n))))
def test_a_share_at_a_bound_is_refused_at_five_percent_exactly(drawn):
    count, n = drawn
    for bound in share_interval(count, n):
        assert two_sided(count, n, bound) == pytest.approx(0.05, abs=1e-6)


def test_on_large_counts_the_interval_is_that_of_the_delta_method():
    """Katz's interval for a ratio, its reference taken as known: var(log) = 1/x - 1/n."""
    (found, _) = quotients({"a": 400, "b": 1600}, {"a": 20_000, "b": 180_000})
    assert found.key == "a"
    assert found.value == pytest.approx(2.0)
    half = 1.959964 * sqrt(1 / 400 - 1 / 2000)
    assert found.low == pytest.approx(exp(log(2) - half), rel=0.01)
    assert found.high == pytest.approx(exp(log(2) + half), rel=0.01)


def test_nothing_here_gives_no_quotient_and_an_unheard_of_activity_is_a_fault():
    assert quotients({}, {"a": 3}) == ()
    assert quotients({"a": 0}, {"a": 3}) == ()
    with pytest.raises(ValueError, match="part of the reference"):
        quotients({"a": 4}, {"a": 3})


def test_an_activity_absent_here_has_a_quotient_of_zero_and_a_bound_above():
    found = {one.key: one for one in quotients({"a": 60}, {"a": 900, "b": 100})}
    assert (found["b"].value, found["b"].low, found["b"].count) == (0, 0, 0)
    assert found["b"].high > 0
    assert found["b"].expected == pytest.approx(6)
    assert found["b"].presence is Presence.UNDER


@pytest.mark.parametrize(
    ("count", "expected", "q", "state"),
    [
        (FEWEST, 1.0, 0.01, Presence.OVER),
        (FEWEST - 1, 0.1, 1e-9, Presence.TO_CHECK),
        (FEWEST, 1.0, FALSE_DISCOVERIES, Presence.OVER),
        (FEWEST, 1.0, FALSE_DISCOVERIES + 1e-9, Presence.UNDECIDED),
        (0, float(FEWEST), 0.01, Presence.UNDER),
        (0, FEWEST - 1e-9, 0.01, Presence.TO_CHECK),
        (40, 40.0, 1.0, Presence.UNDECIDED),
    ],
)
def test_the_state_changes_on_its_thresholds(count, expected, q, state):
    assert presence(count, expected, q) is state


def test_p_values_are_corrected_as_benjamini_and_hochberg_write_it():
    assert false_discoveries(()) == ()
    assert false_discoveries((0.04, 0.01, 0.03)) == pytest.approx((0.04, 0.03, 0.04))


counts = st.dictionaries(st.sampled_from("abcdefgh"), st.integers(0, 60), min_size=1)


@given(counts, counts)
def test_expected_counts_add_up_to_the_total_and_bounds_surround_the_quotient(here, elsewhere):
    reference = {key: here.get(key, 0) + elsewhere.get(key, 0) for key in {*here, *elsewhere}}
    found = quotients(here, reference)
    if found:
        assert sum(one.expected for one in found) == pytest.approx(sum(here.values()))
    for one in found:
        assert one.low - 1e-9 <= one.value <= one.high + 1e-9
        assert one.p <= one.q <= 1


@given(counts)
def test_a_territory_that_is_its_own_reference_holds_nothing_more_than_it(here):
    assert all(one.value == pytest.approx(1) for one in quotients(here, here))
    assert not {one.presence for one in quotients(here, here)} & {Presence.OVER, Presence.UNDER}
