"""Days as French writes them."""

from collections.abc import Callable
from datetime import date

from ancrage.language.typography import NO_BREAK_SPACE

MONTHS = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip


def day(on: date) -> str:
    """Write a day as ``31 mars 2021`` or ``1er mars 2021``, on one line (no-break spaces)."""
    ordinal = "1er" if on.day == 1 else str(on.day)
    return NO_BREAK_SPACE.join((ordinal, MONTHS[on.month - 1], str(on.year)))


def short_day(on: date) -> str:
    """Write a day as ``31/03/2021``."""
    return f"{on:%d/%m/%Y}"


def period(
    since: date | None,
    until: date | None,
    *,
    write: Callable[[date], str] = day,
    opening: str = "depuis le",
) -> str:
    """Days between two bounds, both included, either of which may be open; empty when both are."""
    if since and until:
        return f"du {write(since)} au {write(until)}"
    if since:
        return f"{opening} {write(since)}"
    return f"jusqu’au {write(until)}" if until else ""


def span(begins: date, ends: date) -> str:
    """Days from one to another, what both share said once: ``du 1er au 30 novembre 2026``."""
    first = day(begins).split(NO_BREAK_SPACE)
    shared = 2 if (begins.year, begins.month) == (ends.year, ends.month) else int(begins.year == ends.year)
    return f"du {NO_BREAK_SPACE.join(first[: len(first) - shared])} au {day(ends)}"
