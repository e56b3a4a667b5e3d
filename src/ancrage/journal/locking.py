"""One writer a chain, and clear words when the database is busy or away."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import InterfaceError, OperationalError, connection, transaction

from ancrage.errors import AncrageError, BusyError, DatabaseUnavailableError
from ancrage.repairs import TryLater

PATIENCE = "20s"
LOCKED, DEADLOCK, TIMED_OUT = "55P03", "40P01", "57014"


@contextmanager
def alone(chain: uuid.UUID) -> Iterator[None]:
    """A transaction in which nobody else writes in this chain.

    SQLite has one writer at a time: its transactions take their turn when they begin. Raises
    :class:`BusyError` when the turn does not come, :class:`DatabaseUnavailableError`.
    """
    try:
        with transaction.atomic():
            if connection.vendor == "postgresql":
                with connection.cursor() as cursor:
                    cursor.execute("SELECT set_config('lock_timeout', %s, true)", [PATIENCE])
                    cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_number(chain)])
            yield
    except (OperationalError, InterfaceError) as error:
        raise _said(error) from error


def _number(chain: uuid.UUID) -> int:
    return int.from_bytes(chain.bytes[:8], signed=True) ^ int.from_bytes(chain.bytes[8:], signed=True)


def _said(error: Exception) -> AncrageError:
    state = getattr(error.__cause__, "sqlstate", None)
    if "locked" in str(error) or "busy" in str(error) or state in (LOCKED, DEADLOCK, TIMED_OUT):
        return BusyError(
            "La base de travail est occupée : rien n'a été écrit.",
            "Renvoyez le formulaire dans un instant : le même envoi n'est jamais compté deux fois.",
            TryLater(),
        )
    return DatabaseUnavailableError(
        "La base de travail ne répond pas : rien n'a été écrit.",
        "Renvoyez le formulaire quand elle répondra : le même envoi n'est jamais compté deux fois.",
        TryLater(),
    )
