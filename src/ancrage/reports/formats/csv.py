"""The table of an answer as a CSV that a French spreadsheet opens as it should."""

from collections.abc import Iterable, Iterator

from ancrage.reasoning import Verdict
from ancrage.reports import cells
from ancrage.reports.formats.values import Value, rows, titles, value_of
from ancrage.reports.topic import Telling
from ancrage.spreadsheets import MACHINES, PEOPLE, Cell, Convention


def write(telling: Telling) -> str:
    """The table: its columns, then a line a row. What is not known is an empty cell, never zero."""
    return _written(telling, PEOPLE)


def write_for_programs(telling: Telling) -> str:
    """The same table by the convention of machines: no cell is altered."""
    return _written(telling, MACHINES)


def _written(telling: Telling, convention: Convention) -> str:
    grid = telling.table
    return convention.text(titles(grid), ([_plain(value) for value in row] for row in rows(grid)))


def rows_of(cells_of: Iterable[tuple[cells.Cell, ...]]) -> Iterator[list[Cell]]:
    """Rows of a table that is read as it is written; it holds no interval of jobs."""
    return ([_plain(value_of(cell)) for cell in row] for row in cells_of)


def _plain(value: Value) -> Cell:
    """A share as a number from 0 to 1, a verdict in words; anything else as it is."""
    if isinstance(value, cells.Share):
        return value.value
    return value.label if isinstance(value, Verdict) else value
