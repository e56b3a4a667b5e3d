"""The tables of a month: rows of the month before but for units that changed, and theirs as they are now.

What is joined here was checked when it was written: the rows of the month before, with their edition; those
of the units that changed, with the small register they make. No unit is on both sides.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from ancrage.register.counting import MEASURES
from ancrage.register.levels import EXACT
from ancrage.register.months.following import Followed
from ancrage.register.months.merging import Keys, Marks, merge, read_ranked
from ancrage.register.months.numbers import NONE, SIREN_DIGITS, numbers_of
from ancrage.warehouse.table import Table
from ancrage.warehouse.writing import quoted

Engine = duckdb.DuckDBPyConnection


def extract(engine: Engine, one: Followed, places: Path, changed: Marks, path: Path) -> None:
    """Copy what a file of SIRENE says of the units that changed, in the columns that are read.

    It is read once and at once: compressing it would only cost.
    """
    rows = np.flatnonzero(changed[np.load(places, mmap_mode="r")])
    engine.register("chosen", pa.table({"row": rows}))
    engine.execute(
        f"COPY (SELECT {one.read} FROM {one.source} SEMI JOIN chosen ON chosen.row = file_row_number) "
        f"TO '{quoted(path)}' (FORMAT parquet, COMPRESSION uncompressed)"
    )
    engine.unregister("chosen")


@dataclass(slots=True)
class Joined:
    """Joins tables that have a ``siren``. ``changed``: of each bucket, whether its units are replaced.

    ``left``: rows of the last table joined that were left out; ``due``: rows of it that stay but begin or end
    between two days, the first excluded (``days``, none when it has no such days).
    """

    changed: Marks
    left: list[pa.Table] = field(default_factory=list)
    due: list[pa.Table] = field(default_factory=list)
    days: tuple[date, date] | None = None

    def join(
        self,
        before: Path,
        now: Path,
        by: Sequence[str],
        path: Path,
        days: tuple[date, date] | None = None,
    ) -> None:
        """Write a table sorted ``by`` columns."""
        self.left, self.due, self.days = [], [], days
        merge(before, read_ranked(now), by, self._settled, path)

    def _settled(self, both: pa.Table, old: int, _keys: Keys) -> tuple[pa.Table, Marks]:
        rows = both.slice(0, old)
        units = numbers_of(rows["siren"].combine_chunks(), SIREN_DIGITS)
        gone = self.changed[units & (len(self.changed) - 1)] & (units != NONE)
        self.left.append(rows.take(pa.array(np.flatnonzero(gone))))
        if self.days is not None:
            due = _between(rows["created"], self.days) | _between(rows["closed"], self.days)
            self.due.append(rows.take(pa.array(np.flatnonzero(due & ~gone))))
        return both, np.concatenate([~gone, np.ones(len(both) - old, np.bool_)])


def _between(column: pa.ChunkedArray, days: tuple[date, date]) -> Marks:
    """Which days are after the first and not after the last; one that is not known is not."""
    since, until = (int(np.datetime64(day, "D").astype(np.int64)) for day in days)
    numbers = column.combine_chunks().cast(pa.int32()).fill_null(since).to_numpy()
    between: Marks = (numbers > since) & (numbers <= until)
    return between


def write_rows_left(rows: Sequence[pa.Table], path: Path) -> None:
    """Write rows left out, or due."""
    pq.write_table(pa.concat_tables(rows).combine_chunks(), path, store_schema=False)


def difference(engine: Engine, keys: Sequence[str], more: Path, less: Path, path: Path) -> None:
    """Write what is to be added to each cell, of some ``keys``, that two tables do not count alike."""
    names = ", ".join(keys)
    minus = ", ".join(f"-{name} AS {name}" for name in MEASURES)
    sums = {name: f"sum({name})::BIGINT" for name in MEASURES}
    sums["central"] = f"round(sum(central), {EXACT})::DOUBLE"
    told = ", ".join(f"{total} AS {name}" for name, total in sums.items())
    some = " OR ".join(f"{total} <> 0" for total in sums.values())
    engine.execute(
        f"COPY (SELECT {names}, {told} FROM (SELECT {names}, {', '.join(MEASURES)} FROM {_read(more)} "
        f"UNION ALL SELECT {names}, {minus} FROM {_read(less)}) GROUP BY {names} HAVING {some}) "
        f"TO '{quoted(path)}' (FORMAT parquet, COMPRESSION uncompressed)"
    )


def join_counts(table: Table, before: Path, changes: pa.Table, path: Path) -> None:
    """Write a table of counts: those of before and what is added to them; a cell of zeros is no row."""
    merge(before, changes, table.key, _added, path)


def _added(both: pa.Table, _old: int, keys: Keys) -> tuple[pa.Table, Marks]:
    """Add to each cell of before what the row of its key that follows it tells."""
    ordered = keys.numbers[keys.order]
    twins = np.flatnonzero(ordered[1:] == ordered[:-1])
    cells, changes = keys.order[twins], keys.order[twins + 1]
    filled = np.zeros(len(cells), np.bool_)
    for name in MEASURES:
        figures = both[name].to_numpy().copy()
        figures[cells] += figures[changes]
        if name == "central":
            figures[cells] = np.round(figures[cells], EXACT) + 0.0
        filled |= figures[cells] != 0
        both = both.set_column(both.schema.get_field_index(name), both.schema.field(name), pa.array(figures))
    stays = np.ones(len(both), np.bool_)
    stays[changes] = False
    stays[cells] = filled
    return both, stays


def _read(path: Path) -> str:
    return f"read_parquet('{quoted(path)}')"
