"""Points and the distances between them, in kilometres « à vol d'oiseau »."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

import numpy as np
from numpy.typing import ArrayLike, NDArray

# SciPy is slow to import: a diagnosis, which measures little, does without it.
if TYPE_CHECKING:
    from scipy.sparse import csr_array

Floats = NDArray[np.float64]

EARTH_RADIUS_KM = 6371.0088
"""Mean radius of the Earth (IUGG); a great circle on it is within 0.5 % of the ellipsoid."""

EDGE_KM = 1e-6
"""A millimetre: a place exactly on the edge of a radius is inside, whatever the rounding of its degrees."""

FEW = 4_000_000
"""Pairs measured one by one in less time than it takes to import SciPy."""


@dataclass(frozen=True, slots=True, eq=False)
class Positions:
    """Points in kilometres, shape (n, 2) on a plane or (n, 3) on the sphere of the Earth."""

    coordinates: Floats

    @classmethod
    def from_degrees(cls, longitude: ArrayLike, latitude: ArrayLike) -> Self:
        """Points from WGS 84 degrees, shapes (n,): distances are then great circles."""
        lon, lat = (np.radians(np.asarray(angle, np.float64)) for angle in (longitude, latitude))
        unit = np.column_stack((np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)))
        return cls(EARTH_RADIUS_KM * unit)

    @classmethod
    def from_metres(cls, x: ArrayLike, y: ArrayLike) -> Self:
        """Points from a projection in metres (Lambert-93…), shapes (n,)."""
        return cls(np.column_stack((np.asarray(x, np.float64), np.asarray(y, np.float64))) / 1000)

    def __len__(self) -> int:
        return len(self.coordinates)

    def take(self, chosen: Sequence[int] | NDArray[Any]) -> "Positions":
        """The points at these ranks."""
        return Positions(self.coordinates[np.asarray(chosen, np.intp)])

    def distances(self, others: "Positions") -> Floats:
        """Kilometres from each point to each of the others, shape (n, others)."""
        from scipy.spatial.distance import cdist

        return self._along(cdist(self.coordinates, others.coordinates))

    def nearest(self, others: "Positions") -> Floats:
        """Kilometres from each point to the nearest of the others, shape (n,); infinite without any."""
        if not len(others):
            return np.full(len(self), np.inf)
        if len(self) * len(others) <= FEW:
            return self._along(np.array([others._closest(point) for point in self.coordinates], np.float64))
        from scipy.spatial import cKDTree

        reached, _ = cKDTree(others.coordinates).query(self.coordinates)
        return self._along(np.asarray(reached, np.float64))

    def _closest(self, point: Floats) -> float:
        gaps = self.coordinates - point
        return float(np.sqrt(np.einsum("ij,ij->i", gaps, gaps).min()))

    def nearest_ranks(self, others: "Positions") -> NDArray[np.intp]:
        """Ranks of the others that are the nearest of at least one point, ascending."""
        if not len(others):
            return np.array([], np.intp)
        from scipy.spatial import cKDTree

        return np.unique(cKDTree(others.coordinates).query(self.coordinates)[1])

    def degrees(self) -> tuple[Floats, Floats]:
        """Longitudes and latitudes of points made from degrees, shapes (n,)."""
        x, y, z = self.coordinates.T
        return np.degrees(np.arctan2(y, x)), np.degrees(np.arcsin(np.clip(z / EARTH_RADIUS_KM, -1, 1)))

    def within(self, others: "Positions", radius_km: float) -> "csr_array":
        """Which of the others lie within the radius of each point, edge included: (n, others) of ones."""
        from scipy.sparse import csr_array
        from scipy.spatial import cKDTree

        pairs = cKDTree(self.coordinates).sparse_distance_matrix(
            cKDTree(others.coordinates), self._straight(radius_km + EDGE_KM), output_type="ndarray"
        )
        return csr_array((np.ones(len(pairs)), (pairs["i"], pairs["j"])), shape=(len(self), len(others)))

    def _along(self, straight: Floats) -> Floats:
        """Length along the ground of straight lines (through the Earth, for points on the sphere)."""
        if self.coordinates.shape[1] == 2:
            return straight
        straight /= 2 * EARTH_RADIUS_KM
        np.minimum(straight, 1.0, out=straight)
        along = np.arcsin(straight, out=straight)
        along *= 2 * EARTH_RADIUS_KM
        return along

    def _straight(self, along: float) -> float:
        if self.coordinates.shape[1] == 2:
            return along
        half = min(along / (2 * EARTH_RADIUS_KM), np.pi / 2)
        return float(2 * EARTH_RADIUS_KM * np.sin(half))


@dataclass(frozen=True, slots=True, eq=False)
class Places:
    """Named points: communes to serve, candidate sites, existing sites. Texts and positions in one order."""

    ids: tuple[str, ...]
    names: tuple[str, ...]
    positions: Positions

    def __len__(self) -> int:
        return len(self.ids)

    def take(self, chosen: Sequence[int] | NDArray[Any]) -> "Places":
        """The places at these ranks, in this order."""
        ranks = [int(rank) for rank in chosen]
        return Places(
            tuple(self.ids[rank] for rank in ranks),
            tuple(self.names[rank] for rank in ranks),
            self.positions.take(ranks),
        )
