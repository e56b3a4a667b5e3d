"""What commands on the workspace begin with: its database, brought to the version of this code."""

import os
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def workspace() -> Iterator[None]:
    """The workspace open. Raises :class:`ancrage.errors.DatabaseUnavailableError`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ancrage.config.settings")
    import django

    django.setup()
    from django.db import DatabaseError

    from ancrage.location import data_directory
    from ancrage.tasks.migrating import migrate, unavailable

    migrate(data_directory())
    try:
        yield
    except DatabaseError as error:
        raise unavailable() from error
