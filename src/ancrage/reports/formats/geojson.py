"""An answer as a map: GeoJSON of RFC 7946, coordinates in WGS 84, outer rings counter-clockwise."""

import json
from itertools import pairwise
from typing import Any

from ancrage.reports.topic import Telling

Plain = dict[str, Any]
SURFACES = ("Polygon", "MultiPolygon")


def write(telling: Telling) -> str:
    """The collection, compact."""
    return json.dumps(oriented(telling.features), ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def oriented(collection: Plain) -> Plain:
    """The collection, its rings turned as the standard wants: outside counter-clockwise, holes clockwise."""
    return {**collection, "features": [_oriented(one) for one in collection["features"]]}


def _oriented(feature: Plain) -> Plain:
    geometry = feature.get("geometry")
    if not geometry or geometry["type"] not in SURFACES:
        return feature
    several = geometry["type"] == "MultiPolygon"
    parts = geometry["coordinates"] if several else [geometry["coordinates"]]
    turned = [[_turned(ring, outer=rank == 0) for rank, ring in enumerate(part)] for part in parts]
    return {**feature, "geometry": {**geometry, "coordinates": turned if several else turned[0]}}


def _turned(ring: list[Any], *, outer: bool) -> list[Any]:
    return ring if (_doubled_area(ring) > 0) is outer else ring[::-1]


def _doubled_area(ring: list[Any]) -> float:
    """Twice the signed area: positive when the ring turns counter-clockwise."""
    return sum(float(one[0] * after[1] - after[0] * one[1]) for one, after in pairwise(ring))
