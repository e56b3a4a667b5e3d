"""From GeoJSON (WGS 84, degrees) to paths on paper (pixels): reading, framing, thinning.

The projection is the plain one: longitudes shrunk by the cosine of the middle latitude. On a French
département its error stays under the width of a line, and it needs no library.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

Point = tuple[float, float]
Ring = list[Point]

KM_PER_DEGREE = 111.32
FINEST_STEP = 0.4
METROPOLE = "Hexagone et Corse"
AREAS: dict[str, tuple[float, float, float, float]] = {
    METROPOLE: (-6, 41, 10, 52),
    "Guadeloupe": (-62, 15.6, -60.9, 16.7),
    "Martinique": (-61.4, 14.3, -60.7, 15),
    "Guyane": (-55, 2, -51, 6.2),
    "La Réunion": (55, -21.6, 56, -20.7),
    "Mayotte": (44.9, -13.1, 45.4, -12.5),
}
ELSEWHERE = "Autres territoires"


def rings(shape: Mapping[str, object]) -> list[Ring]:
    """Every ring of a GeoJSON geometry, feature or collection; points and lines have none."""
    kind = shape.get("type")
    if kind == "Feature":
        return rings(_mapping(shape.get("geometry")))
    if kind == "FeatureCollection":
        return [ring for one in _items(shape.get("features")) for ring in rings(_mapping(one))]
    if kind == "GeometryCollection":
        return [ring for one in _items(shape.get("geometries")) for ring in rings(_mapping(one))]
    coordinates = _items(shape.get("coordinates"))
    if kind == "Polygon":
        return [_ring(one) for one in coordinates]
    return [_ring(ring) for one in coordinates for ring in _items(one)] if kind == "MultiPolygon" else []


def position(shape: Mapping[str, object]) -> Point | None:
    """Longitude and latitude of a GeoJSON point, as a feature or a geometry."""
    if shape.get("type") == "Feature":
        return position(_mapping(shape.get("geometry")))
    values = _items(shape.get("coordinates"))
    if shape.get("type") != "Point" or len(values) < 2:
        return None
    return float(str(values[0])), float(str(values[1]))


def properties(shape: Mapping[str, object]) -> Mapping[str, object]:
    """Properties of a feature; empty for anything else."""
    return _mapping(shape.get("properties"))


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _items(value: object) -> Sequence[object]:
    return value if isinstance(value, list | tuple) else ()


def _ring(points: object) -> Ring:
    return [(float(str(pair[0])), float(str(pair[1]))) for pair in map(_items, _items(points))]


def area_of(point: Point) -> str:
    """Name of the part of France where a point lies: overseas is drawn apart, at its own scale."""
    for name, (west, south, east, north) in AREAS.items():
        if west <= point[0] <= east and south <= point[1] <= north:
            return name
    return ELSEWHERE


def by_area(every: Iterable[Ring]) -> dict[str, list[Ring]]:
    """Rings grouped by part of France, the Hexagone first."""
    groups: dict[str, list[Ring]] = {}
    for ring in every:
        if ring:
            groups.setdefault(area_of(ring[0]), []).append(ring)
    order = [*AREAS, ELSEWHERE]
    return {name: groups[name] for name in order if name in groups}


@dataclass(frozen=True, slots=True)
class Frame:
    """Where the map lies on paper: corner and size in pixels, pixels per kilometre."""

    west: float
    north: float
    shrink: float
    scale: float
    left: float
    top: float
    width: float
    height: float

    def place(self, point: Point) -> Point:
        """Pixels of a longitude and a latitude."""
        x = (point[0] - self.west) * KM_PER_DEGREE * self.shrink * self.scale
        y = (self.north - point[1]) * KM_PER_DEGREE * self.scale
        return self.left + x, self.top + y

    def across(self, ring: Ring) -> float:
        """Width of a ring on paper, in pixels."""
        longitudes = [x for x, _ in ring]
        return (max(longitudes) - min(longitudes)) * KM_PER_DEGREE * self.shrink * self.scale

    def path(self, drawn: Iterable[Ring]) -> str:
        """SVG path of rings, points closer than a hair left out."""
        return "".join(self._outline(ring) for ring in drawn)

    def _outline(self, ring: Ring) -> str:
        points = list(_thinned(self.place(point) for point in ring))
        if len(points) < 3:
            return ""
        return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in points) + "Z"


def _thinned(points: Iterator[Point]) -> Iterator[Point]:
    last: Point | None = None
    for point in points:
        if last is None or math.dist(point, last) >= FINEST_STEP:
            last = point
            yield point


def fit(drawn: Iterable[Ring], left: float, top: float, width: float, height: float) -> Frame:
    """The frame that shows these rings as large as the given box of pixels allows, centred across.

    Raises :class:`ValueError` when there is no point to show.
    """
    points = [point for ring in drawn for point in ring]
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    shrink = math.cos(math.radians((south + north) / 2))
    across = max((east - west) * KM_PER_DEGREE * shrink, 0.1)
    down = max((north - south) * KM_PER_DEGREE, 0.1)
    scale = min(width / across, height / down)
    middle = left + (width - across * scale) / 2
    return Frame(west, north, shrink, scale, middle, top, across * scale, down * scale)


def centre(ring: Ring) -> Point:
    """Centre of gravity of a ring; its first point when it has no surface."""
    twice, x, y = 0.0, 0.0, 0.0
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        cross = x1 * y2 - x2 * y1
        twice += cross
        x += (x1 + x2) * cross
        y += (y1 + y2) * cross
    return (x / (3 * twice), y / (3 * twice)) if abs(twice) > 1e-12 else ring[0]


def surface(ring: Ring) -> float:
    """Surface of a ring in square degrees: only to tell the largest."""
    return (
        abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True))) / 2
    )


def round_length(at_most: float) -> float:
    """The longest of 1, 2 or 5 times a power of ten that is at most this length, for a scale bar."""
    power: float = 10.0 ** math.floor(math.log10(at_most))
    return max(step * power for step in (1, 2, 5) if step * power <= at_most)
