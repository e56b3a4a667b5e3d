"""Speed of placing 5 million points in zones, beside geopandas.sjoin on the same points in the same run.

    python bench/bench_qpv_assignment.py [--points 5000000] [--mirror ../shared/data]

Two layers:

* ``communes-qpv``: the 692 polygons published for QPV 2024, outlines of the communes that have one. Without
  the mirror, synthetic shapes stand in, and each line says ``"synthetic": true``.
* ``perimetres``: 1,493 shapes of the size of real perimeters (radius drawn so that the median area is that of
  the 105 QPV 2015 of Occitanie, 0.22 km², 128 points each), always synthetic, thrown into the first layer.

Two mixes of points, seeded:

* ``realistic``: 55 % in the bounding boxes of ``communes-qpv`` widened by a tenth (about half of these fall
  in the polygon), 44 % around the centres of all communes of France (normal, 0.01°), 1 % without coordinates.
  On the real list of 3,853 inclusion enterprises, which towns with a QPV attract, 56 % lie in these polygons
  and 0.9 % have no coordinates: the share of all establishments stands between this mix and the hardest.
* ``hardest``: every point in the bounding box of a zone of the layer measured, where no short cut helps.

One JSON line a figure. ZoneIndex is timed thrice and the median kept; geopandas once, its points already
built, which is to its advantage. ``ok`` is null where nothing was promised. Exits with 1 when a promise is
not held.
"""

import argparse
import gzip
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import shapely

from ancrage.territories.geometry.assignment import OUTSIDE, WITHOUT_COORDINATES, ZoneIndex
from ancrage.territories.geometry.features import as_array, properties_and_areas

SEED = 20260331
POINTS = 5_000_000
MIRROR = Path(__file__).resolve().parents[2] / "shared" / "data"
LEAST_POINTS_A_SECOND = 3_000_000
LEAST_RATIO = 5.0
PERIMETERS = 1_493
METROPOLE = (-4.5, 42.5, 7.5, 50.8)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--points", type=int, default=POINTS)
    parser.add_argument("--mirror", type=Path, default=MIRROR)
    options = parser.parse_args()
    rng = np.random.default_rng(SEED)
    communes, centres, synthetic = published_layer(options.mirror, rng)
    held = True
    for layer, zones, invented in (
        ("communes-qpv", communes, synthetic),
        ("perimetres", perimeters(communes, rng), True),
    ):
        mixes = {
            "realistic": realistic_points(communes, centres, options.points, rng),
            "hardest": points_in_boxes(zones, options.points, rng, widened=0.0),
        }
        for mix, (lon, lat) in mixes.items():
            for line in measure(zones, lon, lat):
                name = f"qpv_assignment/{layer}/{mix}/{line.pop('figure')}"
                print(
                    json.dumps({"bench": name, **line, "points": len(lon), "synthetic": invented}), flush=True
                )
                held &= line["ok"] is not False
    return 0 if held else 1


def measure(zones: np.ndarray, lon: np.ndarray, lat: np.ndarray) -> Iterator[dict[str, Any]]:
    labels = [str(number) for number in range(len(zones))]
    index, building = timed(lambda: ZoneIndex.build(zones, labels))
    found, assigning = timed(lambda: index.assign(lon, lat), times=3)
    joined, joining = timed_join(zones, lon, lat)
    rate, ratio = len(lon) / assigning, joining / assigning
    yield figure("zone_index", round(rate), "points/s", LEAST_POINTS_A_SECOND, rate >= LEAST_POINTS_A_SECOND)
    yield figure("zone_index_with_build", round(len(lon) / (building + assigning)), "points/s")
    yield figure("build", round(building, 3), "s")
    yield figure("geopandas_sjoin", round(len(lon) / joining), "points/s")
    yield figure("ratio_to_sjoin", round(ratio, 1), "times", LEAST_RATIO, ratio >= LEAST_RATIO)
    differences = int((found != joined).sum())
    yield figure("answers_that_differ", differences, "points", 0, differences == 0)
    yield figure("points_in_a_zone", round(float((found >= 0).mean()), 4), "share")


def figure(
    name: str, value: float, unit: str, threshold: float | None = None, ok: bool | None = None
) -> dict[str, Any]:
    return {"figure": name, "value": value, "unit": unit, "threshold": threshold, "ok": ok}


def timed(work: Callable[[], Any], times: int = 1) -> tuple[Any, float]:
    """Last result and median seconds."""
    seconds = []
    for _ in range(times):
        start = time.perf_counter()
        result = work()
        seconds.append(time.perf_counter() - start)
    return result, statistics.median(seconds)


