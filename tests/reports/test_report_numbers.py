from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.diagnosis.model import Jobs
from ancrage.language.days import day
from ancrage.language.numbers import count, interval, number, percent, plain_number
from ancrage.reports.wording import central, jobs_left_out, kind_label, shortened, validity

FINE = "\u202f"


@pytest.mark.parametrize(
    ("value", "decimals", "written"),
    [
        (999, 0, "999"),
        (1000, 0, f"1{FINE}000"),
        (68_456_321, 0, f"68{FINE}456{FINE}321"),
        (1234.56, 1, f"1{FINE}234,6"),
        (-12.5, 1, "\u221212,5"),
        (-0.01, 1, "0,0"),
    ],
)
def test_thousands_are_parted_by_a_fine_space_and_decimals_follow_a_comma(
    value: float, decimals: int, written: str
) -> None:
    assert number(value, decimals) == written


@given(st.integers(-(10**12), 10**12))
def test_a_written_integer_reads_back_as_itself(value: int) -> None:
    assert int(number(value).replace(FINE, "").replace("\u2212", "-")) == value


def test_a_figure_keeps_the_decimals_it_carries() -> None:
    assert [plain_number(value) for value in (23077, 53.2, 0.25, 0.0)] == [
        f"23{FINE}077",
        "53,2",
        "0,25",
        "0",
    ]


@pytest.mark.parametrize(
    ("share", "written"),
    [
        (0, "0 %"),
        (0.0004, "moins de 0,1 %"),
        (0.0005, "0,1 %"),
        (0.123, "12,3 %"),
        (0.9996, "100,0 %"),
        (1, "100 %"),
    ],
)
def test_a_small_share_is_never_written_zero(share: float, written: str) -> None:
    assert percent(share) == written.replace(" %", "\u00a0%")


def test_an_interval_says_when_it_has_no_upper_bound() -> None:
    assert [interval(120, 310), interval(120, None), interval(5, 5)] == ["120 à 310", "120 ou plus", "5"]


def test_days_are_written_in_french() -> None:
    assert [day(date(2021, 3, 31)), day(date(2024, 8, 1))] == [
        "31\u00a0mars\u00a02021",
        "1er\u00a0août\u00a02024",
    ]


def test_the_plural_starts_at_two() -> None:
    assert [count(value, "commune") for value in (0, 1, 2)] == [
        "0\u00a0commune",
        "1\u00a0commune",
        "2\u00a0communes",
    ]


def test_jobs_are_an_interval_with_a_central_value() -> None:
    jobs = Jobs(low=120, central=190, high=310, unknown=2)
    assert central(jobs) == "Valeur centrale : 190. "
    assert central(Jobs(low=5, central=5, high=5, unknown=0)) == ""
    assert "2\u00a0établissements employeurs" in jobs_left_out(jobs)


def test_validity_says_the_bounds_that_are_known() -> None:
    first, last = date(2017, 7, 1), date(2024, 6, 30)
    texts = [validity(first, last), validity(first, None), validity(None, last), validity(None, None)]
    assert [text.replace("\u00a0", " ") for text in texts] == [
        "du 1er juillet 2017 au 30 juin 2024",
        "depuis le 1er juillet 2017",
        "jusqu’au 30 juin 2024",
        "",
    ]


def test_a_long_list_says_how_many_it_leaves_out() -> None:
    assert shortened("abcde", 3) == "a ; b ; c ; et 2 autres"
    assert shortened("abcd", 3) == "a ; b ; c ; d"


def test_an_unheard_of_kind_of_territory_is_shown_as_written() -> None:
    assert [kind_label("epci"), kind_label("pays")] == ["intercommunalité", "pays"]
