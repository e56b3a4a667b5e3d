"""A table read from a file a person brings, whether it was a CSV or a sheet of a workbook."""

from dataclasses import dataclass

from ancrage.declarations.csv_text import Reject

Rows = tuple[tuple[int, tuple[str, ...]], ...]
"""Cells, all text, with the line or the row of the sheet where they begin."""


@dataclass(frozen=True, slots=True)
class Table:
    """Columns, rows of as many cells, the lines that cannot be cut, and how it was read, in French."""

    columns: tuple[str, ...]
    rows: Rows
    rejects: tuple[Reject, ...]
    how: str


@dataclass(frozen=True, slots=True)
class Values:
    """What a JSON holds, where a table or a JSON may be given."""

    values: object
