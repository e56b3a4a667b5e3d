"""Our numbers and days beside those of Babel (CLDR), which tells how French writes them."""

import re
from datetime import date
from decimal import Decimal

import pytest
from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_currency, format_decimal, format_percent
from babel.units import format_unit
from hypothesis import given
from hypothesis import strategies as st

from ancrage.language.days import MONTHS, day, short_day
from ancrage.language.numbers import count, euros, kilometres, number, percent, signed_percent, typed
from ancrage.language.phrases import listed, plural

FRENCH = Locale("fr")
FINE, HARD = "\u202f", "\u00a0"
FLOATS = st.floats(-(10**12), 10**12, allow_nan=False)
SHOWN = {0: "#,##0", 1: "#,##0.0", 2: "#,##0.00"}


def as_babel(value, decimals):
    """Babel's number of the exact value, with the true minus of typography; its « -0 » is 0."""
    told = format_decimal(Decimal(value), SHOWN[decimals], locale=FRENCH, decimal_quantization=True)
    return told.replace("-", "" if not re.search("[1-9]", told) else "\u2212")


@given(FLOATS | st.integers(-(10**15), 10**15), st.integers(0, 2))
def test_a_number_is_written_as_cldr_says(value, decimals):
    assert number(value, decimals) == as_babel(value, decimals)


@given(st.floats(0.001, 1))
def test_a_share_is_written_as_cldr_says(share):
    told = format_percent(Decimal(share) * 100 / 100, "#,##0.0\u00a0%", locale=FRENCH)
    assert percent(share) in (told, told.replace(",0", "") if share == 1 else told)


@pytest.mark.parametrize("value", [0, 1, 1234, 5_000_000])
def test_an_amount_is_written_as_cldr_says(value):
    assert euros(value) == format_currency(value, "EUR", "#,##0\u00a0¤", locale=FRENCH, currency_digits=False)


@pytest.mark.parametrize("value", [0.0, 1.5, 1234.56])
def test_a_distance_is_written_as_cldr_says_with_a_space_that_fonts_have(value):
    told = format_unit(value, "kilometer", "short", format="#,##0.0", locale=FRENCH)
    assert kilometres(value, 1) == re.sub(r"\u202fkm$", "\u00a0km", told)


@given(st.dates(date(1000, 1, 1)))
def test_a_day_is_written_as_cldr_says_save_the_first(on):
    told = format_date(on, "d MMMM y", locale=FRENCH).replace(" ", HARD)
    assert day(on) == (f"1er{told[1:]}" if on.day == 1 else told)
    assert short_day(on) == format_date(on, "dd/MM/yyyy", locale=FRENCH)


@given(FLOATS | st.integers(-(10**12), 10**12), st.integers(0, 2))
def test_a_number_written_is_read_back(value, decimals):
    assert float(typed(number(value, decimals))) == pytest.approx(value, abs=0.5 * 10**-decimals + 1e-3)


@pytest.mark.parametrize(
    ("written", "figures"),
    [(" 1 000 ", "1000"), ("15,5", "15.5"), ("-3", "-3"), ("1 2", "1 2"), ("0.5", "0.5"), ("", "")],
)
def test_a_number_typed_is_read_as_french_writes_it(written, figures):
    assert typed(written) == figures


def test_months_are_those_of_cldr():
    assert [*MONTHS] == [FRENCH.months["format"]["wide"][month] for month in range(1, 13)]


@given(st.integers(0, 10**5) | st.floats(0, 100))
def test_a_noun_is_singular_where_cldr_says_one(value):
    assert plural(value, "one", "other") == ("one" if FRENCH.plural_form(value) == "one" else "other")


@pytest.mark.parametrize("names", [["a"], ["a", "b"], ["a", "b", "c", "d"]])
def test_a_list_is_written_as_cldr_says(names):
    assert listed(names) == format_list(names, locale=FRENCH)


@pytest.mark.parametrize(
    ("value", "told"), [(0.123, f"+12{HARD}%"), (-0.05, f"\u22125{HARD}%"), (0.0, f"0{HARD}%")]
)
def test_a_gap_says_its_side(value, told):
    assert signed_percent(value) == told


def test_a_count_keeps_to_its_noun():
    assert [count(value, "commune") for value in (0, 1, 2, 1000)] == [
        f"0{HARD}commune",
        f"1{HARD}commune",
        f"2{HARD}communes",
        f"1{FINE}000{HARD}communes",
    ]


def test_the_days_of_tables_have_two_figures():
    assert short_day(date(2021, 3, 1)) == "01/03/2021"
