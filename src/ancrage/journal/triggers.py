"""Triggers made from the recorded tables: the database itself refuses any other way of writing."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection, transaction

from ancrage.journal import postgresql_triggers, sqlite_triggers
from ancrage.journal.guards import Guard
from ancrage.journal.models import Line
from ancrage.journal.registry import recorded


def _engine() -> Any:
    return postgresql_triggers if connection.vendor == "postgresql" else sqlite_triggers


def tables() -> dict[str, str]:
    """Each recorded table and the word of the journal for it."""
    return {model._meta.db_table: model.kind() for model in recorded()}


def guards() -> list[tuple[str, Guard]]:
    """What tables refuse besides, with the table of each."""
    return [(model._meta.db_table, guard) for model in recorded() for guard in model.GUARDS]


def install() -> None:
    """Put every trigger in place, those of an earlier version replaced."""
    present = set(connection.introspection.table_names())
    if Line._meta.db_table not in present:
        return
    with transaction.atomic():
        remove()
        with connection.cursor() as cursor:
            for order in _engine().made({t: kind for t, kind in tables().items() if t in present}):
                cursor.execute(order)
            for table, guard in guards():
                for order in _engine().guarded(table, guard) if table in present else ():
                    cursor.execute(order)


def remove() -> None:
    """Take every trigger away."""
    with connection.cursor() as cursor:
        for order in _engine().dropped(_named()):
            cursor.execute(order)


def missing() -> list[str]:
    """The triggers that should be there and are not."""
    here = {name for name, _ in _named()}
    besides = {f"porte_{table}_{guard.name}" for table, guard in guards()}
    return sorted((set(_engine().names(tables())) | besides) - here)


@contextmanager
def lifted() -> Iterator[None]:
    """The door open, for putting a whole base back: in one transaction, shut again at its end."""
    with transaction.atomic():
        remove()
        yield
        if connection.vendor == "postgresql":
            # What is checked at the end (links) is checked now: a trigger cannot be made while it waits.
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        install()


def _named() -> list[tuple[str, str]]:
    with connection.cursor() as cursor:
        cursor.execute(_engine().FOUND)
        return [(str(name), str(table)) for name, table in cursor.fetchall()]


def before_migrations(plan: list[Any] | None = None, **_said: Any) -> None:
    """Tables are about to change: SQLite makes them anew, which no trigger may see."""
    if plan:
        remove()


def after_migrations(sender: Any, **_said: Any) -> None:
    """Once the last room has its tables, shut the door."""
    if sender.name == list(apps.get_app_configs())[-1].name:
        install()
