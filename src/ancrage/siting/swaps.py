"""Choices made better one site at a time: the best to add, the best to swap (Teitz & Bart 1968).

Arrays: ``costs`` (candidates, demand), ``fallback`` (demand,), the cost of the nearest existing site.
"""

import numpy as np
from numpy.typing import NDArray

from ancrage.optimum import Clock
from ancrage.siting.positions import Floats

Ranks = list[int]

BLOCK = 64
"""Candidates looked at together: the block stays in the processor's memory."""

LEAST_GAIN = 1e-9
"""Relative gain under which a swap is only rounding."""


def cost_of(costs: Floats, fallback: Floats, chosen: Ranks) -> float:
    """Total cost of a choice; infinite when nothing is open."""
    return float(np.minimum(fallback, costs[chosen].min(axis=0, initial=np.inf)).sum())


def add_best(costs: Floats, fallback: Floats, chosen: Ranks) -> int:
    """Rank of the candidate that lowers the cost most, the first of equals."""
    nearest = np.minimum(fallback, costs[chosen].min(axis=0, initial=np.inf))
    totals = np.concatenate([
        np.minimum(costs[first : first + BLOCK], nearest).sum(axis=1)
        for first in range(0, len(costs), BLOCK)
    ])  # fmt: skip
    totals[chosen] = np.inf
    return int(np.argmin(totals))


def swap_best(costs: Floats, fallback: Floats, chosen: Ranks, clock: Clock) -> Ranks:
    """Swap an open site for a closed one, the best pair first, until no swap lowers the cost or no time."""
    current = list(chosen)
    value = cost_of(costs, fallback, current)
    while current and clock.left:
        total, entering, leaving = _best_swap(costs, fallback, current)
        if not total < value * (1 - LEAST_GAIN):
            break
        current[leaving], value = entering, total
    return current


def _best_swap(costs: Floats, fallback: Floats, chosen: Ranks) -> tuple[float, int, int]:
    """Total cost after the best swap, the candidate that enters, the position in ``chosen`` that leaves."""
    first, second, owner = _two_nearest(costs[chosen], fallback)
    loses = owner[:, None] == np.arange(len(chosen))
    best = (np.inf, -1, -1)
    for start in range(0, len(costs), BLOCK):
        block = costs[start : start + BLOCK]
        kept = np.minimum(block, first)
        lost = np.minimum(block, second) - kept
        totals = kept.sum(axis=1)[:, None] + lost @ loses
        row, column = np.unravel_index(int(np.argmin(totals)), totals.shape)
        if totals[row, column] < best[0]:
            best = (float(totals[row, column]), start + int(row), int(column))
    return best


def _two_nearest(opened: Floats, fallback: Floats) -> tuple[Floats, Floats, NDArray[np.intp]]:
    """Cost of the nearest and of the second nearest site, and which site is the nearest (-1: existing)."""
    owner = np.argmin(opened, axis=0)
    nearest = opened[owner, np.arange(opened.shape[1])]
    others = opened.copy()
    others[owner, np.arange(opened.shape[1])] = np.inf
    second = np.minimum(others.min(axis=0), fallback)
    existing = fallback <= nearest
    return np.minimum(nearest, fallback), second, np.where(existing, -1, owner)
