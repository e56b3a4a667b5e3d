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
import pyarrow.compute as pc
import pyarrow.parquet as pq

from ancrage.register.counting import EXACT, MEASURES
from ancrage.register.months.following import Followed
from ancrage.register.months.merging import Keys, Marks, merge, read_ranked
from ancrage.register.months.numbers import NONE, SIREN_DIGITS, numbers_of
from ancrage.warehouse.engines import connect
from ancrage.warehouse.table import SQL_TYPES, Table
from ancrage.warehouse.writing import quoted

Engine = duckdb.DuckDBPyConnection


def extract(engine: Engine, one: Followed, places: Path, changed: Marks, path: Path) -> None:
    """Copy what a file of SIRENE says of the units that changed, in the columns that are read."""
    rows = np.flatnonzero(changed[np.load(places, mmap_mode="r")])
    engine.register("chosen", pa.table({"row": rows}))
    engine.execute(
        f"COPY (SELECT {one.read} FROM {one.source} SEMI JOIN chosen ON chosen.row = file_row_number) "
        f"TO '{quoted(path)}' (FORMAT parquet)"
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
        self.left.append(rows.filter(pa.array(gone)))
        if self.days is not None:
            due = pc.or_kleene(*(_between(rows[name], self.days) for name in ("created", "closed")))
            self.due.append(rows.filter(pc.and_kleene(due, pa.array(~gone))))
        return both, np.concatenate([~gone, np.ones(len(both) - old, np.bool_)])


def _between(column: pa.ChunkedArray, days: tuple[date, date]) -> pa.ChunkedArray:
    since, until = days
    return pc.and_kleene(pc.greater(column, pa.scalar(since)), pc.less_equal(column, pa.scalar(until)))


def write_rows_left(rows: Sequence[pa.Table], path: Path) -> None:
    """Write rows left out, or due."""
    pq.write_table(pa.concat_tables(rows).combine_chunks(), path, store_schema=False)


def join_counts(table: Table, before: Path, more: Sequence[Path], less: Sequence[Path], path: Path) -> None:
    """Write a table of counts: those of before, with some more and some less; a cell of zeros is no row."""
    merge(before, _difference(table, more, less), table.key, _added, path)


def _difference(table: Table, more: Sequence[Path], less: Sequence[Path]) -> pa.Table:
    """What is to be added to each cell that changes."""
    types = {column.name: SQL_TYPES[column.type] for column in table.columns}
    keys = ", ".join(table.key)
    minus = ", ".join(f"-{name} AS {name}" for name in MEASURES)
    sums = {name: f"sum({name})" for name in MEASURES} | {"central": f"round(sum(central), {EXACT})"}
    told = ", ".join(
        [f"{name}::{types[name]} AS {name}" for name in table.key]
        + [f"{total}::{types[name]} AS {name}" for name, total in sums.items()]
    )
    parts = [f"SELECT {keys}, {', '.join(MEASURES)} FROM {_read(one)}" for one in more]
    parts += [f"SELECT {keys}, {minus} FROM {_read(one)}" for one in less]
    some = " OR ".join(f"{total} <> 0" for total in sums.values())
    every = " UNION ALL ".join(parts)
    with connect() as engine:
        return engine.sql(
            f"SELECT {told} FROM ({every}) GROUP BY {keys} HAVING {some} ORDER BY {keys}"
        ).to_arrow_table()


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
