"""Structures of the directory as plain values: those of the API, of a CSV, of a map."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from ancrage.register.catalogue import divisions, families, sections
from ancrage.register.directory.cards import Card
from ancrage.register.directory.listing import Points
from ancrage.register.directory.vocabulary import Told
from ancrage.reports import cells
from ancrage.reports.cells import Cell

Read = Callable[[Card], Cell]


def _told(value: bool | None) -> str:
    return "" if value is None else "oui" if value else "non"


def _bound(value: float | None) -> Cell:
    return cells.figure(value, unknown="")


COLUMNS: dict[Told, tuple[str, Read]] = {
    Told.SIRET: ("SIRET", lambda card: cells.structure(card.siret, card.siret)),
    Told.SIREN: ("SIREN", lambda card: card.siren),
    Told.RNA: ("Numéro RNA", lambda card: card.rna or ""),
    Told.NAME: ("Nom", lambda card: card.name or ""),
    Told.SHOWN: ("Diffusible", lambda card: _told(card.diffusible)),
    Told.ADDRESS: ("Adresse", lambda card: card.address or ""),
    Told.POSTCODE: ("Code postal", lambda card: card.postcode or ""),
    Told.COMMUNE: (
        "Code de la commune",
        lambda card: cells.territory(card.commune, card.commune) if card.commune else "",
    ),
    Told.COMMUNE_NAME: ("Commune", lambda card: card.commune_name or ""),
    Told.DEPARTEMENT: ("Département", lambda card: card.departement or ""),
    Told.CREATED: ("Création", lambda card: cells.day_cell(card.created, unknown="")),
    Told.CLOSED: ("Fermeture", lambda card: cells.day_cell(card.closed, unknown="")),
    Told.NAF: ("Code d’activité (NAF)", lambda card: card.naf or ""),
    Told.ACTIVITY: ("Activité", lambda card: activity_of(card)),
    Told.FAMILY: ("Famille", lambda card: card.family or ""),
    Told.KINDS: ("Insertion et handicap", lambda card: " ".join(card.kinds)),
    Told.EMPLOYER: ("Employeur", lambda card: _told(card.employer)),
    Told.BAND: ("Tranche d’effectif", lambda card: card.band or ""),
    Told.LOW: ("Salariés, au moins", lambda card: _bound(card.jobs.low if card.jobs else None)),
    Told.HIGH: ("Salariés, au plus", lambda card: _bound(card.jobs.high if card.jobs else None)),
    Told.ESS: ("De l’ESS", lambda card: card.membership.value),
    Told.QUARTER: ("En quartier prioritaire", lambda card: card.quarter.value),
    Told.LONGITUDE: ("Longitude", lambda card: cells.figure(card.longitude, 6, unknown="")),
    Told.LATITUDE: ("Latitude", lambda card: cells.figure(card.latitude, 6, unknown="")),
    Told.DISTANCE: ("Distance (km)", lambda card: cells.figure(card.distance_km, 3, unknown="")),
    Told.FICTITIOUS: ("Fictif", lambda card: _told(card.fictitious)),
}
"""The columns of the list: the words that head each, and what it reads; one more is one line."""
LEAST = (Told.NAME, Told.SIRET)
"""Without which nobody knows of whom a line speaks."""


def chosen(columns: Collection[Told]) -> tuple[Told, ...]:
    """The columns of a file: those chosen, and those that name a structure; all of them by default."""
    return tuple(one for one in COLUMNS if not columns or one in columns or one in LEAST)


def activity_of(card: Card) -> str:
    """What it does, in words; empty when nobody published it."""
    if not card.section:
        return ""
    return divisions().get((card.naf or "")[:2]) or sections()[card.section]


def cell_of(card: Card, column: Told) -> Cell:
    """What a column says of a structure."""
    return COLUMNS[column][1](card)


def row_of(card: Card, columns: Sequence[Told]) -> tuple[Cell, ...]:
    """A structure, in these columns."""
    return tuple(cell_of(card, one) for one in columns)


def card_as_json(card: Card) -> dict[str, Any]:
    """A structure as plain values: the keys of :class:`ListedStructure`."""
    days = {
        name: found.isoformat() if (found := getattr(card, name)) else None for name in ("created", "closed")
    }
    jobs = {"low": card.jobs.low, "high": card.jobs.high} if card.jobs else None
    return {
        **asdict(card),
        **days,
        "jobs": jobs,
        "kinds": list(card.kinds),
        "membership": card.membership.value,
        "quarter": card.quarter.value,
    }


def features_of(points: Points) -> Iterator[dict[str, Any]]:
    """A GeoJSON feature a structure; ``place_exacte``: its own point, not its commune's."""
    known = families()
    for card, longitude, latitude, own in points.places:
        yield {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
            "properties": {
                "nom": card.name,
                "siret": card.siret,
                "detail": family.label if (family := known.get(card.family or "")) else card.family,
                "couche": "structure",
                "place_exacte": own,
            },
        }


def points_told(points: Points) -> dict[str, int]:
    """What the map leaves out, and why."""
    return {
        "total": points.total,
        "sans_lieu": points.unknown,
        "non_diffusibles": points.hidden,
        "au_dela": points.left_out,
    }
