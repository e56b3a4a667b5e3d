"""Start the site as if its clock were some days behind: Python reads this first where the path begins here.

A person who reads the plan « as it was » needs a plan that lived: two servers on one folder, one in the past.
"""

import os
from datetime import datetime, timedelta, tzinfo

from django.utils import timezone

from ancrage.desk import opened

BEHIND = timedelta(days=int(os.environ["ANCRAGE_TESTS_DAYS_BEHIND"]))
now = timezone.now


class Earlier(datetime):
    """The clock of the desk, late by as much."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> datetime:  # type: ignore[override]
        """The moment it was."""
        return datetime.now(tz) - BEHIND


timezone.now = lambda: now() - BEHIND  # type: ignore[assignment]
opened.datetime = Earlier  # type: ignore[misc]
