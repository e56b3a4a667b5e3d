"""Write ``src/ancrage/territories/departements.json``, the outlines of départements.

    ANCRAGE_DATA=… .venv/bin/python tools/draw_departements.py

The outlines of communes of an edition are joined by département and set to thousandths of a degree, about
100 m: under what the source itself simplified. A ring is its first point, then the steps to
the others, in thousandths.
"""

import json
from collections import defaultdict
from typing import Any

import numpy as np
import shapely

from ancrage.desk.opened import opened
from ancrage.territories import departements
from ancrage.territories.codes import departement_of

SMALLEST = 2e-5
"""Square degrees under which an island is not drawn, unless it is all there is: about 0.2 km²."""


def main() -> None:
    """Write the file."""
    warehouse = opened().atlas.warehouse
    communes: dict[str, list[Any]] = defaultdict(list)
    for row in warehouse.rows("SELECT commune, geometry FROM outline WHERE geometry IS NOT NULL"):
        communes[departement_of(row["commune"])].append(shapely.from_wkb(row["geometry"]))
    joined = {code: shapely.union_all(shapes) for code, shapes in sorted(communes.items())}
    (source,) = (one for one in warehouse.manifest["sources"] if one["id"] == "contours-communes")
    told = {
        "source": {name: source[name] for name in ("title", "producer", "vintage", "licence", "href")},
        "rings": {code: [_steps(part) for part in _parts(shape)] for code, shape in joined.items()},
    }
    written = json.dumps(told, ensure_ascii=False, separators=(",", ":")).replace('"],', '"],\n')
    departements.FILE.write_text(written.replace(']],"', ']],\n"') + "\n", encoding="utf-8")
    print(f"{departements.FILE.name}: {len(joined)} départements, {departements.FILE.stat().st_size} bytes")


def _parts(shape: Any) -> list[Any]:
    parts = sorted(shapely.get_parts(shape), key=shapely.area, reverse=True)
    return [parts[0], *(part for part in parts[1:] if part.area >= SMALLEST)]


def _steps(part: Any) -> list[int]:
    points = np.rint(shapely.get_coordinates(part.exterior) * departements.A_DEGREE).astype(int)
    steps = np.diff(points, axis=0)
    moved = steps[(steps != 0).any(axis=1)]
    return [*points[0].tolist(), *moved.ravel().tolist()]


if __name__ == "__main__":
    main()
