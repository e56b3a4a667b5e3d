"""An aid of Aides-territoires, once its cells or its keys are read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ancrage.aids.imports import eligibility
from ancrage.aids.imports.imported import ImportedAid, Provenance, RejectedEntryError
from ancrage.aids.imports.places import place_named
from ancrage.aids.imports.texts import plain
from ancrage.aids.imports.wording import audiences_of, natures_of, themes_of
from ancrage.aids.vocabulary import Nature
from ancrage.dating import parse_published_day

SOURCE = "aides-territoires"
SUMMARY = 300


@dataclass(frozen=True, slots=True)
class Told:
    """What the site tells of an aid, in its own words; ``call`` says that it is a call for projects."""

    name: str
    body: str
    funders: tuple[str, ...]
    audiences: tuple[str, ...]
    types: tuple[str, ...]
    links: tuple[str, ...]
    call: bool = False
    opens: date | None = None
    closes: date | None = None
    perimeter: str = ""
    categories: tuple[str, ...] = ()
    recurrence: str = ""


def imported(identifier: str, told: Told, origin: Provenance, raw: Mapping[str, Any]) -> ImportedAid:
    """The imported aid. Raises :class:`RejectedEntryError` when it has no name."""
    body = plain(told.body)
    if not (name := plain(told.name)):
        raise RejectedEntryError("il manque le nom de l'aide")
    place = place_named(told.perimeter) if told.perimeter else None
    coverage = (place,) if place else ()
    audiences = audiences_of(told.audiences)
    calls = (Nature.APPEL_A_PROJETS.value,) if told.call else ()
    return ImportedAid(
        id=identifier,
        name=name,
        summary=_shortened(body),
        description=body,
        funder=" ; ".join(told.funders),
        desk=told.links[0] if told.links else "",
        natures=tuple(dict.fromkeys((*calls, *natures_of(told.types)))),
        audiences=audiences,
        themes=themes_of(" ".join((name, *told.categories))),
        coverage=coverage,
        excluded=(),
        opens=told.opens,
        closes=told.closes,
        amount="",
        conditions=(*eligibility.applicants(audiences), *eligibility.place(coverage)),
        notes=_notes(told, known=bool(place)),
        links=told.links,
        provenance=origin,
        raw=dict(raw),
    )


def day(written: object, key: str) -> date | None:
    """A day of the site; ``None`` when there is none. Raises :class:`RejectedEntryError`."""
    text = written.strip() if isinstance(written, str) else ""
    found = parse_published_day(text)
    if text and found is None:
        raise RejectedEntryError(f"{key} : « {text} » n'est pas un jour")
    return found


def _notes(told: Told, *, known: bool) -> tuple[str, ...]:
    place = f"Périmètre : {told.perimeter}" if told.perimeter and not known else ""
    again = f"Récurrence : {told.recurrence}" if told.recurrence else ""
    return tuple(filter(None, (again, place)))


def _shortened(text: str) -> str:
    return text if len(text) <= SUMMARY else text[:SUMMARY].rsplit(maxsplit=1)[0] + "…"
