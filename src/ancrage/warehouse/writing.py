"""Write a declared table to Parquet, then check it where it lies: types, key, emptiness, declared rules.

Data may be an Arrow table or an Ibis expression: the second is streamed by its own engine, so that a
register of forty million rows never has to fit in memory.
"""

import shutil
from contextlib import nullcontext
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from ancrage.errors import BuildError
from ancrage.language.numbers import count as counted
from ancrage.warehouse import keeping
from ancrage.warehouse.engines import connect
from ancrage.warehouse.narrowing import narrowed
from ancrage.warehouse.table import SQL_TYPES, Table

FEW_VALUES = 500
"""Values of a column in a group of rows beyond which a dictionary costs more than it saves."""
FEW_TO_WRITE = 2_000
"""The same, where what counts is the time it takes to write."""
SMALLEST = 19
"""Level of zstd: ten times slower to write than the usual one, as fast to read."""
FORMAT, QUICK = "FORMAT parquet, COMPRESSION zstd", 1
"""Level of zstd of an edition: the usual one takes a seventh more to write a register, and is no smaller."""
ROW_GROUP_ROWS = 50_000
HASHES = 1 << 15
"""Hashes of keys brought at once."""


def write(table: Table, data: Any, folder: Path) -> Path:
    """Write then check one table; return its Parquet file.

    ``data`` is a ``pyarrow.Table`` or an Ibis table of a backend of ``engines``, with at least the declared
    columns. Raises :class:`BuildError` when a column is missing, of the wrong type, or a rule is broken.
    """
    path = folder / f"{table.name}.parquet"
    names = data.column_names if isinstance(data, pa.Table) else list(data.columns)
    missing = [column.name for column in table.columns if column.name not in names]
    if missing:
        raise BuildError(f"La table « {table.name} » n'a pas ses colonnes : {', '.join(missing)}.")
    if isinstance(data, pa.Table):
        _checked(table, data, path)
    else:  # what was kept had been checked
        said = f"{_selected(table)} {ROW_GROUP_ROWS} {table!r}"
        keeping.made(data, path, lambda aside: _checked(table, data, aside), said=said)
    return path


def _checked(table: Table, data: Any, path: Path) -> None:
    given = isinstance(data, pa.Table)
    with connect() if given else nullcontext(_engine_here(data)) as engine:
        try:
            _copy(table, data, path, engine)
        except duckdb.ConversionException as error:
            raise BuildError(f"La table « {table.name} » a une colonne du mauvais type : {error}.") from error
        check(table, path, engine)


def _engine_here(data: Any) -> duckdb.DuckDBPyConnection | None:
    """The engine that already holds memory for an expression, which a second one would add to its own."""
    engine = data.get_backend()
    return engine.con if engine.name == "duckdb" else None


def _selected(table: Table) -> str:
    return ", ".join(
        f'CAST("{column.name}" AS {SQL_TYPES[column.type]}) AS "{column.name}"' for column in table.columns
    )


def _copy(table: Table, data: Any, path: Path, here: duckdb.DuckDBPyConnection | None) -> None:
    """``here``: the engine that writes an Arrow table."""
    if isinstance(data, pa.Table):
        assert here is not None  # noqa: S101 - who gives a table gives an engine
        here.register("given", data)
        write_rows(table, "given", here, path)
        return
    engine = data.get_backend()
    if engine.name == "duckdb" and not _holds_rows(data):
        write_rows(table, f"({engine.compile(data)}) AS given", engine.con, path)
        return
    raw = path.with_suffix(".raw")
    try:
        engine.to_parquet(data, raw)
        with connect() as connection:
            write_rows(
                table,
                f"read_parquet('{quoted(raw / '*.parquet' if raw.is_dir() else raw)}')",
                connection,
                path,
            )
    finally:
        shutil.rmtree(raw) if raw.is_dir() else raw.unlink(missing_ok=True)


