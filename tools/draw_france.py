"""Draw the départements of the home page (``src/ancrage/web/home/france.json``) from an edition's outlines.

    ANCRAGE_DATA=… .venv/bin/python tools/draw_france.py

The outlines of communes are joined by département, simplified together so that no gap opens between
neighbours, and projected: mainland France as it is usually drawn, each overseas département in a frame and at
a scale of its own.
"""

import json
from collections import defaultdict
from itertools import count
from pathlib import Path
from typing import Any

import numpy as np
import pyproj
import shapely

from ancrage.desk.opened import opened
from ancrage.territories.codes import departement_of
from ancrage.warehouse.reading import Warehouse
from ancrage.web import home

FILE = Path(home.__file__).parent / "france.json"
WIDTH = 620
HEIGHT = 500
TOLERANCE = 1.5
"""Units of the drawing under which a bend is not drawn."""
GRID = 0.25
"""Units to which points are first set, so that neighbours share theirs."""
SMALLEST = 6.0
"""Square units under which an island is not drawn, unless it is all there is."""
FRAMES = {
    "971": (0, 0, 5490),
    "972": (0, 104, 5490),
    "973": (0, 208, 2972),
    "974": (0, 312, 2975),
    "976": (0, 416, 32738),
}
"""Where each overseas département stands, and the projection it is usually drawn in."""
FRAME = 76
NEAR = 0.5
"""Units under which two régions are neighbours."""
LEFT = 90
"""What the overseas frames take on the left of the mainland."""


def main() -> None:
    """Write the file."""
    warehouse = opened().atlas.warehouse
    communes: dict[str, list[Any]] = defaultdict(list)
    for row in warehouse.rows("SELECT commune, geometry FROM outline"):
        communes[departement_of(row["commune"])].append(shapely.from_wkb(row["geometry"]))
    joined = {code: shapely.union_all(shapes) for code, shapes in sorted(communes.items())}
    mainland = {code: shape for code, shape in joined.items() if code not in FRAMES and len(code) == 2}
    shapes = _framed(mainland, 2154, (LEFT, 0), (WIDTH - LEFT, HEIGHT))
    for code, (left, top, crs) in FRAMES.items():
        if code in joined:
            shapes |= _framed({code: joined[code]}, crs, (left, top), (FRAME, FRAME))
    (source,) = (one for one in warehouse.manifest["sources"] if one["id"] == "contours-communes")
    kept = {name: source[name] for name in ("title", "producer", "vintage", "licence", "href")}
    told = {
        "source": kept,
        "box": [WIDTH, HEIGHT],
        "tones": _tones(shapes, warehouse),
        "paths": {code: _path(shape) for code, shape in shapes.items()},
    }
    FILE.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{FILE.name}: {len(shapes)} shapes, {FILE.stat().st_size} bytes")


def _tones(shapes: dict[str, Any], warehouse: Warehouse) -> dict[str, int]:
    """A tone for each région, from 0, never that of a neighbour."""
    held = warehouse.rows("SELECT DISTINCT region, departement FROM commune WHERE vintage = 2026")
    parts: dict[str, list[Any]] = defaultdict(list)
    for row in held:
        if row["departement"] in shapes:
            parts[row["region"]].append(shapes[row["departement"]])
    whole = {code: shapely.union_all(found).buffer(NEAR) for code, found in sorted(parts.items())}
    tones: dict[str, int] = {}
    for code in sorted(whole, key=lambda one: -len(parts[one])):
        taken = {tone for other, tone in tones.items() if whole[other].intersects(whole[code])}
        tones[code] = next(tone for tone in count() if tone not in taken)
    return tones


def _framed(shapes: dict[str, Any], crs: int, at: tuple[int, int], size: tuple[int, int]) -> dict[str, Any]:
    """Shapes projected, simplified together, and set in a frame of the drawing."""
    towards = pyproj.Transformer.from_crs(4326, crs, always_xy=True)
    flat = shapely.transform(
        np.array(list(shapes.values())),
        lambda points: np.column_stack(towards.transform(points[:, 0], points[:, 1])),
    )
    west, south, east, north = shapely.total_bounds(flat)
    scale = min(size[0] / (east - west), size[1] / (north - south))
    drawn = shapely.transform(
        flat,
        lambda points: np.column_stack(
            (at[0] + (points[:, 0] - west) * scale, at[1] + (north - points[:, 1]) * scale)
        ),
    )
    whole = [_without_islands(shape) for shape in shapely.set_precision(drawn, GRID)]
    return dict(zip(shapes, shapely.coverage_simplify(whole, TOLERANCE), strict=True))


def _without_islands(shape: Any) -> Any:
    """The shape without holes nor the islands too small to see; its largest part at least."""
    parts = sorted(shapely.get_parts(shape), key=shapely.area, reverse=True)
    kept = [parts[0], *(part for part in parts[1:] if part.area >= SMALLEST)]
    return shapely.MultiPolygon([shapely.Polygon(part.exterior) for part in kept])


def _path(shape: Any) -> str:
    """The path of a shape in whole units."""
    return "".join(
        _ring(np.rint(shapely.get_coordinates(part.exterior)).astype(int))
        for part in shapely.get_parts(shape)
    )


def _ring(points: Any) -> str:
    steps = np.diff(points[:-1], axis=0)
    moved = steps[(steps != 0).any(axis=1)]
    first = f"M{points[0][0]} {points[0][1]}l"
    return first + " ".join(f"{x} {y}" for x, y in moved).replace(" -", "-") + "z"


if __name__ == "__main__":
    main()
