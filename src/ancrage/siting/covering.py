"""Maximal covering: the sites that put most weight within a radius.

Church R., ReVelle C. (1974), « The maximal covering location problem », Papers of the Regional Science
Association 32: maximise Σ wᵢ zᵢ with zᵢ ≤ Σ yⱼ over the sites j within the radius of i, Σ yⱼ ≤ N, y whole.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ancrage.deferred import Deferred
from ancrage.optimum import Clock, Program, Proof
from ancrage.siting.covering_bound import CoveringRelaxation
from ancrage.siting.positions import Floats
from ancrage.siting.swaps import Ranks

if TYPE_CHECKING:
    from scipy import sparse
else:
    sparse = Deferred("scipy.sparse")

SHARE_OF_RELAXATION = 0.5
"""Share of the time given to the relaxation, the rest being for the program that ends the proof."""

MOST_PAIRS = 400_000
"""Pairs of a site and a group beyond which HiGHS may not stop in time: the relaxation's gap is told."""


def best_covering(
    reach: sparse.csr_array, weights: Floats, sites: int, seconds: float
) -> tuple[Ranks, Proof]:
    """Ranks of at most ``sites`` candidates that serve most weight together, and the proof of it.

    ``reach``: (candidates, demand) of ones where a candidate serves a demand not served yet; ``weights``:
    (demand,), known and not negative. The value and its bound are the weight newly served.
    """
    clock = Clock.of(seconds)
    groups, weighed = _grouped(reach, weights)
    if not weighed.size:
        return [], Proof(0.0, 0.0)
    sites = min(sites, groups.shape[0])
    relaxation = CoveringRelaxation(groups, weighed, sites, _greedy(groups, weighed, sites))
    relaxation.tighten(Clock.of(clock.left * SHARE_OF_RELAXATION))
    best, proof = relaxation.best, Proof(relaxation.value, max(relaxation.value, relaxation.bound))
    if not relaxation.is_settled():
        best, proof = _settled(relaxation, proof, clock)
    return best, proof


def _settled(relaxation: CoveringRelaxation, proof: Proof, clock: Clock) -> tuple[Ranks, Proof]:
    """The best choice among the candidates that are left, by whole numbers, if they are few enough.

    A choice better than the known one opens none of the others, so the bound found holds for all.
    """
    allowed = relaxation.allowed()
    left = sparse.csr_array(relaxation.reach[allowed])
    if left.nnz > MOST_PAIRS:
        return relaxation.best, proof
    kept = allowed[_undominated(left, relaxation.weights)]
    program = _program(sparse.csr_array(relaxation.reach[kept]), relaxation.weights, relaxation.sites)
    solved = program.solve(clock.left)
    best = relaxation.best
    if solved.values is not None:
        found = [int(kept[rank]) for rank in np.flatnonzero(solved.values[: len(kept)] > 0.5)]
        best = max(best, found, key=relaxation.served)
    value = relaxation.served(best)
    return best, Proof(value, max(value, min(proof.bound, -solved.bound)))


def _grouped(reach: sparse.csr_array, weights: Floats) -> tuple[sparse.csr_array, Floats]:
    """Demands that the same candidates serve count as one: (candidates, groups) and the weights (groups,)."""
    by_demand = sparse.csr_array(reach.T)
    by_demand.sort_indices()
    members: dict[bytes, list[int]] = {}
    for rank in np.flatnonzero(weights > 0):
        servers = by_demand.indices[by_demand.indptr[rank] : by_demand.indptr[rank + 1]]
        if servers.size:
            members.setdefault(servers.tobytes(), []).append(int(rank))
    firsts = [ranks[0] for ranks in members.values()]
    totals = np.array([weights[ranks].sum() for ranks in members.values()])
    return sparse.csr_array(by_demand[firsts].T), totals


def _undominated(reach: sparse.csr_array, weights: Floats) -> NDArray[np.intp]:
    """Candidates whose groups are not all served by another one: the others never do better."""
    common = sparse.csr_array(reach @ reach.T)
    sizes = np.asarray(reach.sum(axis=1)).ravel()
    value = reach @ weights
    inside, outer = common.nonzero()
    swallowed = (common.data == sizes[inside]) & (inside != outer)
    # Of two candidates that serve the same groups, the first is kept.
    swallowed &= (sizes[outer] > sizes[inside]) | (outer < inside)
    useful = value > 0
    useful[inside[swallowed]] = False
    return np.flatnonzero(useful)


def _greedy(reach: sparse.csr_array, weights: Floats, sites: int) -> Ranks:
    """The best candidate, one at a time: a first choice, and a good one."""
    left = weights.copy()
    chosen: Ranks = []
    for _ in range(min(sites, reach.shape[0])):
        gains = reach @ left
        best = int(np.argmax(gains))
        if gains[best] <= 0:
            break
        chosen.append(best)
        left[reach.indices[reach.indptr[best] : reach.indptr[best + 1]]] = 0
    return chosen


def _program(reach: sparse.csr_array, weights: Floats, sites: int) -> Program:
    candidates, groups = reach.shape
    served = sparse.hstack([sparse.csr_array(reach.T), -sparse.eye_array(groups, format="csr")], format="csr")
    opened = sparse.csr_array(np.concatenate([np.ones(candidates), np.zeros(groups)])[None, :])
    return Program(
        costs=np.concatenate([np.zeros(candidates), -weights]),
        rows=sparse.csr_array(sparse.vstack([served, opened], format="csr")),
        low=np.concatenate([np.zeros(groups), [0.0]]),
        high=np.concatenate([np.full(groups, np.inf), [float(sites)]]),
        # Once the sites are chosen, the best z are 0 or 1 by themselves.
        whole=np.arange(candidates + groups) < candidates,
    )
