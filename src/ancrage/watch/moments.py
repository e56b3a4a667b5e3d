"""The day of a text, as precisely as it is written: a year alone stays a year."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ancrage.cells.days import read_day

YEARS = range(1700, 2101)
"""Years a text may be of: what is written outside them is no date (2999 marks an unknown day)."""
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_YEAR = re.compile(r"(\d{4})")
_STAMP = re.compile(r"(\d{4})(\d{2})(\d{2})\d{0,9}")

_NAME_ISO = re.compile(r"(?<!\d)(\d{4})[-_.](\d{2})[-_.](\d{2})(?!\d)")
_NAME_FRENCH = re.compile(r"(?<!\d)(\d{2})[-_.](\d{2})[-_.](\d{4})(?!\d)")
_NAME_COMPACT = re.compile(r"(?<!\d)(\d{4})(\d{2})(\d{2})(?!\d)")
_NAME_MONTH = re.compile(r"(?<!\d)((?:19|20)\d{2})[-_.](0[1-9]|1[0-2])(?!\d)")
_NAME_YEAR = re.compile(r"(?<!\d)((?:18|19|20)\d{2})(?!\d)")


class Span(StrEnum):
    """What the texts are grouped by."""

    ANNEE = "annee"
    MOIS = "mois"
    FICHIER = "fichier"


@dataclass(frozen=True, slots=True, order=True)
class Moment:
    """A year, possibly with its month and its day (0 when not known)."""

    year: int
    month: int = 0
    day: int = 0

    def __str__(self) -> str:
        written = f"{self.year:04}"
        if self.month:
            written += f"-{self.month:02}"
        return f"{written}-{self.day:02}" if self.day else written


def read_moment(written: str | None) -> Moment | None:
    """A date as texts declare it; ``None`` when it is none.

    Read: every shape of :func:`ancrage.cells.days.read_day`, ``AAAA-MM``, ``AAAA``, ``AAAAMMJJ`` with or
    without a time.
    """
    text = (written or "").strip().strip("'\"")
    if found := _YEAR.fullmatch(text):
        return _moment(found.group(1))
    if found := _MONTH.fullmatch(text) or _STAMP.fullmatch(text):
        return _moment(*found.groups())
    day = read_day(text).value
    return _moment(str(day.year), str(day.month), str(day.day)) if day else None


def moment_of_name(stem: str) -> Moment | None:
    """The date written in the name of a file; ``None`` when there is none, or several that differ."""
    found = [_moment(*each.groups()) for each in _NAME_ISO.finditer(stem)]
    found += [_moment(*each.groups()[::-1]) for each in _NAME_FRENCH.finditer(stem)]
    found += [_moment(*each.groups()) for each in _NAME_COMPACT.finditer(stem)]
    for pattern in (_NAME_MONTH, _NAME_YEAR):
        if not any(found):
            found = [_moment(*each.groups()) for each in pattern.finditer(stem)]
    distinct = {one for one in found if one}
    return distinct.pop() if len(distinct) == 1 else None


def _moment(year: str, month: str = "", day: str = "") -> Moment | None:
    if int(year) not in YEARS:
        return None
    try:
        date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return Moment(int(year), int(month or 0), int(day or 0))
