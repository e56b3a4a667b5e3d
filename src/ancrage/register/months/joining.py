"""The tables of a month: rows of the month before but for units that changed, and theirs as they are now.

What is joined here was checked when it was written: the rows of the month before, with their edition; those
of the units that changed, with the small register they make. No unit is on both sides.
"""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ancrage.register.counting import EXACT, MEASURES
from ancrage.register.months.following import SIREN_DIGITS, Followed, unit_of
from ancrage.warehouse.table import Table
from ancrage.warehouse.writing import quoted, write_rows

Engine = duckdb.DuckDBPyConnection


def tell_buckets(engine: Engine, buckets: NDArray[np.int64]) -> None:
    """Give an engine the buckets of the units that changed."""
    engine.register("given", pa.table({"bucket": buckets}))
    engine.execute("CREATE OR REPLACE TEMP TABLE touched AS FROM given")
    engine.unregister("given")


def extract(engine: Engine, one: Followed, buckets: int, path: Path) -> None:
    """Copy what a file of SIRENE says of the units that changed, in the columns that are read."""
    chosen = f"SEMI JOIN touched ON touched.bucket = {one.unit} % {buckets}"
    engine.execute(
        f"COPY (SELECT {one.read} FROM {one.source} {chosen}) TO '{quoted(path)}' (FORMAT parquet)"
    )


def extract_rows(engine: Engine, before: Path, buckets: int, path: Path) -> None:
    """Copy the rows of a table of the month before that speak of the units that changed."""
    rows = f"FROM {_read(before)} AS rows SEMI JOIN touched ON {_is_touched(buckets)}"
    engine.execute(f"COPY (SELECT rows.* {rows}) TO '{quoted(path)}' (FORMAT parquet)")


def join_rows(engine: Engine, table: Table, before: Path, now: Path, buckets: int, path: Path) -> None:
    """Write a table that has a ``siren``."""
    left = f"FROM {_read(before)} AS rows ANTI JOIN touched ON {_is_touched(buckets)}"
    source = f"(SELECT rows.* {left} UNION ALL BY NAME FROM {_read(now)}) AS given"
    write_rows(table, source, engine, path)


def join_counts(
    engine: Engine, table: Table, before: Path, more: Sequence[Path], less: Sequence[Path], path: Path
) -> None:
    """Write a table of counts: those of before, with some more and some less; a cell of zeros is no row."""
    keys = ", ".join(table.key)
    plain = ", ".join(MEASURES)
    minus = ", ".join(f"-{name} AS {name}" for name in MEASURES)
    sums = ", ".join(f"sum({name}) AS {name}" for name in MEASURES)
    both = ", ".join(f"{_sum(name)} AS {name}" for name in MEASURES)
    parts = [f"SELECT {keys}, {plain} FROM {_read(one)}" for one in more]
    parts += [f"SELECT {keys}, {minus} FROM {_read(one)}" for one in less]
    engine.execute(
        f"CREATE OR REPLACE TEMP TABLE delta AS SELECT {keys}, {sums} FROM ({' UNION ALL '.join(parts)}) "
        "GROUP BY ALL"
    )
    every = f"SELECT {keys}, {both} FROM {_read(before)} AS was FULL JOIN delta USING ({keys})"
    some = " OR ".join(f"{name} <> 0" for name in MEASURES)
    write_rows(table, f"(SELECT * FROM ({every}) WHERE {some}) AS given", engine, path)


def _sum(name: str) -> str:
    total = f"coalesce(was.{name}, 0) + coalesce(delta.{name}, 0)"
    return f"round({total}, {EXACT}) + 0.0" if name == "central" else total


def _is_touched(buckets: int) -> str:
    return f"touched.bucket = {unit_of('rows.siren', SIREN_DIGITS)} % {buckets}"


def _read(path: Path) -> str:
    return f"read_parquet('{quoted(path)}')"


def extract_due(engine: Engine, before: Path, buckets: int, days: tuple[date, date], path: Path) -> None:
    """Copy the rows of units that did not change which begin or end between two days, the first excluded."""
    since, until = days
    rows = (
        f"FROM {_read(before / 'establishment.parquet')} AS rows ANTI JOIN touched ON {_is_touched(buckets)} "
        f"WHERE created > DATE '{since}' AND created <= DATE '{until}' "
        f"OR closed > DATE '{since}' AND closed <= DATE '{until}'"
    )
    engine.execute(f"COPY (SELECT rows.* {rows}) TO '{quoted(path)}' (FORMAT parquet)")


def join_remarks(engine: Engine, before: Path, now: Path, buckets: int, path: Path) -> None:
    """Write the rows remarked of each unit."""
    left = f"FROM {_read(before)} AS rows ANTI JOIN touched ON {_is_touched(buckets)}"
    source = f"SELECT rows.* {left} UNION ALL BY NAME FROM {_read(now)}"
    engine.execute(f"COPY ({source}) TO '{quoted(path)}' (FORMAT parquet)")