def timed_join(zones: np.ndarray, lon: np.ndarray, lat: np.ndarray) -> tuple[np.ndarray, float]:
    """First zone of each point by geopandas.sjoin, as ZoneIndex tells it, and seconds of the join alone."""
    bare = as_array(shapely.from_wkb(shapely.to_wkb(zones)))
    located = np.isfinite(lon) & np.isfinite(lat)
    areas = geopandas.GeoDataFrame(geometry=bare, crs="OGC:CRS84")
    points = geopandas.GeoDataFrame(geometry=shapely.points(lon[located], lat[located]), crs="OGC:CRS84")
    joined, seconds = timed(lambda: geopandas.sjoin(points, areas, how="inner", predicate="intersects"))
    first = np.full(len(points), len(zones), np.int64)
    np.minimum.at(first, joined.index.to_numpy(), joined["index_right"].to_numpy())
    answer = np.full(len(lon), WITHOUT_COORDINATES, np.int32)
    answer[located] = np.where(first == len(zones), OUTSIDE, first)
    return answer, seconds


def published_layer(mirror: Path, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, bool]:
    """Zones, centres of communes (shape (n, 2)), and whether they are synthetic."""
    layer = mirror / "zonages" / "qpv-2024-polygones-par-commune.geojson.gz"
    files = sorted((mirror / "contours" / "communes-1000m").glob("communes-*.geojson.gz"))
    if layer.is_file() and files:
        outlines = [shape for path in files for shape in shapes_of(path)]
        return (
            as_array(shapes_of(layer)),
            shapely.get_coordinates(shapely.centroid(as_array(outlines))),
            False,
        )
    west, south, east, north = METROPOLE
    centres = np.column_stack([rng.uniform(west, east, 35_000), rng.uniform(south, north, 35_000)])
    blobs = [blob(x, y, radius=0.03, points=20, rng=rng) for x, y in centres[:692]]
    return as_array(blobs), centres, True


def shapes_of(path: Path) -> list[Any]:
    with gzip.open(path) as stream:
        features = json.load(stream)["features"]
    return [shape for _, _, shape in properties_and_areas(features)]


def perimeters(communes: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    lon, lat = points_in_boxes(communes, PERIMETERS, rng, widened=0.0)
    # 0.0024° is 265 m: a disc of 0.22 km².
    radii = 0.0024 * rng.lognormal(0.0, 0.45, PERIMETERS)
    drawn = zip(lon, lat, radii, strict=True)
    return as_array(blob(x, y, radius=radius, points=128, rng=rng) for x, y, radius in drawn)


def blob(x: float, y: float, *, radius: float, points: int, rng: np.random.Generator) -> Any:
    """A star-shaped area with an uneven edge, as wide in metres as it is high."""
    angles = np.sort(rng.uniform(0, 2 * np.pi, points))
    reach = radius * rng.uniform(0.75, 1.2, points)
    ring = np.column_stack([x + reach * np.cos(angles) / np.cos(np.radians(y)), y + reach * np.sin(angles)])
    return shapely.make_valid(shapely.Polygon(ring), method="structure", keep_collapsed=False)


def realistic_points(
    zones: np.ndarray, centres: np.ndarray, number: int, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    in_zones, nowhere = int(number * 0.55), int(number * 0.01)
    near_lon, near_lat = points_in_boxes(zones, in_zones, rng, widened=0.1)
    around = centres[rng.integers(len(centres), size=number - in_zones - nowhere)]
    around = around + rng.normal(0, 0.01, around.shape)
    lon = np.concatenate([near_lon, around[:, 0], np.full(nowhere, np.nan)])
    lat = np.concatenate([near_lat, around[:, 1], np.full(nowhere, np.nan)])
    order = rng.permutation(number)
    return lon[order], lat[order]


def points_in_boxes(
    zones: np.ndarray, number: int, rng: np.random.Generator, *, widened: float
) -> tuple[np.ndarray, np.ndarray]:
    """Points evenly drawn in the boxes of zones, as many in each, widened by a share of their side."""
    bounds = shapely.bounds(zones)[rng.integers(len(zones), size=number)]
    share = rng.uniform(-widened / 2, 1 + widened / 2, (number, 2))
    lon = bounds[:, 0] + share[:, 0] * (bounds[:, 2] - bounds[:, 0])
    lat = bounds[:, 1] + share[:, 1] * (bounds[:, 3] - bounds[:, 1])
    return lon, lat


if __name__ == "__main__":
    sys.exit(main())
