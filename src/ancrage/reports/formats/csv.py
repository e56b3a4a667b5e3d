"""The table of an answer as a CSV that a French spreadsheet opens as it should."""

from ancrage.reasoning import Verdict
from ancrage.reports import cells
from ancrage.reports.formats.values import Value, rows, titles
from ancrage.reports.topic import Telling
from ancrage.spreadsheets import PEOPLE, Cell


def write(telling: Telling) -> str:
    """The table: its columns, then a line a row. What is not known is an empty cell, never zero."""
    grid = telling.table
    return PEOPLE.text(titles(grid), ([_plain(value) for value in row] for row in rows(grid)))


def _plain(value: Value) -> Cell:
    """A share as a number from 0 to 1, a verdict in words; anything else as it is."""
    if isinstance(value, cells.Share):
        return value.value
    return value.label if isinstance(value, Verdict) else value
