"""A question of SQL asked on an engine of its own: the connection of the module is everybody's."""

from collections.abc import Sequence
from typing import Any

import duckdb


def asked(sql: str, given: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
    """What the query answers."""
    with duckdb.connect() as engine:
        return engine.execute(sql, list(given)).fetchall()
