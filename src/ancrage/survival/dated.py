"""The rows of a file of units, each with the day of its creation; the days not understood are told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ancrage.cells.days import read_days
from ancrage.declarations.csv_text import Reject
from ancrage.declarations.faults import Fault, shown
from ancrage.declarations.tables import Table
from ancrage.deferred import Deferred

if TYPE_CHECKING:
    import polars as pl
else:
    pl = Deferred("polars")

CREATED = ("date_creation", "dateCreationUniteLegale", "dateCreationEtablissement")


@dataclass(frozen=True, slots=True)
class DatedUnits:
    """``created`` and ``is_misread`` go with the rows of ``cells``.

    ``rejects``: the lines whose day is not understood, and those that have another number of cells.
    ``fault``: the first day not understood.
    """

    cells: pl.DataFrame
    created: pl.Series
    is_misread: pl.Series
    rejects: tuple[Reject, ...]
    fault: Fault | None


def read_dated(table: Table) -> DatedUnits:
    """The units of a table. Raises :class:`Fault` when no column says their creation."""
    rows = [row for _, row in table.rows]
    cells = pl.DataFrame(rows, schema=dict.fromkeys(table.columns, pl.String), orient="row")
    days = read_days(cells[column_of(cells, CREATED, "la date de création")].to_list())
    misread = [(line, row, day) for (line, row), day in zip(table.rows, days, strict=True) if day.misread]
    told = [Reject(line, shown(" ; ".join(row), 200), day.sentence) for line, row, day in misread]
    fault = next((Fault(day.remark, line, day.repair) for line, _, day in misread), None)
    return DatedUnits(
        cells,
        pl.Series("created", [day.value for day in days], dtype=pl.Date),
        pl.Series("is_misread", [day.misread for day in days], dtype=pl.Boolean),
        tuple(sorted((*table.rejects, *told), key=lambda one: one.line)),
        fault,
    )


def column_of(units: pl.DataFrame, names: tuple[str, ...], what: str) -> str:
    """The first of these columns that the file has. Raises :class:`Fault`."""
    for name in names:
        if name in units.columns:
            return name
    read = ", ".join(shown(column, 40) for column in units.columns[:12])
    raise Fault(
        f"il n'y a pas de colonne pour {what}",
        1,
        f"Colonnes attendues : {' ou '.join(names)}. Lues : {read}…",
    )
