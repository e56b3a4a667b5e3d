"""Cells damaged by spreadsheets get their shape back, or nothing is claimed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ancrage.cells.codes import (
    join_commune_code,
    repair_commune_code,
    repair_legal_category,
    repair_postcode,
    repair_siren,
    repair_siret,
    split_joined,
)
from ancrage.cells.keys import has_luhn_key


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("8053", "08053"),
        ("8053.0", "08053"),
        ("08053", "08053"),
        ("2a004", "2A004"),
        (" 97601 ", "97601"),
        ("0null", None),
        ("805", None),
        ("023077", None),
        ("", None),
        (None, None),
    ],
)
def test_a_commune_code_gets_its_lost_zero_back(cell: str | None, code: str | None) -> None:
    assert repair_commune_code(cell) == code


@pytest.mark.parametrize(
    ("department", "commune", "code"),
    [
        ("23", "77", "23077"),
        ("1", "4", "01004"),
        ("2A", "004", "2A004"),
        ("976", "601", "97601"),
        ("974", "11", "97411"),
        ("976", "101", None),
        ("", "601", None),
    ],
)
def test_a_repeated_overseas_digit_counts_once(department: str, commune: str, code: str | None) -> None:
    assert join_commune_code(department, commune) == code


@pytest.mark.parametrize(
    ("cell", "siret"),
    [
        ("3805449320029.0", "03805449320029"),
        ("13002526500013", "13002526500013"),
        ("130 025 265 00013", "13002526500013"),
        ("130025265000131", None),
        ("1234567890", None),
        ("abc", None),
    ],
)
def test_a_siret_read_as_a_number_gets_its_fourteen_digits_back(cell: str, siret: str | None) -> None:
    assert repair_siret(cell) == siret


def test_a_siren_is_found_in_a_vat_number_or_a_float() -> None:
    assert repair_siren("FR40303265045") == "303265045"
    assert repair_siren("325175.0") == "000325175"
    assert repair_siren("1303265045") is None


def test_a_legal_category_keeps_four_digits() -> None:
    assert repair_legal_category("9220.0") == "9220"
    assert repair_legal_category("0") == "0000"
    assert repair_legal_category("922") is None


def test_a_postcode_keeps_five_digits() -> None:
    assert repair_postcode("84200.0") == "84200"
    assert repair_postcode("1000") == "01000"
    assert repair_postcode("100") is None


@pytest.mark.parametrize(
    ("cell", "parts"),
    [
        ("QN00103M, QN00104M", ["QN00103M", "QN00104M"]),
        (
            "CA du Nord (249710062); CA Grand Sud (249710070)",
            ["CA du Nord (249710062)", "CA Grand Sud (249710070)"],
        ),
        ("a ; b", ["a", "b"]),
        ("a|b, c", ["a", "b, c"]),
        ("48.80,2.31", ["48.80,2.31"]),
        ("", []),
        (None, []),
    ],
)
def test_a_joined_list_is_split_on_its_own_separator(cell: str | None, parts: list[str]) -> None:
    assert split_joined(cell) == parts


def test_the_luhn_key_tells_a_false_siren() -> None:
    assert has_luhn_key("130025265")
    assert not has_luhn_key("130025266")
    assert not has_luhn_key("13002526x")


@given(st.integers(min_value=1, max_value=95), st.integers(min_value=1, max_value=990))
def test_a_code_that_went_through_a_float_comes_back_whole(department: int, commune: int) -> None:
    code = f"{department:02d}{commune:03d}"
    assert repair_commune_code(str(float(code))) == code
    assert repair_commune_code(repair_commune_code(code)) == code
