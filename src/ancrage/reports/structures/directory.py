"""Structures of the directory as plain values: those of the API, of a CSV, of a map."""

from collections.abc import Callable, Iterator
from dataclasses import asdict
from typing import Any

from ancrage.register.directory.cards import Card
from ancrage.register.directory.listing import Points
from ancrage.reports import cells
from ancrage.reports.cells import Cell

Read = Callable[[Card], Cell]


def _told(value: bool | None) -> str:
    return "" if value is None else "oui" if value else "non"


def _bound(value: float | None) -> Cell:
    return cells.figure(value, unknown="")


COLUMNS: dict[str, Read] = {
    "siret": lambda card: cells.structure(card.siret, card.siret),
    "siren": lambda card: card.siren,
    "rna": lambda card: card.rna or "",
    "nom": lambda card: card.name or "",
    "diffusible": lambda card: _told(card.diffusible),
    "commune": lambda card: cells.territory(card.commune, card.commune) if card.commune else "",
    "nom_commune": lambda card: card.commune_name or "",
    "departement": lambda card: card.departement or "",
    "creation": lambda card: cells.day_cell(card.created, unknown=""),
    "fermeture": lambda card: cells.day_cell(card.closed, unknown=""),
    "naf": lambda card: card.naf or "",
    "famille": lambda card: card.family or "",
    "types_insertion": lambda card: " ".join(card.kinds),
    "employeur": lambda card: _told(card.employer),
    "tranche": lambda card: card.band or "",
    "salaries_bas": lambda card: _bound(card.jobs.low if card.jobs else None),
    "salaries_haut": lambda card: _bound(card.jobs.high if card.jobs else None),
    "ess": lambda card: card.membership.value,
    "qpv": lambda card: card.quarter.value,
    "longitude": lambda card: cells.figure(card.longitude, 6, unknown=""),
    "latitude": lambda card: cells.figure(card.latitude, 6, unknown=""),
    "distance_km": lambda card: cells.figure(card.distance_km, 3, unknown=""),
    "fictif": lambda card: _told(card.fictitious),
}
"""The columns of the list to take away, each with what it reads: one more is one line."""


def row_of(card: Card) -> tuple[Cell, ...]:
    """A structure, in the order of ``COLUMNS``."""
    return tuple(read(card) for read in COLUMNS.values())


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
    for card, longitude, latitude, own in points.places:
        yield {
            "type": "Feature",
            "geometry": {"type": "Point", "coordinates": [longitude, latitude]},
            "properties": {
                "nom": card.name,
                "siret": card.siret,
                "detail": card.family,
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
