"""Outlines made light and flat, for a map drawn in a page or a terminal. Never for a measure."""

from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

STEPS = 24
POINTS_A_RING = 8


def simplify_for_display(geometry: Any, max_points: int) -> Any:
    """Least simplified version of a geometry in degrees with at most ``max_points`` points.

    Each ring needs 4 points at least: when there are too many parts, the smallest islands are dropped,
    and the largest is always kept. ``max_points`` under 4 raises ``ValueError``.
    """
    if max_points < 4:
        raise ValueError(f"{max_points} points cannot draw a ring")
    kept = _largest_parts(geometry, max_points // POINTS_A_RING)
    if _points(kept) <= max_points:
        return kept
    west, south, east, north = kept.bounds
    return _simplified(kept, max_points, coarse=max(east - west, north - south))


def _simplified(geometry: Any, max_points: int, coarse: float) -> Any:
    """Halve the tolerance between what is fine enough and what is light enough."""
    fine = 0.0
    lightest = shapely.convex_hull(_largest_parts(geometry, 1)).simplify(coarse)
    for _ in range(STEPS):
        tolerance = (fine + coarse) / 2
        # Topology kept: no hole or part collapses onto another.
        candidate = shapely.simplify(geometry, tolerance, preserve_topology=True)
        if _points(candidate) <= max_points:
            lightest, coarse = candidate, tolerance
        else:
            fine = tolerance
    return lightest


def _largest_parts(geometry: Any, most: int) -> Any:
    """Drop small holes and islands beyond ``most`` rings, largest area first."""
    parts = sorted(shapely.get_parts(geometry), key=lambda part: -part.area)
    kept: list[Any] = []
    rings = 0
    for part in parts:
        if kept and rings >= most:
            break
        holes = sorted(part.interiors, key=lambda ring: -shapely.Polygon(ring).area)
        held = holes[: max(0, most - rings - 1)]
        kept.append(shapely.Polygon(part.exterior, held) if len(held) < len(holes) else part)
        rings += 1 + len(held)
    return kept[0] if len(kept) == 1 else shapely.MultiPolygon(kept)


def _points(geometry: Any) -> int:
    return int(shapely.get_num_coordinates(geometry))


def project_for_display(
    lon: NDArray[np.float64], lat: NDArray[np.float64], bbox: tuple[float, float, float, float]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Degrees to a flat drawing: x to the right, y downwards, the longer side of ``bbox`` measuring 1.

    ``bbox``: west, south, east, north. Lengths are right at the middle latitude, which suits a territory up
    to the size of a région; France as a whole is a little stretched in the north.
    """
    west, south, east, north = bbox
    squeeze = float(np.cos(np.radians((south + north) / 2)))
    side = max((east - west) * squeeze, north - south) or 1.0
    return (np.asarray(lon) - west) * squeeze / side, (north - np.asarray(lat)) / side
