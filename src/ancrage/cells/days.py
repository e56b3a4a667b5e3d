"""Days as spreadsheets and people write them; one that can be read in two ways is read in none."""

import re
from calendar import monthrange
from collections.abc import Iterable
from datetime import date, datetime, timedelta

from ancrage.cells.told import Told
from ancrage.language.days import MONTHS
from ancrage.language.folding import bare

REPAIR = "Écrivez JJ/MM/AAAA ou AAAA-MM-JJ."
WHOLE_YEAR = "Écrivez l'année sur quatre chiffres."
UNKNOWN = frozenset({"", "-", "nd", "[nd]", "nr", "na", "n/a", "null", "none", "inconnu", "inconnue"})
"""What says in a cell that nothing is known, in small letters."""

TIME = r"(?:[T ]+\d{1,2}[:h]\d{2}(?::\d{2}(?:[.,]\d+)?)?)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){TIME}")
_DAY_FIRST = re.compile(rf"(\d{{1,2}})([-/.])(\d{{1,2}})\2(\d{{4}}|\d{{2}}){TIME}")
_COMPACT = re.compile(r"((?:1[5-9]|20|21)\d{2})(0[1-9]|1[0-2])(\d{2})(?:\d{6})?(?:\.0+)?")
_IN_WORDS = re.compile(
    r"(?:(?:lun|mar|mercre|jeu|vendre|same)di |dimanche )?(?:le )?(\d{1,2})(?:er)? ([a-z]+)\.? (\d{4})"
)
_SERIAL = re.compile(r"\d{5}(?:[.,]\d+)?")
_YEAR_OR_MONTH = re.compile(r"\d{4}|\d{4}[-/]\d{1,2}|\d{1,2}[-/]\d{4}|[a-z]+ \d{4}")
_MONTHS = {bare(name): rank for rank, name in enumerate(MONTHS, 1)} | {
    short: rank
    for rank, names in enumerate(
        ("janv jan", "fevr fev", "", "avr", "", "", "juil", "", "sept", "oct", "nov", "dec"), 1
    )
    for short in names.split()
}
FIRST_SERIAL, LAST_SERIAL = 10_000, 73_415
"""Numbers of 18 May 1927 and of 31 December 2100: a smaller one may be a year, or a count."""
SERIAL_ZERO = date(1899, 12, 30)


def read_day(written: str) -> Told[date]:
    """The day a cell holds.

    Read: ISO, with a time, with ``Z`` (midnight in Paris told in UTC: the day is that of Paris); 2024/01/07,
    JJ/MM/AAAA, 31.08.2021, 31-08-2021, with a time; 20210331; « 1er juillet 2021 »; the number that a
    spreadsheet keeps for a day (38288).
    """
    text = " ".join(written.split())
    if bare(text) in UNKNOWN:
        return Told()
    if found := _YEAR_FIRST.fullmatch(text):
        return _day(text, found[1], found[3], found[4])
    if found := _DAY_FIRST.fullmatch(text):
        return _of_day_first(text, *found.group(1, 3, 4))
    if found := _COMPACT.fullmatch(text):
        return _day(text, *found.group(1, 2, 3))
    if _SERIAL.fullmatch(text):
        return _of_serial(text)
    return _of_moment(text) or _of_words(text)


def read_days(cells: Iterable[str]) -> list[Told[date]]:
    """The days of a column; where it also holds American days (04/28/2021), 03/04/2021 is told ambiguous."""
    written = list(cells)
    distinct = {cell: read_day(cell) for cell in dict.fromkeys(written)}
    american = next((cell for cell in distinct if _is_american(cell)), None)
    if american is not None:
        for cell in filter(_has_two_readings, distinct):
            distinct[cell] = Told(
                None, f"« {cell.strip()} » se lit de deux façons, à côté de « {american.strip()} »", REPAIR
            )
    return [distinct[cell] for cell in written]


def _is_american(cell: str) -> bool:
    found = _DAY_FIRST.fullmatch(cell.strip())
    return bool(found) and int(found[1]) <= 12 < int(found[3]) <= 31  # type: ignore[index]


def _has_two_readings(cell: str) -> bool:
    found = _DAY_FIRST.fullmatch(cell.strip())
    return bool(found) and max(int(found[1]), int(found[3])) <= 12 and found[1] != found[3]  # type: ignore[index]


def _of_day_first(text: str, day: str, month: str, year: str) -> Told[date]:
    if len(year) == 2:
        return Told(None, f"« {text} » n'a que deux chiffres d'année", WHOLE_YEAR)
    return _day(text, year, month, day)


def _day(text: str, year: str, month: str, day: str) -> Told[date]:
    try:
        return Told(date(int(year), int(month), int(day)))
    except ValueError:
        return Told(None, f"« {text} » n'est pas un jour ({_why(int(year), int(month))})", REPAIR)


def _why(year: int, month: int) -> str:
    """Why a day is none: the month, the year, or as many days as the month has not."""
    if not 1 <= month <= 12:
        return f"il n'y a pas de mois {month}"
    if not 1 <= year <= 9999:
        return f"il n'y a pas d'année {year}"
    return f"{MONTHS[month - 1]} {year} a {monthrange(year, month)[1]} jours"


def _of_serial(text: str) -> Told[date]:
    serial = int(text[:5])
    if FIRST_SERIAL <= serial <= LAST_SERIAL:
        return Told(SERIAL_ZERO + timedelta(days=serial))
    return _unread(text)


def _of_moment(text: str) -> Told[date] | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    if moment.tzinfo is None:
        return Told(moment.date())
    from zoneinfo import ZoneInfo  # only files with an hour need it, not every command

    return Told(moment.astimezone(ZoneInfo("Europe/Paris")).date())


def _of_words(text: str) -> Told[date]:
    plain = bare(text)
    found = _IN_WORDS.fullmatch(plain)
    if found and found[2] in _MONTHS:
        return _day(text, found[3], str(_MONTHS[found[2]]), found[1])
    if _YEAR_OR_MONTH.fullmatch(plain):
        return Told(None, f"« {text} » ne dit pas le jour", REPAIR)
    return _unread(text)


def _unread(text: str) -> Told[date]:
    shown = text if len(text) <= 40 else f"{text[:40]}…"
    return Told(None, f"« {shown} » n'est pas un jour", REPAIR)
