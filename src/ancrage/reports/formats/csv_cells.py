"""Cells of a CSV that a spreadsheet will open: text from public files must never become a formula."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

FORMULA = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: object) -> object:
    """A text that a spreadsheet would run is given an apostrophe, which it reads as « this is text ».

    Numbers stay numbers; ``None`` is an empty cell.
    """
    if value is None:
        return ""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def csv_text(header: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A CSV (commas, CRLF, UTF-8 with its mark, so that spreadsheets read accents)."""
    return "".join(csv_lines(header, rows))


def csv_lines(header: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The same, some lines at a time: a file may be longer than what one wants in memory."""
    yield "\ufeff" + _written([header])
    for some in _batched(rows):
        yield _written([safe_cell(cell) for cell in row] for row in some)


LINES = 1000


def _batched(rows: Iterable[Sequence[object]]) -> Iterator[list[Sequence[object]]]:
    """Rows, ``LINES`` at a time (itertools has it from Python 3.12)."""
    waiting = iter(rows)
    while some := list(islice(waiting, LINES)):
        yield some


def _written(rows: Iterable[Sequence[object]]) -> str:
    file = io.StringIO()
    csv.writer(file).writerows(rows)
    return file.getvalue()
