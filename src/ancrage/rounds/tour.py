"""The shortest round: from a base through every stop and back (travelling salesman), with its bound.

Up to :data:`EXACT_STOPS` stops, the best round is proved by a whole-number program to which the rule broken
by each separate loop is added (Dantzig, Fulkerson & Johnson 1954, Operations Research 2). Beyond, a round is
improved by reversing and moving stretches (Croes 1958; Or 1976), and bounded by 1-trees (Held & Karp 1970,
1971).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ancrage.deferred import Deferred
from ancrage.optimum import Clock, Program, Proof
from ancrage.rounds.bound import one_tree_bound
from ancrage.siting.positions import Floats

if TYPE_CHECKING:
    from scipy import sparse
    from scipy.sparse import csgraph
else:
    sparse = Deferred("scipy.sparse")
    csgraph = Deferred("scipy.sparse.csgraph")

EXACT_STOPS = 40
LONGEST_MOVE = 3
LEAST_GAIN = 1e-9

Order = list[int]


def best_round(km: Floats, seconds: float) -> tuple[Order, Proof]:
    """Order of the points of a round from point 0, and the proof of its length.

    ``km``: symmetric distances, shape (n, n). The order starts with 0 and does not repeat it.
    """
    if len(km) <= 3:
        length = round_length(km, list(range(len(km))))
        return list(range(len(km))), Proof(length, length)
    order = improved_round(km, _nearest_first(km))
    if len(km) - 1 <= EXACT_STOPS:
        return _proved_round(km, order, seconds)
    length = round_length(km, order)
    return order, Proof(length, min(length, one_tree_bound(km, length)))


def round_length(km: Floats, order: Order) -> float:
    """Length of a closed round."""
    return float(km[order, np.roll(order, -1)].sum())


def _nearest_first(km: Floats) -> Order:
    order, left = [0], set(range(1, len(km)))
    while left:
        order.append(min(left, key=lambda point: (km[order[-1], point], point)))
        left.remove(order[-1])
    return order


def improved_round(km: Floats, order: Order) -> Order:
    """Apply the best reversal (2-opt) or move of up to three stops (Or-opt) until none shortens the round."""
    scale = float(km.max()) or 1.0
    while True:
        gain, better = max((_best_reversal(km, order), _best_move(km, order)), key=lambda one: one[0])
        if gain <= LEAST_GAIN * scale:
            return order
        order = better


def _best_reversal(km: Floats, order: Order) -> tuple[float, Order]:
    """Gain of the best reversal of a stretch, all of them looked at together."""
    here = np.array(order)
    ahead = np.roll(here, -1)
    step = km[here, ahead]
    gains = step[:, None] + step[None, :] - km[np.ix_(here, here)] - km[np.ix_(ahead, ahead)]
    gains[np.tril_indices(len(order))] = -np.inf
    first, last = (int(one) for one in np.unravel_index(int(np.argmax(gains)), gains.shape))
    return float(gains[first, last]), [
        *order[: first + 1],
        *order[first + 1 : last + 1][::-1],
        *order[last + 1 :],
    ]


def _best_move(km: Floats, order: Order) -> tuple[float, Order]:
    """Gain of the best move of a stretch of one to three stops elsewhere, either way round."""
    best: tuple[float, Order] = (-np.inf, order)
    for length in range(1, min(LONGEST_MOVE, len(order) - 2) + 1):
        for start in range(1, len(order) - length + 1):
            best = max(best, _best_place(km, order, start, length), key=lambda one: one[0])
    return best


def _best_place(km: Floats, order: Order, start: int, length: int) -> tuple[float, Order]:
    stretch, rest = order[start : start + length], order[:start] + order[start + length :]
    here, ahead = np.array(rest), np.roll(rest, -1)
    head, tail = stretch[0], stretch[-1]
    before, after = order[start - 1], order[(start + length) % len(order)]
    freed = km[before, head] + km[tail, after] - km[before, after]
    added = np.stack([km[here, head] + km[tail, ahead], km[here, tail] + km[head, ahead]]) - km[here, ahead]
    way, place = (int(one) for one in np.unravel_index(int(np.argmin(added)), added.shape))
    moved = stretch[::-1] if way else stretch
    return float(freed - added[way, place]), [*rest[: place + 1], *moved, *rest[place + 1 :]]


def _proved_round(km: Floats, known: Order, seconds: float) -> tuple[Order, Proof]:
    """Best round by whole numbers; the known one and the bound reached when the time is over."""
    clock, length, bound = Clock.of(seconds), round_length(km, known), 0.0
    first, last = np.triu_indices(len(km), 1)
    loops: list[frozenset[int]] = []
    while clock.left:
        solved = _loops_program(km, first, last, loops).solve(clock.left)
        bound = min(length, max(bound, solved.bound))
        if solved.values is None:
            break
        used = solved.values > 0.5
        found = list(_separate(len(km), first[used], last[used]))
        if len(found) == 1:
            order = _followed(first[used], last[used])
            order = min(order, known, key=lambda one: round_length(km, one))
            length = round_length(km, order)
            return order, Proof(length, min(bound, length))
        loops += found
    return known, Proof(length, bound)


def _loops_program(
    km: Floats, first: NDArray[np.intp], last: NDArray[np.intp], loops: list[frozenset[int]]
) -> Program:
    """Each point has two roads; at least two roads leave each loop found before."""
    inside = np.array([[point in loop for point in range(len(km))] for loop in loops], bool)
    leaving = inside[:, first] != inside[:, last] if loops else np.zeros((0, len(first)), bool)
    points = np.arange(len(km))[:, None]
    rows = np.vstack([(first == points) | (last == points), leaving]).astype(np.float64)
    return Program(
        costs=km[first, last],
        rows=sparse.csr_array(rows),
        low=np.full(len(rows), 2.0),
        high=np.concatenate([np.full(len(km), 2.0), np.full(len(loops), np.inf)]),
        whole=np.ones(len(first), bool),
    )


def _separate(points: int, first: NDArray[np.intp], last: NDArray[np.intp]) -> Iterator[frozenset[int]]:
    """The separate loops of a set of roads."""
    roads = sparse.csr_array((np.ones(len(first)), (first, last)), shape=(points, points))
    count, label = csgraph.connected_components(roads, directed=False)
    for loop in range(count):
        yield frozenset(np.flatnonzero(label == loop).tolist())


def _followed(first: NDArray[np.intp], last: NDArray[np.intp]) -> Order:
    """Points of a single loop, walked from 0."""
    beside: dict[int, list[int]] = {}
    for one, other in zip(first.tolist(), last.tolist(), strict=True):
        beside.setdefault(one, []).append(other)
        beside.setdefault(other, []).append(one)
    order = [0, beside[0][0]]
    while len(order) < len(beside):
        came, here = order[-2:]
        order.append(next(point for point in beside[here] if point != came))
    return order
