from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.dating import Period, parse_day
from ancrage.errors import InvalidDayError


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2021-03-31", date(2021, 3, 31)),
        (" 31/03/2021 ", date(2021, 3, 31)),
        ("1/7/2024", date(2024, 7, 1)),
        ("2024-02-29", date(2024, 2, 29)),
    ],
)
def test_a_person_writes_a_day_in_two_ways(written, day):
    assert parse_day(written) == day


@pytest.mark.parametrize(
    "written", ["", "2023-02-29", "2021-13-01", "31-03-2021", "2021/03/31", "03/31/2021", "2021", "hier"]
)
def test_anything_else_is_refused_with_an_example(written):
    with pytest.raises(InvalidDayError) as refusal:
        parse_day(written)
    assert "AAAA-MM-JJ" in refusal.value.hint


@given(st.dates())
def test_a_day_written_either_way_is_read_back(day):
    assert parse_day(day.isoformat()) == day
    assert parse_day(f"{day.day:02}/{day.month:02}/{day.year:04}") == day


def test_a_period_holds_its_first_and_its_last_day_and_no_more():
    first, last, one = date(2017, 7, 1), date(2024, 6, 30), timedelta(days=1)
    period = Period(first, last)
    assert [day in period for day in (first - one, first, last, last + one)] == [False, True, True, False]


def test_a_period_without_bounds_holds_every_day():
    assert date.min in Period()
    assert date.max in Period(since=date(2024, 7, 1))


def test_a_period_cannot_end_before_it_begins():
    with pytest.raises(ValueError, match="before it begins"):
        Period(date(2024, 7, 1), date(2024, 6, 30))
    assert date(2024, 7, 1) in Period(date(2024, 7, 1), date(2024, 7, 1))


bounds = st.none() | st.dates(date(2020, 1, 1), date(2020, 1, 20))


@st.composite
def periods(draw):
    since, until = draw(bounds), draw(bounds)
    return Period(*sorted((since, until))) if since and until else Period(since, until)


@given(periods(), periods())
def test_two_periods_overlap_when_one_day_belongs_to_both(one, other):
    days = [date(2019, 12, 31) + timedelta(days=rank) for rank in range(23)]
    assert one.overlaps(other) == other.overlaps(one) == any(day in one and day in other for day in days)
