"""A query that its memory does not hold is asked once more, of one thread: each thread holds its own rows."""

from collections.abc import Callable
from typing import TypeVar

import duckdb

from ancrage.warehouse.room import lacks_room

T = TypeVar("T")


def narrowed(engine: duckdb.DuckDBPyConnection, work: Callable[[], T]) -> T:
    """What ``work`` gives, tried again by a single thread of the engine where memory did not suffice.

    Raises what DuckDB raises when one thread has not enough either, or when the disk is full.
    """
    threads = _threads(engine)
    try:
        return work()
    except duckdb.OutOfMemoryException as error:
        if threads == 1 or lacks_room(error):
            raise
    # Out of the handler: what the error holds of the query that failed is given back first.
    engine.execute("SET threads = 1")
    try:
        return work()
    finally:
        engine.execute(f"SET threads = {threads}")


def _threads(engine: duckdb.DuckDBPyConnection) -> int:
    return int(engine.execute("SELECT current_setting('threads')").fetchall()[0][0])
