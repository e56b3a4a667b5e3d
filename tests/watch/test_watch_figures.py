"""Rates, intervals, periods and trends, against tables and independent computations."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import poisson

from ancrage.watch.corpus import Corpus, TextCount
from ancrage.watch.counting import Cell, garwood, watch
from ancrage.watch.declaration import Term
from ancrage.watch.moments import Moment, Span
from ancrage.watch.reading import Document
from ancrage.watch.trends import trend

TERM = (Term(id="t", libelle="T", variantes=("terme",)),)


def text(moment, words=1000, count=0, name="a.txt"):
    return TextCount(Document(name, "", moment), words, (count,))


def answer(*texts, span=Span.ANNEE):
    return watch(Corpus(tuple(texts), (), (), {}, ()), TERM, span)


# The usual table of exact 95 % limits of a Poisson count, to two decimals.
PUBLISHED = {
    0: (0, 3.69),
    1: (0.03, 5.57),
    2: (0.24, 7.22),
    5: (1.62, 11.67),
    10: (4.80, 18.39),
    20: (12.22, 30.89),
}


@pytest.mark.parametrize(("count", "bounds"), PUBLISHED.items())
def test_the_exact_interval_is_that_of_the_tables(count, bounds):
    assert garwood(count) == pytest.approx(bounds, abs=0.006)


@given(st.integers(1, 2000))
def test_each_bound_leaves_two_and_a_half_per_cent_of_the_poisson_law_outside(count):
    low, high = garwood(count)
    assert poisson.sf(count - 1, low) == pytest.approx(0.025, rel=1e-6)
    assert poisson.cdf(count, high) == pytest.approx(0.025, rel=1e-6)
    assert low < count < high


def test_no_event_is_bounded_by_the_logarithm():
    assert garwood(0) == (0, pytest.approx(-math.log(0.025)))


def test_a_negative_count_is_a_mistake_of_the_program():
    with pytest.raises(ValueError, match="-1"):
        garwood(-1)


def test_a_rate_is_per_ten_thousand_words_and_its_interval_too():
    cell = Cell(texts=4, words=20_000, count=10, texts_with=3)
    assert (cell.rate, cell.share) == (5.0, 0.75)
    assert cell.interval == pytest.approx((4.80 / 2, 18.39 / 2), abs=0.005)


def test_without_text_nothing_is_known():
    cell = Cell(0, 0, 0, 0)
    assert (cell.rate, cell.interval, cell.share) == (None, None, None)


def test_a_year_without_text_is_kept_and_is_not_zero():
    told = answer(text(Moment(2010), count=2), text(Moment(2010, 5)), text(Moment(2012, 1, 31)))
    assert told.periods == ("2010", "2011", "2012")
    assert [cell.rate for cell in told.series[0].cells] == [10.0, None, 0.0]


def test_a_text_without_date_is_in_no_year_but_in_the_whole():
    told = answer(text(Moment(2010), count=1), text(None, count=5)).series[0]
    assert [cell.count for cell in told.cells] == [1]
    assert (told.undated.count, told.total.count) == (5, 6)


def test_a_year_alone_is_of_no_month():
    told = answer(text(Moment(2010, 11)), text(Moment(2011, 2, 3)), text(Moment(2011)), span=Span.MOIS)
    assert told.periods == ("2010-11", "2010-12", "2011-01", "2011-02")
    assert told.series[0].undated.texts == 1


def test_by_file_the_date_does_not_matter():
    told = answer(text(None, name="a"), text(Moment(2011), name="b"), text(None, name="a"), span=Span.FICHIER)
    assert told.periods == ("a", "b")
    assert [cell.texts for cell in told.series[0].cells] == [2, 1]
    assert told.series[0].trend is None


def test_no_period_at_all_leaves_the_whole():
    told = answer(text(None, count=3))
    assert (told.periods, told.series[0].total.count) == ((), 3)


TEXTS = st.lists(
    st.builds(
        text,
        st.one_of(st.none(), st.builds(Moment, st.integers(1990, 1999))),
        st.integers(1, 500),
        st.integers(0, 9),
    ),
    min_size=1,
    max_size=12,
)


@given(TEXTS)
def test_periods_and_texts_without_date_add_up_to_the_whole(texts):
    told = answer(*texts).series[0]
    for name in ("texts", "words", "count", "texts_with"):
        parts = sum(getattr(cell, name) for cell in (*told.cells, told.undated))
        assert parts == getattr(told.total, name)


@given(st.lists(st.tuples(st.integers(1, 500), st.integers(0, 9)), min_size=1, max_size=8))
def test_the_rate_of_a_year_does_not_depend_on_how_its_words_are_cut_into_texts(parts):
    cut = answer(*(text(Moment(2000), words, count) for words, count in parts))
    words, count = (sum(each) for each in zip(*parts, strict=True))
    whole = answer(text(Moment(2000), words, count))
    assert cut.series[0].cells[0].rate == whole.series[0].cells[0].rate
    assert cut.series[0].cells[0].interval == whole.series[0].cells[0].interval


def kendall(rates):
    """Kendall's S by its definition, and the p-value by counting all the orders."""
    from itertools import combinations, permutations

    def score(order):
        return sum((b > a) - (b < a) for a, b in combinations(order, 2))

    observed = score(rates)
    orders = [score(order) for order in permutations(rates)]
    pairs = len(rates) * (len(rates) - 1) // 2
    return observed / pairs, sum(abs(one) >= abs(observed) for one in orders) / len(orders)


@pytest.mark.parametrize("rates", [(1, 2, 3, 4), (1, 3, 2, 4, 5, 6), (6, 5, 4, 2, 3, 1), (2, 1, 4, 3, 5)])
def test_the_trend_is_kendalls_by_enumeration(rates):
    told = trend(range(len(rates)), rates)
    assert (told.tau, told.p_value) == pytest.approx(kendall(rates))


def test_three_periods_or_equal_rates_have_no_trend():
    assert trend([0, 1, 2], [1, 2, 3]) is None
    assert trend([0, 1, 2, 3], [2, 2, 2, 2]) is None
    assert trend([0, 1, 2, 3], [1, 2, 3, 4]).direction == "indecidable"
    assert trend(range(5), [1, 2, 3, 4, 5]).direction == "hausse"
    assert trend(range(6), [9, 7, 6, 5, 3, 1]).direction == "baisse"


def test_a_gap_counts_in_the_slope():
    assert trend([0, 1, 2, 6], [0, 1, 2, 6]).slope == 1
    told = answer(*(text(Moment(year), 10_000, year - 2000) for year in (2000, 2001, 2002, 2006)))
    assert told.series[0].trend.slope == 1
    assert told.series[0].trend.periods == 4
