"""Days and periods: everything in this house is true on a day."""

import re
from dataclasses import dataclass
from datetime import date, datetime

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


def parse_published_day(text: str | None) -> date | None:
    """Read a day as public files write it; ``None`` when the cell holds no day.

    Seen in real files: ISO, JJ/MM/AAAA, ``JJ-MM-AAAA HH:MM`` and ISO with a time and ``Z``. The last one
    is midnight in Paris told in UTC: 2020-12-31T23:00:00Z is 1 January 2021, so the day is that of Paris.
    """
    written = (text or "").strip()
    if not written:
        return None
    for reader in (_read_iso, _read_french, _read_hyphened):
        if (day := reader(written)) is not None:
            return day
    return None


def _read_iso(written: str) -> date | None:
    try:
        moment = datetime.fromisoformat(written)
    except ValueError:
        return None
    if moment.tzinfo is None:
        return moment.date()
    from zoneinfo import ZoneInfo  # only published files with an hour need it, not every command

    return moment.astimezone(ZoneInfo("Europe/Paris")).date()


def _read_french(written: str) -> date | None:
    try:
        return parse_day(written)
    except InvalidDayError:
        return None


def _read_hyphened(written: str) -> date | None:
    found = re.fullmatch(r"(\d{2})-(\d{2})-(\d{4})(?: \d{2}:\d{2}(?::\d{2})?)?", written)
    return _read_french("/".join(found.groups())) if found else None


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
