"""Structures of the directory as files: a CSV, plain values."""

import json
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

from ancrage.register.directory.cards import Card
from ancrage.register.directory.listing import Points
from ancrage.spreadsheets import PEOPLE, Cell, Convention

COLUMNS = (
    "siret",
    "siren",
    "nom",
    "diffusible",
    "commune",
    "nom_commune",
    "departement",
    "creation",
    "fermeture",
    "naf",
    "famille",
    "types_insertion",
    "employeur",
    "salaries_bas",
    "salaries_haut",
    "ess",
    "qpv",
    "longitude",
    "latitude",
    "distance_km",
    "fictif",
)


def cards_csv(cards: Iterable[Card], convention: Convention = PEOPLE) -> Iterator[str]:
    """One line a structure, some lines at a time; an unknown cell is empty."""
    return convention.parts(COLUMNS, map(card_row, cards))


def cards_json(cards: Iterable[Card]) -> Iterator[str]:
    """A list of structures, one at a time; ``null`` is unknown."""
    before = "[\n"
    for card in cards:
        told = {**card_as_json(card), "types_insertion": list(card.kinds)}
        yield before + json.dumps(told, ensure_ascii=False)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def points_features(points: Points) -> list[dict[str, Any]]:
    """A GeoJSON feature a structure; ``place_exacte``: its own point, not its commune's."""
    return [
        {
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
        for card, longitude, latitude, own in points.places
    ]


def points_told(points: Points) -> dict[str, int]:
    """What the map leaves out, and why."""
    return {
        "total": points.total,
        "sans_lieu": points.unknown,
        "non_diffusibles": points.hidden,
        "au_dela": points.left_out,
    }


def points_geojson(points: Points) -> str:
    """The points of a list (RFC 7946, WGS 84)."""
    told = {"type": "FeatureCollection", "features": points_features(points), **points_told(points)}
    return json.dumps(told, ensure_ascii=False)


def card_row(card: Card) -> tuple[Cell, ...]:
    """A structure as typed cells, in the order of ``COLUMNS``."""
    return (
        card.siret,
        card.siren,
        card.name,
        card.diffusible,
        card.commune,
        card.commune_name,
        card.departement,
        card.created,
        card.closed,
        card.naf,
        card.family,
        " ".join(card.kinds),
        card.employer,
        card.jobs.low if card.jobs else None,
        card.jobs.high if card.jobs else None,
        card.membership.value,
        card.quarter.value,
        card.longitude,
        card.latitude,
        card.distance_km,
        card.fictitious,
    )


def card_as_json(card: Card) -> dict[str, Any]:
    """The same as plain values."""
    return dict(zip(COLUMNS, map(_told, card_row(card)), strict=True))


def _told(value: Cell) -> Cell:
    match value:
        case bool():
            return "oui" if value else "non"
        case date():
            return value.isoformat()
        case _:
            return value
