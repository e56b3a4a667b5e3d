"""A page of typed values: what a workbook shows on one sheet."""

from dataclasses import dataclass

from ancrage.reports.formats.values import Value


@dataclass(frozen=True, slots=True)
class Page:
    """A named table. ``about`` says its day, source and vintage; ``name`` holds at most 31 characters.

    A column is its title, whose note (:class:`ancrage.reports.columns.Title`) defines it. ``None`` is a
    figure that nobody knows, an empty text a cell that says nothing.
    """

    name: str
    title: str
    about: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    fictitious: bool = False
