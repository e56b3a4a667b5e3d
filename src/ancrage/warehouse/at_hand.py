"""The tables that every process of a site asks, copied once in a file that all of them open.

Each would otherwise copy them into its own memory when it is born. The file lies with the edition, removed
with it; it is never needed: without it, or when it is damaged, the tables are copied as they were.
"""

import fcntl
import os
from collections.abc import Iterable, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path

import duckdb

from ancrage.warehouse.engines import connect

NAME = "at_hand"
"""What the file is called among the databases of an engine."""
FOLDER = "derive"
"""Where what is worked out of an edition lies: with it, removed with it."""
ROWS = 8_192
"""Rows of a group, which is read whole or not at all: most questions ask for a few rows of one vintage."""


def has_copies(edition: Path) -> bool:
    """Whether an edition has copies of tables, whatever they are."""
    return any((edition / FOLDER).glob("tables-*.duckdb"))


def file_of(folder: Path, names: frozenset[str]) -> Path:
    """Where these tables lie: another version of the engine, or other tables, have another file."""
    told = " ".join((duckdb.__version__, str(ROWS), *sorted(names)))
    return folder / f"tables-{sha256(told.encode()).hexdigest()[:16]}.duckdb"


def write(engine: duckdb.DuckDBPyConnection, file: Path, tables: Mapping[str, str]) -> None:
    """Copy tables, told by the SQL that reads each, whole or not at all; remove the copies they replace.

    Raises :class:`OSError` and what DuckDB raises when there is no room.
    """
    file.parent.mkdir(exist_ok=True)
    draft = file.with_suffix(f".{os.getpid()}")
    try:
        engine.execute(f"ATTACH '{_quoted(draft)}' AS draft (ROW_GROUP_SIZE {ROWS})")
        try:
            for name, text in sorted(tables.items()):
                engine.execute(f"CREATE TABLE draft.{name} AS {text}")
        finally:
            engine.execute("DETACH draft")
        draft.replace(file)
    finally:
        draft.unlink(missing_ok=True)
        draft.with_name(f"{draft.name}.wal").unlink(missing_ok=True)
    _remove_others(file)


def opened(engine: duckdb.DuckDBPyConnection, file: Path) -> frozenset[str]:
    """The tables that the engine now finds there, read only; none when there is no such file."""
    if not file.is_file():
        return frozenset()
    with suppress(duckdb.Error):
        engine.execute(f"ATTACH '{_quoted(file)}' AS {NAME} (READ_ONLY)")
        told = "SELECT table_name FROM duckdb_tables() WHERE database_name = ?"
        return frozenset(name for (name,) in engine.execute(told, [NAME]).fetchall())
    return frozenset()


def is_there(file: Path) -> bool:
    """Whether such a file can be opened; what its tables hold is not read."""
    with connect() as alone:
        return bool(opened(alone, file))


def is_sound(engine: duckdb.DuckDBPyConnection, names: Iterable[str]) -> bool:
    """Whether an engine that opened the file can read these tables whole: each block has a checksum."""
    try:
        for name in names:
            engine.execute(f"SELECT bit_xor(hash(COLUMNS(*))) FROM {NAME}.{name}").fetchall()
    except duckdb.Error:
        return False
    return True


def _remove_others(file: Path) -> None:
    """Remove copies under another name, and what a killed process left of one, unless one has it open."""
    for other in sorted(file.parent.glob("tables-*")):
        is_journal = other.suffix == ".wal" and other.with_suffix("").exists()
        with suppress(OSError):
            if other != file and not is_journal and _is_left(other):
                other.unlink()


def _is_left(path: Path) -> bool:
    """Whether no other process has a file of DuckDB open: each holds a lock on the one it reads or writes."""
    with path.open("r+b") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
    return True


def _quoted(path: Path) -> str:
    return str(path).replace("'", "''")
