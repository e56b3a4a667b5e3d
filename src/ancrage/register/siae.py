"""Place the structures that lists name: most give an address and coordinates, and no commune code.

The town as written decides first, since it is what the structure declares and designates one commune exactly;
outlines are simplified to a kilometre, so a point near an edge may fall next door. Coordinates decide where
the town does not (former communes, postal districts). The reason says which way was taken, and where the two
differ.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pyarrow as pa

from ancrage.register.codes import SECTION_OF_DIVISION
from ancrage.register.list_layouts import SIAE_LIST
from ancrage.register.placement import CommuneAt, QpvPlacement, place_batch
from ancrage.register.tables import LISTED_STRUCTURE, SIAE

LocateTown = Callable[[str, str], str | None]
"""Commune of a postcode and a town name, ``None`` when none or several answer."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What placing needs from the territories, all of one day.

    ``commune_at``: communes by outline. ``epci`` and ``crte``: by commune code.
    """

    locate_town: LocateTown
    commune_at: CommuneAt
    epci: Mapping[str, str] = field(default_factory=dict)
    crte: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class PlacedLists:
    """The tables ``SIAE`` and ``LISTED_STRUCTURE``: the second holds every list, and all each says."""

    siae: pa.Table
    structures: pa.Table


def place_structures(rows: pa.Table, where: Whereabouts, place: QpvPlacement) -> PlacedLists:
    """The tables of the lists, from rows of ``lists.LISTED_SCHEMA``."""
    placed = _placed(rows, where, place)
    siae = [{**row, "name": row["brand"] or row["name"]} for row in placed if row["list"] == SIAE_LIST.source]
    return PlacedLists(SIAE.from_rows(siae), LISTED_STRUCTURE.from_rows(placed))


def _placed(rows: pa.Table, where: Whereabouts, place: QpvPlacement) -> list[dict[str, Any]]:
    by_outline = _by_outline(rows, where.commune_at)
    placed = [_located(row, at, where) for row, at in zip(rows.to_pylist(), by_outline, strict=True)]
    count = len(placed)
    batch = pa.record_batch(
        {
            "siret": rows["siret"].combine_chunks(),
            "longitude": rows["longitude"].combine_chunks(),
            "latitude": rows["latitude"].combine_chunks(),
            "commune": pa.array([row["commune"] for row in placed], pa.string()),
            "quality": pa.nulls(count, pa.string()),
            "error_m": pa.nulls(count, pa.float64()),
        }
    )
    if count:
        for row, qpv in zip(placed, place_batch(batch, place).to_pylist(), strict=True):
            row.update(qpv)
    return placed


def _by_outline(rows: pa.Table, commune_at: CommuneAt) -> Sequence[str | None]:
    points = [
        column.to_numpy(zero_copy_only=False).astype(np.float64)
        for column in (rows["longitude"].combine_chunks(), rows["latitude"].combine_chunks())
    ]
    return commune_at(points[0], points[1]) if rows.num_rows else []


def _located(row: dict[str, Any], at: str | None, where: Whereabouts) -> dict[str, Any]:
    named = where.locate_town(row["postcode"] or "", row["city"]) if row["city"] else None
    declared = row["commune"] if row["commune"] in where.epci else None
    commune = declared or named or at
    return {
        **row,
        "section": SECTION_OF_DIVISION.get((row["naf"] or "")[:2]),
        "capacity": None if row["capacity"] is None else int(row["capacity"]),
        "commune": commune,
        "commune_reason": CODED if declared else _reason(row, named, at),
        "epci": where.epci.get(commune) if commune else None,
        "crte": list(where.crte.get(commune, ())) or None if commune else None,
    }


CODED = "Code de la commune donné par la liste."


def _reason(row: dict[str, Any], named: str | None, at: str | None) -> str:
    written = f"« {row['postcode'] or 'sans code postal'} {row['city'] or 'sans ville'} »"
    if named and at and named != at:
        return f"Adresse {written} ; les coordonnées tombent dans le contour simplifié de {at}."
    if named:
        return f"Adresse {written}" + (", confirmée par les coordonnées." if at else ".")
    if at:
        return f"Coordonnées dans le contour de la commune ; l'adresse {written} n'en désigne aucune."
    missing = "les coordonnées manquent" if row["longitude"] is None else "le point n'est dans aucun contour"
    return f"Commune introuvable : l'adresse {written} n'en désigne aucune et {missing}."
