"""The site inside the process of the tests, on the embedded edition, with a data folder of its own.

Importing this module sets Django up: rooms that ask the site or the database import it first.
"""

import os
import tempfile

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ancrage.config.settings")
os.environ.setdefault("ANCRAGE_DATA", tempfile.mkdtemp(prefix="ancrage-site-"))

import django

django.setup()

from django.core.management.commands import flush  # noqa: E402 - once Django is set up

from ancrage.journal.triggers import lifted  # noqa: E402

emptied = flush.Command.handle


def emptied_with_the_door_open(self: flush.Command, **options: object) -> None:
    """Between two tests the base is emptied, which the triggers of the journal refuse to everybody."""
    with lifted():
        emptied(self, **options)


flush.Command.handle = emptied_with_the_door_open  # type: ignore[method-assign]
