"""A bound on the p-median by Lagrangian relaxation, and the candidates it rules out.

Each demand must be served by one site; let it be served by none or by several against a price λᵢ. Then

    L(λ) = Σ λᵢ + Σ min(0, existingᵢ − λᵢ) + the N smallest ρⱼ,   ρⱼ = Σ min(0, costⱼᵢ − λᵢ)

is under the cost of every choice, whatever λ (Cornuéjols, Fisher & Nemhauser 1977, Management Science 23).
The prices climb along a subgradient (Held, Wolfe & Crowder 1974), each scaled by what its demand costs on
average and with some of the former step kept (Camerini, Fratta & Maffioli 1975). When L(λ) with site j forced
open goes over the best known cost, no better choice opens j: it is ruled out, and the next steps cost less.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from ancrage.optimum import EXACT, Clock
from ancrage.siting.positions import Floats
from ancrage.siting.swaps import BLOCK, Ranks, cost_of, swap_best

STEPS = 500
PATIENCE = 20
FIRST_PACE = 1.0
LAST_PACE = 1e-3
KEPT_STEP = 0.7
STEPS_BETWEEN_REMOVALS = 20


@dataclass(slots=True, eq=False)
class Relaxation:
    """The relaxation of one problem, tightened in place.

    ``costs`` (candidates, demand); ``fallback`` (demand,), infinite without existing sites; ``best``: the
    best known choice, of as many ranks as sites to open. ``active``: ranks not ruled out; ``bound``: proven.
    """

    costs: Floats
    fallback: Floats
    best: Ranks
    value: float = field(init=False)
    bound: float = field(init=False)
    active: NDArray[np.intp] = field(init=False)
    _prices: Floats = field(init=False)
    _fast: NDArray[np.float32] = field(init=False)

    def __post_init__(self) -> None:
        self.value = cost_of(self.costs, self.fallback, self.best)
        # Nobody is nearer than with every candidate open.
        self.bound = float(np.minimum(self.costs.min(axis=0), self.fallback).sum())
        self.active = np.arange(len(self.costs))
        self._prices = self._first_prices()
        # Half the bytes for the climb; the bound told is computed again in full precision.
        self._fast = self.costs.astype(np.float32)

    def tighten(self, seconds: float) -> None:
        """Climb until the best choice is proved, the steps get too small, or the time is over."""
        clock, pace, waited, highest = Clock.of(seconds), FIRST_PACE, 0, -np.inf
        scale = np.minimum(self.costs.mean(axis=0), self.fallback)
        prices, step = self._prices, np.zeros_like(self._prices)
        for turn in range(1, STEPS + 1):
            level, opened = self._relaxed(prices)
            waited += 1
            if level > highest:
                highest, waited, self._prices = level, 0, prices
            self._try(opened, clock)
            if turn % STEPS_BETWEEN_REMOVALS == 0:
                self._rule_out()
            if waited > PATIENCE:
                pace, waited, prices = pace / 2, 0, self._prices
                step = np.zeros_like(step)
            step = KEPT_STEP * step + self._slope(prices, opened)
            length = float(scale * step @ step)
            if not length or pace < LAST_PACE or not clock.left or self._is_settled():
                break
            prices = np.maximum(prices + pace * (self.value - level) / length * scale * step, 0)
        self._rule_out()

    def _is_settled(self) -> bool:
        return self.bound >= self.value * (1 - EXACT)

    def _first_prices(self) -> Floats:
        """Between the nearest and the second nearest open site: where the best prices lie."""
        nearest, second = np.sort(np.vstack([self.costs[self.best], self.fallback]), axis=0)[:2]
        return np.asarray((nearest + np.where(np.isfinite(second), second, 2 * nearest)) / 2, np.float64)

    def _relaxed(self, prices: Floats) -> tuple[float, NDArray[np.intp]]:
        """L(λ), in single precision, and the ranks of the sites it opens."""
        reduced = _reduced_costs(self._fast, prices.astype(np.float32))
        opened = _smallest(reduced, len(self.best))
        return self._level(prices, reduced[opened]), self.active[opened]

    def _level(self, prices: Floats, opened: Floats) -> float:
        return float(prices.sum() + np.minimum(self.fallback - prices, 0).sum() + opened.sum())

    def _try(self, opened: NDArray[np.intp], clock: Clock) -> None:
        """Keep the sites the relaxation opens when they make a better choice."""
        found = [int(rank) for rank in opened]
        if cost_of(self.costs, self.fallback, found) < self.value * (1 - EXACT):
            self.best = swap_best(self.costs, self.fallback, found, clock)
            self.value = cost_of(self.costs, self.fallback, self.best)

    def _slope(self, prices: Floats, opened: NDArray[np.intp]) -> Floats:
        """Dearer where nobody serves, cheaper where several do."""
        servers = (self.costs[opened] < prices).sum(axis=0) + (self.fallback < prices)
        return np.asarray(1.0 - servers, np.float64)

    def _rule_out(self) -> None:
        """Renew the bound in full precision, and drop the candidates no better choice opens."""
        reduced = _reduced_costs(self.costs[self.active], self._prices)
        opened = _smallest(reduced, len(self.best))
        level = self._level(self._prices, reduced[opened])
        self.bound = max(self.bound, min(level, self.value))
        forced = level - reduced[opened].max() + reduced
        kept = forced < self.value * (1 - EXACT)
        kept[opened] = True
        if not kept.all():
            self.active, self._fast = self.active[kept], self._fast[kept]


def _smallest(reduced: Floats, sites: int) -> NDArray[np.intp]:
    return np.argpartition(reduced, sites - 1)[:sites]


def _reduced_costs(costs: NDArray[np.floating], prices: NDArray[np.floating]) -> Floats:
    """ρⱼ of each candidate, shape (candidates,)."""
    found = np.empty(len(costs))
    for start in range(0, len(costs), BLOCK):
        block = costs[start : start + BLOCK] - prices
        found[start : start + BLOCK] = np.minimum(block, 0, out=block).sum(axis=1, dtype=np.float64)
    return found
