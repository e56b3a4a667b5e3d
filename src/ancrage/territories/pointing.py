"""What is at a point: the communes it may be in, and whether it is in a quarter whose perimeter is known.

Outlines of communes are simplified at 1,000 m: a point nearer than that to a limit may be on either side, and
every commune it may be in is given. Perimeters of quarters are the published ones; their coordinates are
rounded to some eleven metres.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ancrage.errors import MissingSourceError, UnknownTerritoryError
from ancrage.reasoning import Verdict
from ancrage.repairs import BuildEdition, SynchroniseSources
from ancrage.territories.atlas import Atlas

SIMPLIFIED_KM = 1.0
ROUNDED_KM = 0.011
KM_A_DEGREE = 111.2
OUTLINES_VINTAGE = 2022
NO_PERIMETER = "La commune a au moins un QPV dont le périmètre n'est pas dans les données."
INSIDE = "Le point est dans le périmètre du QPV."
OUTSIDE = "Le point est hors des périmètres de QPV de la commune."
ON_THE_EDGE = "Le point est au bord d'un QPV : à {} mètres près, il est dedans ou dehors."
SOMEWHERE = (
    "Ni numéro ni maison n'ont été reconnus : le point est le milieu d'une rue ou d'un lieu, dont une partie "
    "peut être dans un quartier de la commune."
)


@dataclass(frozen=True, slots=True)
class Point:
    """A place on Earth, in degrees (WGS 84)."""

    longitude: float
    latitude: float

    def __str__(self) -> str:
        return f"{self.longitude:g},{self.latitude:g}"


@dataclass(frozen=True, slots=True)
class InQuarter:
    """Whether a point is in a quarter, the quarters it is or may be in, and why."""

    verdict: Verdict
    quarters: tuple[str, ...]
    reason: str


def communes_at(atlas: Atlas, point: Point, *, on: date) -> tuple[str, ...]:
    """Codes, that day, of the communes a point may be in: the one drawn around it first.

    Raises :class:`UnknownTerritoryError` where no commune is, :class:`MissingSourceError` without outlines.
    """
    if not atlas.warehouse.rows("SELECT 1 FROM outline LIMIT 1"):
        raise MissingSourceError(
            "Les contours des communes ne sont pas synchronisés : un point n'a pas de commune.",
            "",
            SynchroniseSources(("contours-communes",)),
            BuildEdition(),
        )
    near = sorted(_within(_outlines(atlas, point), point, SIMPLIFIED_KM))
    if not near:
        raise UnknownTerritoryError(str(point))
    moved = carried(atlas, OUTLINES_VINTAGE, atlas.vintage_on(on))
    whole = {part: commune for commune, parts in atlas.municipal_of.items() for part in parts}
    codes = (whole.get(code, code) for _, code in near)
    return tuple(dict.fromkeys(after for code in codes for after in moved.get(code, (code,))))


def _outlines(atlas: Atlas, point: Point) -> Iterator[tuple[str, bytes]]:
    """Outlines that may hold the point: a commune reaches no farther than a few times its width."""
    rows = atlas.warehouse.rows(
        "SELECT commune, geometry FROM outline WHERE abs(latitude - $latitude) < 0.1 + sqrt(area) / 40 "
        "AND abs(longitude - $longitude) * cos(radians($latitude)) < 0.1 + sqrt(area) / 40",
        {"longitude": point.longitude, "latitude": point.latitude},
    )
    return ((row["commune"], row["geometry"]) for row in rows)


def _within(shapes: Iterator[tuple[str, bytes]], point: Point, km: float) -> Iterator[tuple[float, str]]:
    """Those at most so far, with their distance in km: 0 inside."""
    import numpy as np
    import shapely

    held = list(shapes)
    scale = np.array([KM_A_DEGREE * math.cos(math.radians(point.latitude)), KM_A_DEGREE])
    here = np.array([point.longitude, point.latitude])
    plane = [shapely.transform(shapely.from_wkb(wkb), lambda at: (at - here) * scale) for _, wkb in held]
    distances = shapely.distance(plane, shapely.Point(0, 0)) if plane else ()
    return ((float(far), code) for far, (code, _) in zip(distances, held, strict=True) if far <= km)


def carried(atlas: Atlas, known: int, vintage: int) -> dict[str, tuple[str, ...]]:
    """What each commune of a known vintage became, or came from, in another; those unchanged are left out."""
    pairs: dict[str, list[str]] = {}
    for row in atlas.lineage:
        if (row["from_vintage"], row["to_vintage"]) == (known, vintage):
            pairs.setdefault(row["before"], []).append(row["after"])
        elif (row["from_vintage"], row["to_vintage"]) == (vintage, known):
            pairs.setdefault(row["after"], []).append(row["before"])
    return {code: tuple(sorted(others)) for code, others in pairs.items()}


def in_quarter(
    atlas: Atlas, point: Point, quarters: Sequence[str], *, on: date, within_km: float = ROUNDED_KM
) -> InQuarter:
    """Whether the point is in one of the quarters of its commune; « à vérifier » when a perimeter lacks.

    ``within_km``: how far from the place it tells the point may be.
    """
    if math.isinf(within_km):
        return InQuarter(Verdict.A_VERIFIER, tuple(quarters), SOMEWHERE)
    shapes = dict(_perimeters(atlas, quarters, 2024 if on.year >= 2024 else 2015))
    near = sorted(_within(iter(shapes.items()), point, within_km))
    if near and near[0][0] == 0 and not _on_its_edge(shapes[near[0][1]], point, within_km):
        return InQuarter(Verdict.OUI, (near[0][1],), INSIDE)
    if near:
        edge = ON_THE_EDGE.format(round(1000 * within_km))
        return InQuarter(Verdict.A_VERIFIER, tuple(code for _, code in near), edge)
    if set(quarters) - set(shapes):
        return InQuarter(Verdict.A_VERIFIER, tuple(quarters), NO_PERIMETER)
    return InQuarter(Verdict.NON, (), OUTSIDE)


def _perimeters(atlas: Atlas, quarters: Sequence[str], generation: int) -> Iterator[tuple[str, bytes]]:
    rows: list[dict[str, Any]] = atlas.warehouse.rows(
        "SELECT codes, geometry FROM qpv_zone WHERE generation = ? "
        "AND list_has_any(codes, ?::VARCHAR[]) AND len(codes) = 1",
        (generation, list(quarters)),
    )
    return ((row["codes"][0], row["geometry"]) for row in rows)


def _on_its_edge(perimeter: bytes, point: Point, within_km: float) -> bool:
    import shapely

    edge = shapely.from_wkb(perimeter).boundary
    return any(True for _ in _within(iter([("", shapely.to_wkb(edge))]), point, within_km))
