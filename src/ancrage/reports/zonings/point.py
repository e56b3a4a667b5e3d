"""The zonings at a point, in words."""

from typing import Any

from pydantic import Field

from ancrage.language.days import day
from ancrage.language.numbers import number
from ancrage.questions.points import PointFacts, ZoningAt
from ancrage.questions.question import Answer
from ancrage.reasoning import Verdict
from ancrage.reports import cells
from ancrage.reports.columns import Column, grid
from ancrage.reports.documents import Document, Heading, NamedTerritory, heading
from ancrage.reports.sheet import Grid, Paragraph, Section, Sheet
from ancrage.reports.topic import Topic
from ancrage.sources.api_adresses import Located
from ancrage.territories.addressing import HOUSE
from ancrage.territories.pointing import Point

SEVERAL = (
    "Les contours des communes sont simplifiés à un kilomètre : ce point peut être dans l’une ou l’autre. "
    "Une réponse qui dépend de la commune est à vérifier."
)
BORN_OF = (
    "Ce jour-là, la commune d’aujourd’hui en faisait plusieurs : l’adresse peut être dans l’une ou l’autre."
)
NO_HOUSE = "Le service a reconnu {}, sans numéro : le point en est le milieu."
NOT_KEPT = "Ni l’adresse ni cette réponse ne sont gardées."
RECOGNISED = {"housenumber": "un numéro dans une rue", "street": "une rue", "locality": "un lieu-dit"}
COLUMNS: tuple[Column[ZoningAt], ...] = (
    Column("Zonage ou programme", lambda one: one.zoning.label),
    Column("Réponse", lambda one: one.verdict),
    Column("Précisions", lambda one: cells.lines(cells.strong(" ; ".join(one.details)), one.reason)),
    Column("Source", lambda one: one.source or "aucune liste ne répond"),
)


class PlacedPoint(Document, title="Point", description="Un point de la Terre, en degrés (WGS 84)."):
    """A point."""

    longitude: float = Field(description="Longitude.")
    latitude: float = Field(description="Latitude.")


class ZoningAtPoint(Document, title="Zonage à un point", description="Ce qu'un zonage dit à un point."):
    """What a zoning says at a point."""

    id: str = Field(description="Identifiant du zonage.")
    label: str = Field(description="Nom du zonage.")
    verdict: Verdict = Field(description="oui, non, partiel ou a_verifier.")
    reason: str = Field(description="Pourquoi.")
    details: list[str] = Field(description="Noms et précisions donnés par les listes.")
    source: str | None = Field(
        description="Source de la liste qui répond ; null si aucune ne répond ce jour-là."
    )


class FoundAddress(Document, title="Adresse reconnue", description="Ce que le service d'adresses a reconnu."):
    """The place the address service recognised."""

    label: str = Field(description="L'adresse, telle que le service l'écrit.")
    score: float = Field(description="Ressemblance avec le texte reçu, de 0 à 1, dite par le service.")
    kind: str = Field(description="Ce qui est reconnu : housenumber, street, locality.")


class PointDocument(Heading, title="Zonages à un point", description="Tous les zonages à un point, un jour."):
    """The zonings at a point."""

    point: PlacedPoint = Field(description="Le point.")
    communes: list[NamedTerritory] = Field(
        description="Les communes où il peut être, la plus probable d'abord : les contours sont simplifiés."
    )
    address: FoundAddress | None = Field(description="L'adresse reconnue ; null quand un point est demandé.")
    zonings: list[ZoningAtPoint] = Field(description="La réponse de chaque zonage de ce jour.")


def describe(answer: Answer[PointFacts]) -> Sheet:
    """The communes it may be in, and every zoning."""
    found = answer.facts
    place = found.address
    first, *others = (f"{name} ({code})" for code, name in found.communes.items())
    return Sheet(
        kicker=f"Zonages à {'une adresse' if place else 'un point'}, le {day(answer.on)}",
        title=place.label if place else _placed(found.point),
        lead=", ou ".join((first, *others)),
        warnings=tuple(filter(None, ((BORN_OF if place else SEVERAL) if others else "", _of_kind(place)))),
        sections=(
            Section("zonages", "Zonages", (grid("Zonages", COLUMNS, found.zonings),)),
            *((_recognised(place),) if place else ()),
        ),
        sources=answer.sources,
        method="zonages",
        on=answer.on,
    )


def _address(place: Located | None) -> dict[str, Any] | None:
    return None if place is None else {"label": place.label, "score": place.score, "kind": place.kind}


def _recognised(place: Located) -> Section:
    """What the service understood, so that a mistake is seen."""
    what = RECOGNISED.get(place.kind, place.kind)
    told = (
        ("Reconnu", what),
        ("Ressemblance avec le texte reçu", f"{number(place.score, 2)} sur 1"),
        ("Point", _placed(Point(place.longitude, place.latitude))),
    )
    table = Grid("Adresse", ("Quoi", "Dit par le service"), told)
    return Section("adresse", "L’adresse reconnue", (table, Paragraph(NOT_KEPT, "quiet")))


def _commune(code: str, name: str) -> dict[str, Any]:
    return {"kind": "commune", "code": code, "id": code, "name": name}


def _of_kind(place: Located | None) -> str:
    if place is None or place.kind == HOUSE:
        return ""
    return NO_HOUSE.format(RECOGNISED.get(place.kind, place.kind))


def _placed(point: Point) -> str:
    return f"{_degrees(point.latitude, 'N', 'S')}, {_degrees(point.longitude, 'E', 'O')}"


def _degrees(value: float, positive: str, negative: str) -> str:
    return f"{number(abs(value), 4)}° {positive if value >= 0 else negative}"


def document(answer: Answer[PointFacts]) -> dict[str, Any]:
    """Plain values: :class:`PointDocument` is their schema."""
    found = answer.facts
    return {
        **heading(answer),
        "point": {"longitude": found.point.longitude, "latitude": found.point.latitude},
        "communes": [_commune(code, name) for code, name in found.communes.items()],
        "address": _address(found.address),
        "zonings": [
            {
                "id": one.zoning.id,
                "label": one.zoning.label,
                "verdict": one.verdict.value,
                "reason": one.reason,
                "details": list(one.details),
                "source": one.source,
            }
            for one in found.zonings
        ],
    }


TOPIC = Topic(describe, document, PointDocument)
