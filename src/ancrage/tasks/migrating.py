"""Bringing the workspace database to the version of this code, one process at a time."""

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.core.management import call_command
from django.core.management.commands import migrate as command
from django.db import DatabaseError, connection, transaction
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState

from ancrage.errors import DatabaseUnavailableError
from ancrage.repairs import TryLater
from ancrage.tasks.shared import CACHE_TABLE

LOCK = 0x616E6372
"""Key of the advisory lock, for servers on several machines."""


class Whole(MigrationExecutor):
    """Applies a change and writes that it was applied in one transaction.

    Django writes it after: killed between the two, the database could be brought no further, its tables being
    there already.
    """

    def apply_migration(
        self, state: ProjectState, migration: Migration, fake: bool = False, fake_initial: bool = False
    ) -> ProjectState:
        """The state after the change. Raises what the database refuses, which is then as it was."""
        if not migration.atomic:
            return super().apply_migration(state, migration, fake, fake_initial)
        connection = self.connection
        connection.disable_constraint_checking()  # SQLite looks away before a transaction, never within
        try:
            with transaction.atomic(using=connection.alias):
                return super().apply_migration(state, migration, fake, fake_initial)
        finally:
            connection.enable_constraint_checking()


command.MigrationExecutor = Whole  # type: ignore[attr-defined]


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
