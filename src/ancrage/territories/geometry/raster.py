"""A polygon laid on a grid of square cells: outside, crossed by the edge, or wholly inside.

The grid starts at 0°, 0° and its cells measure a power of two of a degree, so that ``degrees x inverse``
is exact in binary floating point: a coordinate falls in one cell only, without rounding. What remains
inexact, the place where a slanted edge crosses a row, is inflated by more than its possible error: a cell
may be called crossed for nothing, never inside or outside by mistake.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

OUTSIDE, CROSSED, INSIDE = 0, 1, 2

# In cells. Coordinates reach 180 x 2**14 cells, where a double is precise to 5e-10.
MARGIN = 1e-6
FLAT = 1e-3
SLOPE_MARGIN = 1e-9

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class ZoneCells:
    """Cells of one zone, those outside left out: column, row (from 0°, 0°), status; arrays of shape (n,)."""

    columns: Ints
    rows: Ints
    status: NDArray[np.uint8]


def rasterise(zone: Any, inverse: float) -> ZoneCells:
    """Cells crossed by the edge of ``zone`` or inside it; ``inverse`` is cells per degree, a power of two.

    ``zone`` is a valid shapely Polygon or MultiPolygon in degrees, prepared for speed by the caller.
    """
    left, bottom, right, top = np.asarray(zone.bounds) * inverse
    origin_column, origin_row = int(np.floor(left)) - 1, int(np.floor(bottom)) - 1
    width, height = int(np.floor(right)) + 2 - origin_column, int(np.floor(top)) + 2 - origin_row
    status = np.zeros((height, width), np.uint8)
    columns, rows = crossed_cells(*_segments(zone, inverse))
    status[rows - origin_row, columns - origin_column] = CROSSED
    _fill_inside(status, zone, origin_column, origin_row, inverse)
    found_rows, found_columns = np.nonzero(status)
    return ZoneCells(
        found_columns + origin_column, found_rows + origin_row, status[found_rows, found_columns]
    )


def _segments(zone: Any, inverse: float) -> tuple[Floats, Floats]:
    """Starts and ends, shape (n, 2) in cells, of every edge of every ring."""
    rings = shapely.get_rings(shapely.get_parts(zone))
    points, ring = shapely.get_coordinates(rings, return_index=True)
    same_ring = ring[1:] == ring[:-1]
    scaled = points * inverse
    return scaled[:-1][same_ring], scaled[1:][same_ring]


def crossed_cells(starts: Floats, ends: Floats) -> tuple[Ints, Ints]:
    """Columns and rows of all cells touched by the segments (with repetitions); coordinates in cells."""
    low = np.floor(np.minimum(starts[:, 1], ends[:, 1]) - MARGIN).astype(np.int64)
    high = np.floor(np.maximum(starts[:, 1], ends[:, 1]) + MARGIN).astype(np.int64)
    segment, rows = _expand(low, high)
    first, last = _column_range(starts[segment], ends[segment], rows)
    piece, columns = _expand(first, last)
    return columns, rows[piece]


def _column_range(starts: Floats, ends: Floats, rows: Ints) -> tuple[Ints, Ints]:
    """First and last column each segment touches within its row."""
    delta = ends - starts
    flat = np.abs(delta[:, 1]) < FLAT
    rise = np.where(flat, 1.0, delta[:, 1])
    at_bottom = np.clip((rows - MARGIN - starts[:, 1]) / rise, 0.0, 1.0)
    at_top = np.clip((rows + 1 + MARGIN - starts[:, 1]) / rise, 0.0, 1.0)
    # A nearly flat segment divides by almost nothing: it takes all of its columns instead.
    at_bottom[flat], at_top[flat] = 0.0, 1.0
    entry, leave = starts[:, 0] + at_bottom * delta[:, 0], starts[:, 0] + at_top * delta[:, 0]
    margin = MARGIN + SLOPE_MARGIN * np.abs(delta[:, 0]) / np.maximum(np.abs(delta[:, 1]), FLAT)
    first = np.floor(np.minimum(entry, leave) - margin).astype(np.int64)
    return first, np.floor(np.maximum(entry, leave) + margin).astype(np.int64)


def _expand(first: Ints, last: Ints) -> tuple[Ints, Ints]:
    """Every whole number of each range ``first..last`` (both included), with the range it comes from."""
    counts = last - first + 1
    source = np.repeat(np.arange(len(first)), counts)
    offsets = np.arange(len(source)) - np.repeat(np.cumsum(counts) - counts, counts)
    return source, first[source] + offsets


def _fill_inside(status: NDArray[np.uint8], zone: Any, column: int, row: int, inverse: float) -> None:
    """Mark the cells inside. No edge passes between two neighbours that are not crossed: one test per run."""
    crossed = status == CROSSED
    begins = ~crossed
    begins[:, 1:] &= crossed[:, :-1]
    run_rows, run_columns = np.nonzero(begins)
    longitude, latitude = (run_columns + column + 0.5) / inverse, (run_rows + row + 0.5) / inverse
    inside = shapely.intersects_xy(zone, longitude, latitude)
    # Runs are numbered in reading order, which is also the order of np.nonzero.
    run_of_cell = np.cumsum(begins.ravel()).reshape(status.shape) - 1
    status[~crossed & inside[run_of_cell]] = INSIDE
