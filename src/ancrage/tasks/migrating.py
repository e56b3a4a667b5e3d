"""Bringing the workspace database to the version of this code, one process at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.db import DatabaseError, connection

from ancrage.errors import DatabaseUnavailableError
from ancrage.repairs import TryLater
from ancrage.tasks.shared import CACHE_TABLE

LOCK = 0x616E6372
"""Key of the advisory lock, for servers on several machines."""


def migrate(data: Path) -> None:
    """Apply the changes that are missing. Raises :class:`DatabaseUnavailableError`."""
    try:
        with _alone_here(data), _alone_there():
            call_command("migrate", verbosity=0, interactive=False)
            call_command("createcachetable", CACHE_TABLE, verbosity=0)
    except DatabaseError as error:
        raise unavailable() from error


def unavailable() -> DatabaseUnavailableError:
    """The failure of a database that does not answer, without the secrets of its address."""
    where = (
        "PostgreSQL" if connection.vendor == "postgresql" else f"SQLite ({connection.settings_dict['NAME']})"
    )
    return DatabaseUnavailableError(
        f"La base de travail {where} ne répond pas.",
        "Vérifiez qu'elle est lancée, et DATABASE_URL.",
        TryLater(),
    )


@contextmanager
def _alone_here(data: Path) -> Iterator[None]:
    """Two servers started together on one machine: the second waits."""
    data.mkdir(parents=True, exist_ok=True)
    with (data / "atelier.verrou").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


@contextmanager
def _alone_there() -> Iterator[None]:
    """Two machines on one PostgreSQL."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
        try:
            yield
        finally:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])
