"""What is at a point: the communes it may be in, and whether it is in a quarter whose perimeter is known.

Outlines of communes are simplified at 1,000 m: a point nearer than that to a limit may be on either side, and
every commune it may be in is given. Perimeters of quarters are the published ones; their coordinates are
rounded to some eleven metres.
"""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ancrage.errors import MissingSourceError, UnknownTerritoryError
from ancrage.reasoning import Verdict
from ancrage.territories.atlas import Atlas
from ancrage.territories.outlined import outline_repairs
from ancrage.territories.quarters import perimeters

SIMPLIFIED_KM = 1.0
ROUNDED_KM = 0.011
KM_A_DEGREE = 111.2
SMALLEST_COSINE = 0.01
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
    outlines = atlas.holding(_outlines)()
    if not outlines.codes:
        raise MissingSourceError(
            "Les contours des communes ne sont pas synchronisés : un point n'a pas de commune.",
            "",
            *outline_repairs(atlas),
        )
    near = sorted(_within(outlines.around(point, SIMPLIFIED_KM), point, SIMPLIFIED_KM))
    if not near:
        raise UnknownTerritoryError(str(point))
    moved = carried(atlas, OUTLINES_VINTAGE, atlas.vintage_on(on))
    whole = whole_communes(atlas)
    codes = (whole.get(code, code) for _, code in near)
    return tuple(dict.fromkeys(after for code in codes for after in moved.get(code, (code,))))


@dataclass(frozen=True, slots=True)
class _Outlines:
    """Outlines of communes, found by their boxes."""

    codes: tuple[str, ...]
    tree: Any

    def around(self, point: Point, km: float) -> dict[str, Any]:
        """Those whose box is at most so far, by code."""
        import shapely

        up = km / KM_A_DEGREE
        across = up / max(math.cos(math.radians(point.latitude)), SMALLEST_COSINE)
        box = shapely.box(
            point.longitude - across, point.latitude - up, point.longitude + across, point.latitude + up
        )
        return {self.codes[rank]: self.tree.geometries[rank] for rank in self.tree.query(box)}


def _outlines(atlas: Atlas) -> _Outlines:
    import shapely

    rows = atlas.warehouse.rows(
        "SELECT commune, geometry FROM outline WHERE geometry IS NOT NULL ORDER BY commune"
    )
    shapes = shapely.from_wkb([row["geometry"] for row in rows])
    return _Outlines(tuple(row["commune"] for row in rows), shapely.STRtree(shapes))


def _within(shapes: Mapping[str, Any], point: Point, km: float) -> Iterator[tuple[float, str]]:
    """Those at most so far, with their distance in km: 0 inside."""
    import numpy as np
    import shapely

    scale = np.array([KM_A_DEGREE * math.cos(math.radians(point.latitude)), KM_A_DEGREE])
    here = np.array([point.longitude, point.latitude])
    plane = [shapely.transform(shape, lambda at: (at - here) * scale) for shape in shapes.values()]
    distances = shapely.distance(plane, shapely.Point(0, 0)) if plane else ()
    return ((float(far), code) for far, code in zip(distances, shapes, strict=True) if far <= km)


def whole_communes(atlas: Atlas) -> dict[str, str]:
    """The commune of each arrondissement municipal."""
    return atlas.holding(_whole_communes)()


def _whole_communes(atlas: Atlas) -> dict[str, str]:
    return {part: commune for commune, parts in atlas.municipal_of.items() for part in parts}


def carried(atlas: Atlas, known: int, vintage: int) -> dict[str, tuple[str, ...]]:
    """What each commune of a known vintage became, or came from, in another; those unchanged are left out."""
    return atlas.keeping(_carried)(known, vintage)


def _carried(atlas: Atlas, known: int, vintage: int) -> dict[str, tuple[str, ...]]:
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
    known = perimeters(atlas, on=on)
    shapes = {code: known[code] for code in quarters if code in known}
    near = sorted(_within(shapes, point, within_km))
    if near and near[0][0] == 0 and not _on_its_edge(shapes[near[0][1]], point, within_km):
        return InQuarter(Verdict.OUI, (near[0][1],), INSIDE)
    if near:
        edge = ON_THE_EDGE.format(round(1000 * within_km))
        return InQuarter(Verdict.A_VERIFIER, tuple(code for _, code in near), edge)
    if set(quarters) - set(shapes):
        return InQuarter(Verdict.A_VERIFIER, tuple(quarters), NO_PERIMETER)
    return InQuarter(Verdict.NON, (), OUTSIDE)


def _on_its_edge(perimeter: Any, point: Point, within_km: float) -> bool:
    return any(True for _ in _within({"": perimeter.boundary}, point, within_km))
