"""A page of typed cells: what a workbook shows on one sheet, and what a CSV tells line after line."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ancrage.reasoning import Verdict


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, from 0 to 1, shown as a percentage."""

    value: float


Value = str | int | float | bool | date | Share | Verdict | None
"""What a cell holds; ``None`` is a figure that nobody knows, an empty text a cell that says nothing."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, and the note that defines it."""

    title: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Page:
    """A named table. ``about`` says its day, source and vintage; ``name`` holds at most 31 characters."""

    name: str
    title: str
    about: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    fictitious: bool = False


def columns(*titles: str | Column) -> tuple[Column, ...]:
    """Columns from their titles, those that need a note given whole."""
    return tuple(one if isinstance(one, Column) else Column(one) for one in titles)


def share(value: float | None) -> Share | None:
    """A share, or the unknown."""
    return None if value is None else Share(value)


def joined(values: Iterable[str]) -> str:
    """Several texts in one cell."""
    return " ; ".join(values)
