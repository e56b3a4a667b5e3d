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
    asked = [one.strip() for one in posted.get(name, "").replace("\n", ",").split(",") if one.strip()]
    if len(asked) > MOST:
        raise Unreadable(f"{MOST} lieux au plus")
    now, found = opened(), []
    for one in asked:
        try:
            territory = territory_of(now, one, on=now.today)
        except AncrageError as error:
            raise Unreadable(f"{error.message} {error.hint}".strip()) from error
        found.append({"code": str(territory.code), "name": territory.name, "on": now.today.isoformat()})
    return found


def _told(value: Any) -> str:
    return ", ".join(str(one["code"]) for one in value or ())
