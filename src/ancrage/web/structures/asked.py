"""The question of an address, put to the directory; an empty field asks nothing."""

from typing import TypeVar

from django.http import HttpRequest, QueryDict

from ancrage.desk.asking import day_of, territory_of
from ancrage.edition.opened import Opened
from ancrage.errors import DirectoryQueryError
from ancrage.reasoning import Verdict
from ancrage.register.directory.query import DirectoryQuery, InZoning
from ancrage.register.directory.vocabulary import Employer, Order

Value = TypeVar("Value", Employer, Verdict)
EVERYWHERE = "fr"
LONGEST_TEXT = 200


def query_of(request: HttpRequest, now: Opened) -> DirectoryQuery:
    """The question asked, on its day. Raises :class:`DirectoryQueryError` saying every value refused."""
    told = request.GET
    on = day_of(request, now)
    radius = _kilometres(told.get("km", "").strip())
    return DirectoryQuery(
        territory=territory_of(now, told.get("t", "").strip() or EVERYWHERE, on=on),
        radius_km=radius,
        text=told.get("q", "")[:LONGEST_TEXT].strip(),
        families=_values(told, "famille"),
        activities=_values(told, "activite"),
        kinds=_values(told, "siae"),
        employers=tuple(_one_of(Employer, value, "Employeur") for value in _values(told, "employeur")),
        memberships=tuple(_one_of(Verdict, value, "Appartenance") for value in _values(told, "ess")),
        quarters=tuple(_one_of(Verdict, value, "Quartier") for value in _values(told, "qpv")),
        zonings=tuple(InZoning(value) for value in _values(told, "zonage")),
        order=Order.DISTANCE if radius else Order.NAME,
    )


def _values(told: QueryDict, name: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value.strip() for value in told.getlist(name) if value.strip()))


def _kilometres(typed: str) -> float | None:
    if not typed:
        return None
    try:
        return float(typed.replace(",", "."))
    except ValueError as error:
        raise DirectoryQueryError(
            f"Le rayon « {typed[:20]} » n'est pas un nombre.", "Donnez des kilomètres, par exemple 15."
        ) from error


def _one_of(kind: type[Value], typed: str, name: str) -> Value:
    try:
        return kind(typed)
    except ValueError as error:
        possible = ", ".join(one.value for one in kind)
        raise DirectoryQueryError(
            f"{name} : « {typed[:40]} » n'est pas une réponse possible.", f"Possible : {possible}."
        ) from error
