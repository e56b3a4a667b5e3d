"""The days of an aid, as its source writes them."""

from datetime import date

from ancrage.aids.imports.imported import RejectedEntryError
from ancrage.cells.days import read_day
from ancrage.language.days import short_day


def day_of(written: object, key: str) -> date | None:
    """A day, ``None`` when none is told. Raises :class:`RejectedEntryError` for what is no day."""
    told = read_day("" if written is None else str(written))
    if told.misread:
        raise RejectedEntryError(f"{key} : {told.sentence}")
    return told.value


def in_order(opens: date | None, closes: date | None) -> tuple[date | None, date | None]:
    """Opening and closing. Raises :class:`RejectedEntryError` when the second comes before the first."""
    if opens and closes and closes < opens:
        raise RejectedEntryError(f"clôture ({short_day(closes)}) avant l'ouverture ({short_day(opens)})")
    return opens, closes
