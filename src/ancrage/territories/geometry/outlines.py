"""Outlines of communes, EPCI, départements and régions: area, a point inside, extent."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import shapely
from pyproj import Geod

from ancrage.errors import SourceContentError
from ancrage.territories.geometry.features import (
    Feature,
    Properties,
    Tell,
    properties_and_areas,
    silent,
    valid_area,
)

# GRS80 is the ellipsoid of RGF93 and of the overseas systems: IGN's own. WGS 84 differs by 0.1 mm.
ELLIPSOID = Geod(ellps="GRS80")
JOINED = "code déjà donné : contour joint au premier"


@dataclass(frozen=True, slots=True)
class Outline:
    """One territory's outline. ``wkb`` and ``bbox`` (west, south, east, north) in degrees, WGS 84.

    ``area_km2``: geodesic area of the outline as published, so simplified when it is. ``lon``, ``lat``: a
    point inside the territory (a centroid may fall in the sea or in a neighbour).
    """

    code: str
    name: str
    wkb: bytes
    area_km2: float
    lon: float
    lat: float
    bbox: tuple[float, float, float, float]

    @property
    def geometry(self) -> Any:
        """Shapely geometry of the outline."""
        return shapely.from_wkb(self.wkb)


def area_km2(geometry: Any) -> float:
    """Geodesic area on the ellipsoid, holes taken off, whatever the direction of the rings."""
    square_metres, _ = ELLIPSOID.geometry_area_perimeter(shapely.orient_polygons(geometry))
    return abs(float(square_metres)) / 1e6


def outline_of(code: str, name: str, geometry: Any) -> Outline:
    """Measure one geometry in degrees; self-crossing rings are repaired first."""
    area = valid_area(geometry)
    inside = shapely.point_on_surface(area)
    west, south, east, north = (float(bound) for bound in area.bounds)
    wkb = bytes(shapely.to_wkb(area))
    return Outline(
        code, name, wkb, area_km2(area), float(inside.x), float(inside.y), (west, south, east, north)
    )


def outline_rows(
    features: Iterable[Feature], code_key: str, name_key: str = "nom", *, tell: Tell = silent
) -> list[Outline]:
    """Outlines of GeoJSON features, in their order; parts of one code given apart are joined.

    ``code_key`` and ``name_key``: properties that hold the code and the name. ``tell`` hears of the features
    that are left out, without an area, and of those joined to another. Raises :class:`SourceContentError`
    when a feature that is drawn has no code, or an unreadable geometry.
    """
    parts: dict[str, list[Any]] = {}
    names: dict[str, str] = {}
    for rank, properties, area in properties_and_areas(features, tell):
        code = _code(properties, code_key)
        if code in parts:
            tell(rank, properties, JOINED)
        parts.setdefault(code, []).append(area)
        names.setdefault(code, str(properties.get(name_key) or ""))
    return [outline_of(code, names[code], _joined(held)) for code, held in parts.items()]


def _code(properties: Properties, code_key: str) -> str:
    code = str(properties.get(code_key) or "").strip()
    if not code:
        raise SourceContentError(
            f"Un contour n'a pas de code dans « {code_key} ».",
            f"Propriétés reçues : {', '.join(map(str, properties)) or 'aucune'}.",
        )
    return code


def dissolve(
    outlines: Iterable[Outline], group_of: Mapping[str, str], names: Mapping[str, str] | None = None
) -> list[Outline]:
    """Outlines of groups (EPCI, CRTE…): the union of their members', sorted by code of group.

    ``group_of``: code of a member → code of its group; members of no group are left out. Arrondissements
    and their commune both sit in some files: give one of the two only.
    """
    members: dict[str, list[Any]] = {}
    for outline in outlines:
        if group := group_of.get(outline.code):
            members.setdefault(group, []).append(outline.geometry)
    return [
        outline_of(group, (names or {}).get(group, ""), _joined(members[group])) for group in sorted(members)
    ]


def _joined(geometries: list[Any]) -> Any:
    return geometries[0] if len(geometries) == 1 else shapely.union_all(geometries)
