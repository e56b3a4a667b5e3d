"""Which zone covers each of millions of points: exact, and fast.

Most points are answered by two table look-ups: the grid (see ``raster``) knows that their cell is outside
every zone or wholly inside one. Only points of a cell crossed by an edge meet the exact test of GEOS.

The grid is cut into square pages; a page exists only where a zone is. Pages are found through the columns and
the rows that some zone touches, so Guadeloupe and La Réunion cost their own pages and not the oceans between.
"""

import math
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from ancrage.errors import SourceContentError
from ancrage.territories.geometry.pages import PAGE_BITS, Pages, paint
from ancrage.territories.geometry.raster import ZoneCells, rasterise

OUTSIDE = -1
WITHOUT_COORDINATES = -2

CHUNK = 1 << 16
CELLS_ACROSS_A_ZONE = 48
FINEST, COARSEST = 2.0**-14, 2.0**-6
MOST_CELLS = 1 << 24


@dataclass(frozen=True, slots=True)
class ZoneIndex:
    """Zones ready to receive points. ``zones``: prepared geometries, shape (n,); ``labels``: n texts."""

    zones: NDArray[Any]
    labels: tuple[str, ...]
    cell_deg: float
    pages: Pages

    @classmethod
    def build(
        cls, zones: Sequence[Any], labels: Sequence[str], *, cell_deg: float | None = None
    ) -> "ZoneIndex":
        """Index valid shapely Polygons or MultiPolygons in degrees (longitude, latitude).

        ``cell_deg`` is rounded down to a power of two; left out, it follows the size of the zones. Geometries
        are prepared in place, and must not change afterwards. Raises :class:`SourceContentError` for a
        geometry that is not a valid polygon, and ``ValueError`` when there are not as many labels as zones.
        """
        if len(zones) != len(labels):
            raise ValueError(f"{len(zones)} zones, {len(labels)} labels")
        shapes = np.empty(len(zones), object)
        shapes[:] = list(zones)
        _require_polygons(shapes, labels)
        cell = _power_of_two(cell_deg) if cell_deg else suitable_cell(shapes)
        return cls(shapes, tuple(labels), cell, paint(_cells_of_each(shapes, 1 / cell)))

    def assign(
        self, lon: NDArray[np.float64], lat: NDArray[np.float64], *, workers: int | None = None
    ) -> NDArray[np.int32]:
        """Index of the zone covering each point, its boundary included; the first in order when several do.

        ``lon``, ``lat``: degrees, shape (n,). Returns shape (n,): ``OUTSIDE`` (-1) where no zone covers the
        point, ``WITHOUT_COORDINATES`` (-2) where a coordinate is NaN or infinite.
        """
        lon, lat = np.asarray(lon, np.float64), np.asarray(lat, np.float64)
        if lon.shape != lat.shape or lon.ndim != 1:
            raise ValueError(f"longitudes {lon.shape} and latitudes {lat.shape} are not one list of points")
        found = np.empty(len(lon), np.int32)
        parts = [slice(start, start + CHUNK) for start in range(0, len(lon), CHUNK)]

        def place(part: slice) -> None:
            found[part] = self._assign_chunk(lon[part], lat[part])

        if len(parts) < 2:
            for part in parts:
                place(part)
            return found
        with ThreadPoolExecutor(workers or min(4, os.cpu_count() or 1)) as pool:
            list(pool.map(place, parts))
        return found

    def _assign_chunk(self, lon: NDArray[np.float64], lat: NDArray[np.float64]) -> NDArray[np.int32]:
        found = self.pages.look_up(lon, lat, 1 / self.cell_deg)
        undecided = np.flatnonzero(found < OUTSIDE)
        if len(undecided):
            found[undecided] = self._test(found[undecided], lon[undecided], lat[undecided])
        found[~(np.isfinite(lon) & np.isfinite(lat))] = WITHOUT_COORDINATES
        return found

    def _test(
        self, codes: NDArray[np.int32], lon: NDArray[np.float64], lat: NDArray[np.float64]
    ) -> NDArray[np.int32]:
        """Exact test of points in crossed cells against the zones of their cell, in order."""
        candidates = self.pages.candidates_of(codes)
        answer = np.full(len(lon), OUTSIDE, np.int32)
        waiting = np.arange(len(lon))
        for zones in candidates.T:
            waiting = waiting[zones[waiting] >= 0]
            tested = zones[waiting]
            hit = shapely.intersects_xy(self.zones[tested], lon[waiting], lat[waiting])
            answer[waiting[hit]] = tested[hit]
            waiting = waiting[~hit]
        return answer


def suitable_cell(zones: NDArray[Any]) -> float:
    """Side of a cell, in degrees: the median zone spans some fifty cells, and memory stays bounded."""
    bounds = shapely.bounds(zones[~shapely.is_empty(zones)]) if len(zones) else np.empty((0, 4))
    if not len(bounds):
        return COARSEST
    width, height = bounds[:, 2] - bounds[:, 0], bounds[:, 3] - bounds[:, 1]
    cell = _power_of_two(float(np.median(np.maximum(width, height))) / CELLS_ACROSS_A_ZONE)
    while ((width / cell + 3) * (height / cell + 3)).sum() > MOST_CELLS and cell < 1:
        cell *= 2
    return cell


def _power_of_two(degrees: float) -> float:
    bounded = min(max(degrees, FINEST), COARSEST * 2**PAGE_BITS)
    return 2.0 ** math.floor(math.log2(bounded))


def _require_polygons(zones: NDArray[Any], labels: Sequence[str]) -> None:
    polygon = np.isin(shapely.get_type_id(zones), (3, 6))
    bad = np.flatnonzero(~(polygon & shapely.is_valid(zones)))
    if len(bad):
        first = bad[0]
        reason = shapely.is_valid_reason(zones[first]) if polygon[first] else "ce n'est pas un polygone"
        raise SourceContentError(
            f"La géométrie de « {labels[first]} » est inutilisable ({reason}) ; {len(bad)} sur {len(zones)}.",
            "Réparez le fichier (shapely.make_valid) ou prenez celui du producteur.",
        )


def _cells_of_each(zones: NDArray[Any], inverse: float) -> Iterator[ZoneCells]:
    shapely.prepare(zones)
    for zone in zones:
        if not zone.is_empty:
            # Testing cell centres also builds GEOS's point index now, before several threads share it.
            yield rasterise(zone, inverse)
        else:
            nothing = np.empty(0, np.int64)
            yield ZoneCells(nothing, nothing, np.empty(0, np.uint8))
