"""A bound on the maximal covering by Lagrangian relaxation, and the candidates it rules out.

Each group may be served without its site being open, against a price 0 ≤ uᵢ ≤ wᵢ. Then

    L(u) = Σ (wᵢ − uᵢ) + the N largest Σ uᵢ over the groups a site reaches

is over the weight of every choice (Galvão & ReVelle 1996, European Journal of Operational Research 88).
The prices come down along a subgradient. When L(u) with site j forced open stays under the best known
weight, no better choice opens j.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ancrage.deferred import Deferred
from ancrage.optimum import EXACT, Clock
from ancrage.siting.positions import Floats
from ancrage.siting.swaps import Ranks

if TYPE_CHECKING:
    from scipy import sparse
else:
    sparse = Deferred("scipy.sparse")

STEPS = 600
PATIENCE = 15
FIRST_PACE = 1.0
LAST_PACE = 1e-3
KEPT_STEP = 0.7


@dataclass(slots=True, eq=False)
class CoveringRelaxation:
    """The relaxation of one problem, tightened in place.

    ``reach`` (candidates, groups) of ones; ``weights`` (groups,) positive; ``sites`` at most the candidates;
    ``best``: the best known choice. ``value``: the weight it serves; ``bound``: no choice serves more.
    """

    reach: sparse.csr_array
    weights: Floats
    sites: int
    best: Ranks
    value: float = field(init=False)
    bound: float = field(init=False)
    _prices: Floats = field(init=False)
    _by_group: sparse.csr_array = field(init=False)

    def __post_init__(self) -> None:
        self._by_group = sparse.csr_array(self.reach.T)
        self.value = self.served(self.best)
        self.bound = float(self.weights.sum())
        self._prices = self.weights / 2

    def served(self, chosen: Ranks) -> float:
        """Weight of the groups a choice reaches."""
        return float(self.weights[self._times_reached(chosen) > 0].sum())

    def tighten(self, clock: Clock) -> None:
        """Come down until the best choice is proved, the steps get too small, or the time is over."""
        prices, step = self._prices, np.zeros_like(self._prices)
        pace, waited = FIRST_PACE, 0
        for _ in range(STEPS):
            level, opened = self._relaxed(prices)
            waited += 1
            if level < self.bound:
                self.bound, waited, self._prices = level, 0, prices
            self._try([int(rank) for rank in opened])
            if waited > PATIENCE:
                pace, waited, prices, step = pace / 2, 0, self._prices, np.zeros_like(step)
            step = KEPT_STEP * step + (self._times_reached(opened) - 1)
            length = float(self.weights * step @ step)
            if not length or pace < LAST_PACE or not clock.left or self.is_settled():
                break
            moved = prices - pace * (level - self.value) / length * self.weights * step
            prices = np.clip(moved, 0, self.weights)

    def is_settled(self) -> bool:
        """Whether the best choice is proved."""
        return self.bound <= self.value * (1 + EXACT)

    def allowed(self) -> NDArray[np.intp]:
        """Ranks of the candidates a choice better than the best may open, and those of the best."""
        gains = self.reach @ self._prices
        level, opened = self._relaxed(self._prices)
        kept = level - gains[opened].min() + gains > self.value * (1 + EXACT)
        kept[opened] = True
        kept[self.best] = True
        return np.flatnonzero(kept)

    def _relaxed(self, prices: Floats) -> tuple[float, NDArray[np.intp]]:
        gains = self.reach @ prices
        opened = np.argpartition(-gains, self.sites - 1)[: self.sites]
        return float((self.weights - prices).sum() + gains[opened].sum()), opened

    def _try(self, opened: Ranks) -> None:
        if (value := self.served(opened)) > self.value:
            self.best, self.value = opened, value

    def _times_reached(self, chosen: Ranks | NDArray[np.intp]) -> Floats:
        opened = np.zeros(self.reach.shape[0])
        opened[np.asarray(chosen, np.intp)] = 1
        return np.asarray(self._by_group @ opened, np.float64)