def write_rows(table: Table, source: str, connection: duckdb.DuckDBPyConnection, path: Path) -> None:
    """Write what may follow FROM in SQL, as the table is declared, without checking it."""
    order = ", ".join(table.sorted_by or table.key)
    options = (
        f"{FORMAT}, COMPRESSION_LEVEL {QUICK}, ROW_GROUP_SIZE {ROW_GROUP_ROWS}, "
        f"DICTIONARY_SIZE_LIMIT {FEW_TO_WRITE}"
    )
    copy = f"COPY (SELECT {_selected(table)} FROM {source} ORDER BY {order}) TO '{quoted(path)}' ({options})"
    narrowed(connection, lambda: connection.execute(copy))


def _holds_rows(data: Any) -> bool:
    """Whether a part of an expression is not in its engine yet: Ibis alone gives it."""
    from ibis.expr.operations import InMemoryTable

    return bool(data.op().find(InMemoryTable))


def squeeze(path: Path) -> None:
    """Write a table again, smaller, for a package that travels: the same rows, in the same order."""
    raw = path.with_suffix(".raw")
    path.rename(raw)
    options = (
        f"{FORMAT}, COMPRESSION_LEVEL {SMALLEST}, ROW_GROUP_SIZE {ROW_GROUP_ROWS}, "
        f"DICTIONARY_SIZE_LIMIT {FEW_VALUES}"
    )
    with connect() as connection:
        connection.execute(f"COPY (FROM read_parquet('{quoted(raw)}')) TO '{quoted(path)}' ({options})")
    raw.unlink()


def check(table: Table, path: Path, engine: duckdb.DuckDBPyConnection | None = None) -> None:
    """Raise :class:`BuildError` naming the first rule the written rows break, with an example.

    ``engine``: one to look with; another is opened when there is none.
    """
    with nullcontext(engine) if engine else connect() as connection:
        connection.execute(
            f"CREATE OR REPLACE TEMP VIEW written AS SELECT * FROM read_parquet('{quoted(path)}')"
        )
        if not _has_keys_alone(connection, table):
            key = ", ".join(table.key)
            _refuse(
                connection,
                table,
                f"la clé ({key}) n'est pas unique",
                f"SELECT {key}, count(*) AS lignes FROM written GROUP BY ALL HAVING count(*) > 1",
            )
        broken = _conditions(table)
        told = ", ".join(f"coalesce(bool_or({condition}), false)" for _, condition in broken)
        found = connection.execute(f"SELECT {told or 'NULL'} FROM written").fetchall()[0]
        for (reason, condition), is_broken in zip(broken, found, strict=False):
            if is_broken:
                _refuse(connection, table, reason, f"SELECT * FROM written WHERE {condition}")


def _has_keys_alone(connection: duckdb.DuckDBPyConnection, table: Table) -> bool:
    """Whether no two keys even have the same hash: much less to compare than the keys, and as sure.

    Hashes are sorted here, in a third of the time that the engine takes to count them.
    """
    rows = connection.execute("SELECT count(*) FROM written").fetchall()[0][0]
    held, filled = np.empty(rows, np.uint64), 0
    key = ", ".join(f'"{name}"' for name in table.key)
    for batch in connection.sql(f"SELECT hash({key}) FROM written").to_arrow_reader(HASHES):
        held[filled : filled + len(batch)] = batch.column(0).to_numpy()
        filled += len(batch)
    held.sort()
    return not bool((held[1:] == held[:-1]).any())


def _conditions(table: Table) -> list[tuple[str, str]]:
    """What no row may meet, each with why: all are looked for in one reading."""
    required = [column.name for column in table.columns if not column.nullable]
    empty = " OR ".join(f'"{name}" IS NULL' for name in required)
    rules = [(rule.name, f"NOT ({rule.rule})") for rule in table.checks]
    return [("une cellule obligatoire est vide", empty), *rules] if required else rules


def _refuse(connection: duckdb.DuckDBPyConnection, table: Table, reason: str, faulty: str) -> None:
    example = connection.execute(f"{faulty} LIMIT 1").fetchone()
    if example is not None:
        count = connection.execute(f"SELECT count(*) FROM ({faulty})").fetchall()[0][0]
        raise BuildError(
            f"La table « {table.name} » est refusée : {reason} ({counted(count, 'ligne')}, par exemple "
            f"{example}).",
            "L'édition précédente reste en place ; vérifiez la source puis relancez la construction.",
        )


def quoted(path: Path) -> str:
    """A path as the inside of a SQL string literal."""
    return str(path).replace("'", "''")
