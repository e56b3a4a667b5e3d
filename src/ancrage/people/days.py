"""Days that periods cover together: two may not share one, or together they leave none out."""

from collections.abc import Iterable
from datetime import date, timedelta

from ancrage.dating import Period

DAY = timedelta(days=1)


def first_gap(periods: Iterable[Period], *, on: date) -> date | None:
    """The first day, from ``on``, that no period holds; ``None`` when they hold for ever."""
    day = on
    for period in sorted(periods, key=lambda one: one.since or date.min):
        if day not in period:
            continue
        if period.until is None:
            return None
        day = period.until + DAY
    return day


def shares_a_day(period: Period, others: Iterable[Period]) -> bool:
    """Whether a period overlaps one of the others."""
    return any(period.overlaps(other) for other in others)
