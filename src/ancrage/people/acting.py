"""An act of a person as the journal keeps it."""

from datetime import date, datetime
from uuid import UUID

from django.utils.timezone import localdate

from ancrage.journal.writing import Act as Deed
from ancrage.people.person import Person


def deed(by: Person, at: datetime, *, for_: UUID | None = None, reason: str = "", key: str = "") -> Deed:
    """Who acts, when, for which organisation, why; ``key``: the mark of the form sent."""
    return Deed(by.pk, at, for_, reason, key)


def day(at: datetime) -> date:
    """The day of a moment, in Paris."""
    return localdate(at)
