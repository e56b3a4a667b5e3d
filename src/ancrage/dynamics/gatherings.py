"""Groups of structures whose activities are declared complementary, within a distance of one another.

Linking every pair under the distance would chain whole départements together. A group is therefore what lies
in a circle of that diameter around a commune where some of them are: any two members are within the distance
asked. The circle that gathers most is kept, its members leave, and so on (greedy covering); the answer never
depends on chance.
"""

import heapq
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from ancrage.dynamics.complementarities import Complementarities, Pair
from ancrage.dynamics.structures import Structure

LEAST_MEMBERS = 3
NOTHING_BETTER = (-sys.maxsize, -sys.maxsize)
MOST_STRUCTURES = 30_000

Coordinates = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Group:
    """Structures gathered around a commune. Members are ranks of structures; distances in kilometres.

    ``distances``: of each member to the centre; ``None`` for one known by its commune alone, or not to be
    shown. ``by_commune``: nothing had coordinates, the group is the commune itself. ``others``: employers
    outside the ESS of the same activities in the communes of the group, ``None`` when the register does not
    know them.
    """

    pair: Pair
    centre: str
    first: tuple[int, ...]
    second: tuple[int, ...]
    distances: Mapping[int, float | None]
    units: int
    by_commune: bool
    others: int | None = None

    @property
    def members(self) -> tuple[int, ...]:
        """Ranks of all the members, each once."""
        return tuple(sorted({*self.first, *self.second}))


def geocentric(longitudes: Sequence[float], latitudes: Sequence[float]) -> Coordinates:
    """Coordinates in metres, shape (n, 3), on the ellipsoid (EPSG:4978), right everywhere, overseas included.

    At 20 km the straight line between two points is a centimetre shorter than the path on the ground.
    """
    from pyproj import Transformer

    moved = Transformer.from_crs("EPSG:4979", "EPSG:4978", always_xy=True)
    x, y, z = moved.transform(longitudes, latitudes, np.zeros(len(longitudes)))
    return np.column_stack([x, y, z]).reshape(-1, 3)


def gather(
    structures: Sequence[Structure], declared: Complementarities, *, distance_km: float
) -> tuple[Group, ...]:
    """Groups of every declared pair, the most balanced first: by the smaller side, then by size."""
    found = [
        group for pair in declared.pairs for group in _groups_of(structures, pair, distance_km=distance_km)
    ]
    return tuple(sorted(found, key=lambda group: (*_worth(group.first, group.second), group.centre)))


def _worth(first: Sequence[int], second: Sequence[int]) -> tuple[int, int]:
    """Sorting key: the smaller side counts first, since a group with one partner is hardly one."""
    return -min(len(first), len(second)), -len({*first, *second})


def _groups_of(structures: Sequence[Structure], pair: Pair, *, distance_km: float) -> list[Group]:
    sides = [[one for one in structures if activity in one.activities] for activity in pair.between]
    concerned = {one.rank: one for side in sides for one in side}
    if not all(sides):
        return []
    # In order of rank, so that sums of coordinates are the same to the last digit whatever the order given.
    ordered = [concerned[rank] for rank in sorted(concerned)]
    circles = _circles(ordered, radius_m=distance_km * 500)
    first, second = ({one.rank for one in side} for side in sides)
    return _covered(circles, pair, first, second, concerned)


@dataclass(frozen=True, slots=True)
class _Circle:
    """What lies around a commune; distances in metres, ``None`` where it is the commune itself.

    ``own``: structures of the commune itself; between two circles worth the same, the larger is the centre.
    """

    centre: str
    own: int
    held: Mapping[int, float | None]


def _circles(concerned: Sequence[Structure], *, radius_m: float) -> list[_Circle]:
    """A circle around each commune where some have a place; the communes themselves where none has."""
    placed = [one for one in concerned if one.longitude is not None and one.latitude is not None]
    without = [one for one in concerned if one.longitude is None or one.latitude is None]
    alone: dict[str, dict[int, float | None]] = {}
    for one in without:
        alone.setdefault(one.commune, {})[one.rank] = None
    circles = [_Circle(commune, len(held), held) for commune, held in alone.items()]
    return circles + (_around(placed, radius_m) if placed else [])


def _around(placed: Sequence[Structure], radius_m: float) -> list[_Circle]:
    points = geocentric([one.longitude or 0.0 for one in placed], [one.latitude or 0.0 for one in placed])
    communes = sorted({one.commune for one in placed})
    rank_of = {commune: rank for rank, commune in enumerate(communes)}
    owner = np.array([rank_of[one.commune] for one in placed])
    counts = np.bincount(owner, minlength=len(communes))
    centres = np.column_stack([np.bincount(owner, weights=points[:, axis]) / counts for axis in range(3)])
    tree = shapely.STRtree(shapely.points(points[:, :2]))
    circles = []
    for commune, own, centre in zip(communes, counts.tolist(), centres, strict=True):
        # Seen along the Earth's axis, two points are never farther apart than they are.
        near = np.sort(tree.query(shapely.Point(centre[:2]), predicate="dwithin", distance=radius_m))
        away = np.linalg.norm(points[near] - centre, axis=1)
        held = {
            placed[i].rank: metres
            for i, metres in zip(near.tolist(), away.tolist(), strict=True)
            if metres <= radius_m
        }
        circles.append(_Circle(commune, own, held))
    return circles


def _covered(
    circles: list[_Circle], pair: Pair, first: set[int], second: set[int], concerned: Mapping[int, Structure]
) -> list[Group]:
    """Take the best circle, take its members away, and again until no circle makes a group.

    A circle can only lose worth as members leave: one that still has the worth it was queued with is best.
    """
    groups: list[Group] = []
    taken: set[int] = set()
    queue = [(NOTHING_BETTER, -circle.own, circle.centre, rank) for rank, circle in enumerate(circles)]
    while queue:
        worth, own, centre, rank = heapq.heappop(queue)
        a, b = _sides(circles[rank], taken, first, second)
        if not _is_group(a, b, concerned):
            continue
        if (now := _worth(a, b)) > worth:
            heapq.heappush(queue, (now, own, centre, rank))
            continue
        groups.append(_group(circles[rank], pair, a, b, concerned))
        taken |= {*a, *b}
    return groups


def _sides(
    circle: _Circle, taken: set[int], first: set[int], second: set[int]
) -> tuple[list[int], list[int]]:
    free = circle.held.keys() - taken
    return sorted(free & first), sorted(free & second)


def _is_group(first: list[int], second: list[int], concerned: Mapping[int, Structure]) -> bool:
    """Both activities, enough structures, and at least two legal units: one alone has nobody to meet."""
    members = {*first, *second}
    units = {concerned[rank].unit for rank in members}
    return bool(first and second) and len(members) >= LEAST_MEMBERS and len(units) > 1


def _group(
    circle: _Circle, pair: Pair, first: list[int], second: list[int], concerned: Mapping[int, Structure]
) -> Group:
    members = sorted({*first, *second})
    return Group(
        pair=pair,
        centre=circle.centre,
        first=tuple(first),
        second=tuple(second),
        distances={
            rank: None if (away := circle.held[rank]) is None or not concerned[rank].exact else away / 1000
            for rank in members
        },
        units=len({concerned[rank].unit for rank in members}),
        by_commune=all(circle.held[rank] is None for rank in members),
    )
