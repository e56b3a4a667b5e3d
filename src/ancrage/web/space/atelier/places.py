"""Where an action takes place: territories and quarters, kept by their codes and the day."""

from typing import Any

from django.http import QueryDict

from ancrage.desk.asking import territory_of
from ancrage.desk.opened import opened
from ancrage.errors import AncrageError
from ancrage.web.space.atelier.fields import Field, Unreadable

MOST = 20


def places(name: str, label: str, *, required: bool = False) -> Field:
    """Territories and QPV, separated by commas or ends of line."""
    return Field(
        name,
        label,
        "text",
        _read,
        _told,
        help="Communes, intercommunalités, quartiers : leur nom ou leur code, séparés par des virgules.",
        required=required,
        longest=1000,
    )


def _read(posted: QueryDict, name: str) -> list[dict[str, str]]:
    asked = _listed(posted.get(name, ""))
    if len(asked) > MOST:
        raise Unreadable(f"{MOST} lieux au plus")
    try:
        return [place_of(one) for one in asked]
    except AncrageError as error:
        raise Unreadable(f"{error.message} {error.hint}".strip()) from error


def _listed(text: str) -> list[str]:
    return [one.strip() for one in text.replace("\n", ",").split(",") if one.strip()]


def place_of(named: str) -> dict[str, str]:
    """A place as an action keeps it. Raises what a territory raises."""
    now = opened()
    territory = territory_of(now, named, on=now.today)
    return {"code": str(territory.code), "name": territory.name, "on": now.today.isoformat()}


def places_in(text: str) -> tuple[list[dict[str, str]], list[str]]:
    """The places that a text of a file names, and the names that are those of none, or of several."""
    found: list[dict[str, str]] = []
    left: list[str] = []
    for one in _listed(text.replace(";", ",")):
        try:
            place = place_of(one)
        except AncrageError:
            left.append(one)
        else:
            if len(found) == MOST:
                left.append(one)
            else:
                found.append(place)
    return found, left


def _told(value: Any) -> str:
    return ", ".join(str(one["code"]) for one in value or ())
