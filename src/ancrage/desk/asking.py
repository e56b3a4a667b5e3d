"""What a page reads in its address: a territory, a day."""

from datetime import date

from django.http import HttpRequest

from ancrage.dating import parse_day
from ancrage.edition.opened import Opened
from ancrage.errors import UnknownTerritoryError
from ancrage.questions.fields import DAY
from ancrage.territories.resolving import FILE_MARK, resolve
from ancrage.territories.territory import Territory

LONGEST_CODE = 2000


def day_of(request: HttpRequest, now: Opened) -> date:
    """The day asked (``?le=AAAA-MM-JJ``), today by default. Raises :class:`InvalidDayError`."""
    written = (request.GET.get(name, "").strip() for name in DAY.names)
    told = next(filter(None, written), "")
    return parse_day(told) if told else now.today


def territory_of(now: Opened, typed: str, *, on: date) -> Territory:
    """The territory an address names. Raises what :func:`ancrage.territories.resolving.resolve` raises."""
    return resolve(now.atlas, designation(typed), on=on)


def designation(typed: str) -> str:
    """What was typed, once sure that it names no file of the server, whatever the command line allows."""
    if typed.startswith(FILE_MARK) or len(typed) > LONGEST_CODE:
        raise UnknownTerritoryError(typed[:40])
    return typed
