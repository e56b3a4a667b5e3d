"""Between two tests the base is put back as its migrations left it, faster than Django empties it.

On SQLite a copy of the base, kept in memory, is put back whole. On PostgreSQL the tables that hold rows lose
them, while no trigger looks. Where that cannot be, Django's own way is taken, which lifts the triggers of
the journal and makes them anew: a tenth of a second each time.
"""

import sqlite3
from collections.abc import Callable, Iterable
from typing import Any

from django.core.management.commands import flush
from django.db import connection

from ancrage.journal.triggers import lifted

WAITS = 100
"""Tries of a tenth of a second after which another connection is held not to let go of the base."""
EVERY_ROW = "SELECT count(*), sum(hashtext(one::text)::bigint) FROM {} AS one"
Emptied = Callable[..., Any]

emptied: Emptied = flush.Command.handle
_quick: list[Callable[[], bool]] = []


def between_tests(self: flush.Command, **options: Any) -> None:
    """What ``flush`` does here: triggers of the journal refuse everybody what emptying asks."""
    if not (_quick and _quick[-1]()):
        with lifted():
            emptied(self, **options)


flush.Command.handle = between_tests  # type: ignore[method-assign]


def remember() -> None:
    """Keep the base as it is, just made: what tests find."""
    _quick[:] = [_on_postgresql() if connection.vendor == "postgresql" else _on_sqlite()]


def _on_sqlite() -> Callable[[], bool]:
    connection.ensure_connection()
    kept = sqlite3.connect(":memory:", check_same_thread=False)
    connection.connection.backup(kept)

    def put_back() -> bool:
        connection.ensure_connection()
        ranks = _rows("SELECT name, seq FROM sqlite_sequence")
        try:
            kept.backup(connection.connection, progress=_patient(), sleep=0.1)
        except TimeoutError:
            return False
        # Numbers go on, as Django has them: nothing kept in the process takes a new row for an old one.
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM sqlite_sequence")
            cursor.executemany("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", ranks)
        return True

    return put_back


def _patient() -> Callable[[int, int, int], None]:
    waited = 0

    def one_more(status: int, _left: int, _pages: int) -> None:
        nonlocal waited
        waited += status in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
        if waited > WAITS:
            raise TimeoutError

    return one_more


def _on_postgresql() -> Callable[[], bool]:
    tables = tuple(connection.introspection.table_names())
    made = {name: _rows(EVERY_ROW.format(_quoted(name))) for name in _holding(tables)}

    def empty() -> bool:
        if tuple(connection.introspection.table_names()) != tables:
            return False
        if any(_rows(EVERY_ROW.format(_quoted(name))) != rows for name, rows in made.items()):
            return False
        filled = [name for name in _holding(tables) if name not in made]
        with connection.cursor() as cursor:
            cursor.execute("SET session_replication_role = replica")
            try:
                for name in filled:
                    cursor.execute(f"DELETE FROM {_quoted(name)}")
            finally:
                cursor.execute("SET session_replication_role = DEFAULT")
        return True

    return empty


def _holding(tables: Iterable[str]) -> list[str]:
    """Tables that hold a row."""
    asked = " UNION ALL ".join(f"(SELECT '{name}' FROM {_quoted(name)} LIMIT 1)" for name in tables)
    return [name for (name,) in _rows(asked)]


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _rows(sql: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()
