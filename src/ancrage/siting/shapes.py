"""Outlines to draw a choice of sites on: the territory and, when they are few enough, its communes."""

import json
from dataclasses import dataclass
from typing import Any

import shapely

from ancrage.siting.geography import outline_codes
from ancrage.territories.atlas import Atlas
from ancrage.territories.geometry.display import simplify_for_display
from ancrage.territories.territory import Territory

MOST_COMMUNES = 600
TERRITORY_POINTS = 3000

Shape = dict[str, Any]


@dataclass(frozen=True, slots=True)
class TerritoryShapes:
    """GeoJSON geometries in degrees: the whole, and each commune by its code (none above 600 communes)."""

    whole: Shape
    communes: dict[str, Shape]


def shapes_of(atlas: Atlas, territory: Territory) -> TerritoryShapes | None:
    """Outlines of a territory, ``None`` when none is known. A commune without an outline is not drawn."""
    commune_of = outline_codes(atlas, territory, territory.communes)
    rows = atlas.warehouse.rows(
        "SELECT commune, geometry FROM outline WHERE commune IN (SELECT unnest(?)) "
        "AND geometry IS NOT NULL ORDER BY commune",
        (sorted(commune_of),),
    )
    if not rows:
        return None
    shapes = shapely.from_wkb([row["geometry"] for row in rows])
    whole = _geometry(simplify_for_display(shapely.union_all(shapes), TERRITORY_POINTS))
    parts: dict[str, list[Any]] = {}
    for row, shape in zip(rows, shapes, strict=True):
        parts.setdefault(commune_of[row["commune"]], []).append(shape)
    few = len(parts) <= MOST_COMMUNES
    return TerritoryShapes(
        whole, {code: _geometry(shapely.union_all(held)) for code, held in parts.items()} if few else {}
    )


def _geometry(shape: Any) -> Shape:
    found: Shape = json.loads(shapely.to_geojson(shape))
    return found
