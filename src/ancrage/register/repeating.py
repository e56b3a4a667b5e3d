"""Which numbers several rows bear: they are sorted, which costs less than to count each of them."""

from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from ibis import _
from numpy.typing import NDArray

from ancrage.register.damage import telling_damage
from ancrage.register.stock import Connection, Relation, saved
from ancrage.warehouse import keeping

NUMBER = "number"
ROWS = 1 << 15
"""Rows brought at once: few enough for the processor to have them at hand."""


def repeated(con: Connection, numbers: Relation, *, at_most: int) -> pa.Table:
    """One column, ``number`` (integers): those that several rows bear, each once; an empty one is none.

    ``at_most``: rows that there may be. DuckDB's are held as eight bytes each and sorted; another engine,
    whose rows may lie on several machines, counts by itself.
    """
    if con.name == "duckdb":
        return pa.table({NUMBER: _repeated(con, numbers, at_most)})
    counted = numbers.group_by(NUMBER).agg(times=_.count())
    return con.to_pyarrow(counted.filter((_.times > 1) & _[NUMBER].notnull()).select(NUMBER))


def saved_repeated(con: Connection, numbers: Relation, path: Path, *, at_most: int, always: int) -> Relation:
    """The same, and the number ``always`` be it there or not, written at ``path`` and read from there."""
    counted = numbers.group_by(NUMBER).agg(times=_.count())
    told = counted.filter((_.times > 1) | (_[NUMBER] == always)).select(NUMBER)
    if con.name != "duckdb":
        return saved(con, told, path)

    def write(aside: Path) -> None:
        found = np.append(_repeated(con, numbers, at_most), always)
        pq.write_table(pa.table({NUMBER: found}), aside)

    with telling_damage():
        keeping.made(told, path, write)
    return keeping.read(con, path)


def _repeated(con: Connection, numbers: Relation, at_most: int) -> NDArray[np.int64]:
    held, filled = np.empty(at_most, np.int64), 0
    for batch in con.con.sql(con.compile(numbers)).to_arrow_reader(ROWS):
        column = batch.column(0).drop_null()
        held[filled : filled + len(column)] = column.to_numpy()
        filled += len(column)
    held = held[:filled]
    held.sort()
    again: NDArray[np.int64] = held[1:][held[1:] == held[:-1]]
    once: NDArray[np.bool_] = np.diff(again, prepend=again[:1] - 1) != 0
    return again[once]
