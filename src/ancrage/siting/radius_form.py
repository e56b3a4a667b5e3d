"""The p-median among few candidates, settled by HiGHS in its « radius » form.

Elloumi S. (2010), « A tighter formulation of the p-median problem », J. Comb. Optim. 19; García, Labbé &
Marín (2011), INFORMS J. Comput. 23. With the sites sorted by distance from a demand, z_S = 1 when none of
its k nearest (the set S) is open: the cost is the sum of the steps between one distance and the next,
each paid when z_S = 1. Demands that share a set S share its z, which is what makes it small.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ancrage.deferred import Deferred
from ancrage.optimum import Program, Proof
from ancrage.siting.positions import Floats
from ancrage.siting.swaps import Ranks, cost_of

if TYPE_CHECKING:
    from scipy import sparse
else:
    sparse = Deferred("scipy.sparse")

MOST_SETS = 120_000
"""Sets beyond which HiGHS would take minutes: the relaxation's gap is then told as it is."""

MOST_PAIRS = 1_500_000
"""Pairs of a demand and a closer candidate beyond which reading them would take too long."""


def settle(
    costs: Floats, fallback: Floats, allowed: NDArray[np.intp], chosen: Ranks, proof: Proof, seconds: float
) -> tuple[Ranks, Proof]:
    """The best choice among the ``allowed`` candidates, if few enough; else ``chosen`` and its ``proof``.

    No choice better than ``chosen`` opens a candidate that is not allowed, so the bound found among the
    allowed ones, when under the value, holds for all.
    """
    sites = len(chosen)
    kept = np.union1d(allowed, np.array(chosen, np.intp))
    sets = _Sets(sites, len(kept))
    closer = int((costs[kept] < fallback).sum())
    if closer > MOST_PAIRS or not sets.fill(costs[kept], fallback):
        return chosen, proof
    solved = sets.program().solve(seconds)
    better, value = chosen, proof.value
    if solved.values is not None:
        found = [int(kept[rank]) for rank in np.flatnonzero(solved.values[: len(kept)] > 0.5)]
        better = min(chosen, found, key=lambda ranks: cost_of(costs, fallback, ranks))
        value = cost_of(costs, fallback, better)
    return better, Proof(value, min(value, max(proof.bound, sets.base + solved.bound)))


@dataclass(slots=True, eq=False)
class _Sets:
    """The sets of nearest candidates, as bits of a whole number; each but the single ones has a parent."""

    sites: int
    candidates: int
    base: float = 0.0
    rank: dict[int, int] = field(default_factory=dict)
    step: list[float] = field(default_factory=list)
    parent: list[int] = field(default_factory=list)
    added: list[int] = field(default_factory=list)

    def fill(self, costs: Floats, fallback: Floats) -> bool:
        """Read every demand; ``False`` when there are too many sets."""
        for demand in range(costs.shape[1]):
            self._read(costs[:, demand], float(fallback[demand]))
            if len(self.rank) > MOST_SETS:
                return False
        return True

    def _read(self, costs: Floats, fallback: float) -> None:
        """Sets of one demand. Without an existing site, one of its farthest must be open: it stops there."""
        closer = np.flatnonzero(costs < fallback)
        order = closer[np.argsort(costs[closer], kind="stable")]
        steps = np.diff(costs[order], append=fallback)
        last = len(order) if np.isfinite(fallback) else self.candidates - self.sites
        self.base += float(costs[order[0]]) if order.size else fallback
        nearest, parent = 0, -1
        for site, step in zip(order[:last].tolist(), steps[:last].tolist(), strict=True):
            nearest |= 1 << site
            parent = self._known(nearest, parent, site)
            self.step[parent] += step

    def _known(self, nearest: int, parent: int, site: int) -> int:
        found = self.rank.get(nearest)
        if found is None:
            found = self.rank[nearest] = len(self.rank)
            self.step.append(0.0)
            self.parent.append(parent)
            self.added.append(site)
        return found

    def program(self) -> Program:
        """Rows z_S + y_j ≥ z_parent (1 for a set of one), and Σ y = N."""
        count = len(self.rank)
        rows = np.arange(count)
        sets = self.candidates + rows
        parent = np.array(self.parent, np.intp)
        inner = parent >= 0
        line = np.concatenate([rows, rows, rows[inner], np.full(self.candidates, count)])
        column = np.concatenate(
            [sets, np.array(self.added, np.intp), self.candidates + parent[inner], np.arange(self.candidates)]
        )
        value = np.concatenate([np.ones(2 * count), -np.ones(int(inner.sum())), np.ones(self.candidates)])
        shape = (count + 1, self.candidates + count)
        return Program(
            costs=np.concatenate([np.zeros(self.candidates), np.array(self.step)]),
            rows=sparse.csr_array((value, (line, column)), shape=shape),
            low=np.concatenate([np.where(inner, 0.0, 1.0), [float(self.sites)]]),
            high=np.concatenate([np.full(count, np.inf), [float(self.sites)]]),
            whole=np.arange(self.candidates + count) < self.candidates,
        )
