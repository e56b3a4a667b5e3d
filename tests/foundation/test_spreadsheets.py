"""Two conventions of CSV: no cell a spreadsheet opens is a formula, numbers stay numbers, codes texts."""

import csv
import io
import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ancrage.spreadsheets import MACHINES, PEOPLE, as_received, harmless

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=40)
NUMBERS = st.integers(-(10**15), 10**15) | st.floats(allow_nan=False, allow_infinity=False)
DAYS = st.dates(date(1900, 1, 1))
NUMBER = re.compile(
    r"[+-]?(?:\d{1,3}(?:[ \u00a0\u202f.]\d{3})+|\d+)?(?:[.,]\d*)?(?:e[+-]?\d+)?[ \u00a0\u202f]?[%€]?",
    re.IGNORECASE,
)
DAY = re.compile(
    r"\d{1,4}[-/. ]\d{1,2}(?:[-/. ]\d{1,4})?|\d{1,4}[ -](?:janv|mars|mai|juin|oct)[a-z.]*(?:[ -]\d{1,4})?",
    re.IGNORECASE,
)
HOUR = re.compile(r"\d{1,2}:\d{2}(?::\d{2})?(?: ?[ap]m)?", re.IGNORECASE)


def opened(text: str) -> list[list[tuple[str, str]]]:
    """Cells as a French spreadsheet types them: what, and the text it shows."""
    assert text.startswith("\ufeff")
    rows = csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=";", strict=True)
    return [[(_typed(cell), cell) for cell in row] for row in rows]


def _typed(cell: str) -> str:
    said = cell.strip()
    if not said:
        return "empty"
    if NUMBER.fullmatch(said) and re.search(r"\d", said):
        return "number"
    if DAY.fullmatch(said) or HOUR.fullmatch(said):
        return "day"
    if said.lower() in ("vrai", "faux", "true", "false"):
        return "truth"
    return "formula" if said[0] in "=+-@＝＋－＠\t\r" or cell[0] in "\t\r" else "text"


def people(*cells: object) -> list[tuple[str, str]]:
    return opened(PEOPLE.text(["a"] * len(cells), [cells]))[1]  # type: ignore[list-item]


@given(TEXTS)
@example("=1+1")
@example(' =HYPERLINK("http://x")')
@example("\t=1")
@example("\uff1d1+1")
@example("'=1")
@example("-2+3+cmd|' /C calc'!A0")
def test_a_text_is_never_a_formula_nor_anything_but_a_text(text):
    [(kind, shown)] = people(text) or [("empty", "")]
    assert kind in ("text", "empty")
    assert as_received(shown) == text


@given(st.lists(st.lists(TEXTS | NUMBERS | DAYS | st.none(), min_size=3, max_size=3), max_size=5))
def test_cells_stay_in_their_column_and_keep_their_type(rows):
    for row, read in zip(rows, opened(PEOPLE.text(["a", "b", "c"], rows))[1:], strict=True):
        for cell, (kind, _) in zip(row, read, strict=True):
            wanted = {str: ("text", "empty"), int: ("number",), float: ("number",), date: ("day",)}
            assert kind in wanted.get(type(cell), ("empty",))


@given(NUMBERS)
def test_a_number_reads_back_as_the_same_number(value):
    [(kind, shown)] = people(value)
    assert kind == "number"
    assert float(shown.replace(",", ".")) == value


@pytest.mark.parametrize(
    "code",
    ["12345678900012", "01004", "2021-03-31", "10-19", "3/4", "1E5", "05 55 66 77 88", "mars 2021", "Mai 68",
     "10:30", "12 %", "VRAI", "(23)", "1 234,5", "0", "-1", "12 €"],
)  # fmt: skip
def test_a_code_stays_a_text(code):
    assert people(code) == [("text", f"'{code}")]


@pytest.mark.parametrize(
    "text",
    ["Faux-la-Montagne", "2A004", "88.99B", "W231000012", "10 à 19 salariés", "L'Atelier",
     "23077+23096 réunies", "Janvier", "", "1er mars 2021", "https://exemple.fr/?a=1;b=-2", "ACI"],
)  # fmt: skip
def test_a_text_that_nothing_would_change_is_left_as_it_is(text):
    assert harmless(text) == text
    assert as_received(text) == text


def test_what_a_french_spreadsheet_opens():
    row = [
        "À l'aide",
        1234.5,
        -3,
        Decimal("0.10"),
        date(2021, 3, 31),
        True,
        None,
    ]
    written = PEOPLE.text([*"abcdefg"], [row])
    assert written == ("\ufeffa;b;c;d;e;f;g\r\nÀ l'aide;1234,5;-3;0,10;2021-03-31;oui;\r\n")


def test_what_a_program_reads():
    row = ["=1+1", "01004", 1234.5, -3, date(2021, 3, 31), False, None, float("nan"), 'a, "b"\nc']
    assert MACHINES.text([*"abcdefghi"], [row]) == (
        'a,b,c,d,e,f,g,h,i\r\n=1+1,01004,1234.5,-3,2021-03-31,false,,,"a, ""b""\nc"\r\n'
    )


@given(st.lists(st.lists(TEXTS, min_size=2, max_size=2), max_size=5))
def test_a_program_gets_every_text_as_it_was(rows):
    read = list(csv.reader(io.StringIO(MACHINES.text(["a", "b"], rows), newline=""), strict=True))
    assert read == [["a", "b"], *rows]


def test_a_long_file_is_written_some_lines_at_a_time(tmp_path):
    rows = [[rank, f"n° {rank}"] for rank in range(2500)]
    parts = list(PEOPLE.parts(["rang", "nom"], iter(rows)))
    PEOPLE.write(tmp_path / "long.csv", ["rang", "nom"], iter(rows))
    assert len(parts) == 4
    assert (tmp_path / "long.csv").read_bytes().decode("utf-8") == "".join(parts)
