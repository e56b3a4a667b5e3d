"""Days and periods: everything in this house is true on a day."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

from ancrage.errors import InvalidDayError

ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
FRENCH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def parse_day(text: str) -> date:
    """Read a day typed by a person: ``2021-03-31`` or ``31/03/2021``.

    Raises :class:`InvalidDayError` for anything else, an impossible day (2021-02-30) included.
    """
    written = text.strip()
    if iso := ISO_DAY.fullmatch(written):
        year, month, day = iso.groups()
    elif french := FRENCH_DAY.fullmatch(written):
        day, month, year = french.groups()
    else:
        raise InvalidDayError(text)
    try:
        return date(int(year), int(month), int(day))
    except ValueError as error:
        raise InvalidDayError(text) from error


def add_months(day: date, months: int) -> date:
    """The same day some months later, or the last of that month when it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def add_years(day: date, years: int) -> date:
    """The same day some years later; 29 February becomes the 28th where there is none."""
    return add_months(day, 12 * years)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """From ``since`` to ``until``, both days included; ``None`` means no bound is known or fixed."""

    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        if self.since and self.until and self.until < self.since:
            raise ValueError(f"period ends on {self.until}, before it begins on {self.since}")

    def __contains__(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)

    def overlaps(self, other: "Period") -> bool:
        """Whether at least one day belongs to both."""
        starts = [day for day in (self.since, other.since) if day]
        ends = [day for day in (self.until, other.until) if day]
        return not starts or not ends or max(starts) <= min(ends)
