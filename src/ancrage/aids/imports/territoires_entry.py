"""An aid of Aides-territoires, once its cells or its keys are read."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from ancrage.aids.imports import eligibility
from ancrage.aids.imports.days import in_order
from ancrage.aids.imports.imported import PERMANENT, ImportedAid, Provenance, RejectedEntryError
from ancrage.aids.imports.places import former_region, place_named
from ancrage.aids.imports.texts import plain
from ancrage.aids.imports.wording import audiences_of, natures_of, themes_of
from ancrage.aids.vocabulary import Nature
from ancrage.language.days import short_day
from ancrage.language.folding import bare

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
    amount: str = ""


def imported(identifier: str, told: Told, origin: Provenance, raw: Mapping[str, Any]) -> ImportedAid:
    """The imported aid. Raises :class:`RejectedEntryError` when it has no name, or closes first."""
    body = plain(told.body)
    if not (name := plain(told.name)):
        raise RejectedEntryError("il manque le nom de l'aide")
    place = place_named(told.perimeter) if told.perimeter else None
    coverage = (place,) if place else former_region(told.perimeter)
    audiences = audiences_of(told.audiences)
    opens, closes = in_order(told.opens, told.closes)
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
        opens=opens,
        closes=closes,
        amount=told.amount,
        conditions=(*eligibility.applicants(audiences), *eligibility.place(coverage)),
        notes=_notes(told, known=bool(coverage)),
        links=told.links,
        provenance=origin,
        raw=dict(raw),
    )


def _notes(told: Told, *, known: bool) -> tuple[str, ...]:
    place = f"Périmètre : {told.perimeter}" if told.perimeter and not known else ""
    again = f"Récurrence : {told.recurrence}" if told.recurrence else ""
    both = (
        f"La source dit deux choses : « {told.recurrence} », et clôture le {short_day(told.closes)}"
        if (told.closes and bare(told.recurrence) == PERMANENT)
        else ""
    )
    return tuple(filter(None, (both or again, place)))


def _shortened(text: str) -> str:
    return text if len(text) <= SUMMARY else text[:SUMMARY].rsplit(maxsplit=1)[0] + "…"
