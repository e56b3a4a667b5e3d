"""A bound on the shortest round by 1-trees: Held & Karp (1970, Operations Research 18; 1971, Math. Prog. 1).

A round is a tree on all points but the base, and two roads from the base. The least such tree is shorter
than any round; a price on each point, which changes no round's rank, brings it close to the best.
"""

import numpy as np
from numpy.typing import NDArray

from ancrage.siting.positions import Floats

STEPS = 300
PATIENCE = 10
FIRST_PACE = 2.0
LAST_PACE = 1e-3


def one_tree_bound(km: Floats, length: float) -> float:
    """Kilometres no round is shorter than. ``km`` (n, n), n at least 4; ``length``: that of a known round."""
    prices = np.zeros(len(km))
    best, pace, waited = 0.0, FIRST_PACE, 0
    for _ in range(STEPS):
        tree, roads = _one_tree(km + prices[:, None] + prices[None, :])
        level = tree - 2 * float(prices.sum())
        waited = 0 if level > best else waited + 1
        best = max(best, level)
        slope = roads - 2.0
        squared = float(slope @ slope)
        if waited > PATIENCE:
            pace, waited = pace / 2, 0
        if not squared or pace < LAST_PACE:
            break
        prices = prices + pace * max(length - level, 0.0) / squared * slope
    return best


def _one_tree(km: Floats) -> tuple[float, NDArray[np.float64]]:
    """Length of the least 1-tree, and how many of its roads meet each point (Prim 1957, base left out)."""
    points = len(km)
    roads = np.zeros(points)
    nearest, link = km[1].copy(), np.ones(points, np.intp)
    outside = np.ones(points, bool)
    outside[:2] = False
    length = 0.0
    for _ in range(points - 2):
        point = int(np.argmin(np.where(outside, nearest, np.inf)))
        length += float(nearest[point])
        roads[point] += 1
        roads[link[point]] += 1
        outside[point] = False
        closer = km[point] < nearest
        nearest = np.where(closer, km[point], nearest)
        link = np.where(closer, point, link)
    two = np.argsort(km[0, 1:], kind="stable")[:2] + 1
    roads[two] += 1
    roads[0] = 2
    return length + float(km[0, two].sum()), roads
