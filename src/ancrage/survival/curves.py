"""How long structures last: product-limit curves with delayed entry, and the tests that compare them.

Ages are in years. A unit is watched from its age at the start of the observation (left truncation) to its
age when it closed or when the observation ended (right censoring).

Sources: Kaplan and Meier (1958); Greenwood (1926) for the variance; Kalbfleisch and Prentice (1980) for the
band on the scale log(-log S); Mantel (1966) and Peto and Peto (1972) for the log-rank test; Turnbull (1976)
and Klein and Moeschberger (2003, chapter 4) for risk sets under left truncation.
"""

import math
from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]

LEVEL = 0.95


@dataclass(frozen=True, slots=True)
class Spells:
    """Watched spells, arrays of the same length.

    ``entry`` and ``leaving`` are ages in years (``0 <= entry < leaving``); ``closed`` tells a closure from
    the end of the observation; ``group`` is a position in ``labels``; ``count`` units share each spell, one
    when not given.
    """

    entry: Floats
    leaving: Floats
    closed: Flags
    group: Integers
    labels: tuple[str, ...]
    count: Integers | None = None

    @property
    def counts(self) -> Integers:
        """Units that share each spell."""
        return np.ones(self.leaving.size, dtype=np.int64) if self.count is None else self.count

    def where(self, mine: Flags) -> "Spells":
        """Some of the spells, in the same groups."""
        return Spells(
            self.entry[mine],
            self.leaving[mine],
            self.closed[mine],
            self.group[mine],
            self.labels,
            self.counts[mine],
        )

    def of(self, position: int) -> "Spells":
        """The spells of one group."""
        return self.where(self.group == position)


@dataclass(frozen=True, slots=True)
class Curve:
    """A survival curve: one row an age at which somebody closed, arrays of the same length.

    ``low`` and ``high`` bound ``survival`` at 95 %; they are NaN where no band exists (survival 1 or 0).
    """

    ages: Floats
    at_risk: Integers
    closures: Integers
    survival: Floats
    low: Floats
    high: Floats
    units: int
    last_age: float
    first_age: float

    def at(self, age: float) -> tuple[float, float, float] | None:
        """Survival at an age with its bounds; ``None`` outside the ages at which somebody was watched."""
        if not self.first_age <= age <= self.last_age:
            return None
        before = int(np.searchsorted(self.ages, age, side="right"))
        if before == 0:
            return 1.0, 1.0, 1.0
        row = before - 1
        return float(self.survival[row]), float(self.low[row]), float(self.high[row])

    @property
    def median(self) -> float | None:
        """First age at which half or fewer remain; ``None`` when more than half still do."""
        below = np.flatnonzero(self.survival <= 0.5)
        return float(self.ages[below[0]]) if below.size else None

    @property
    def median_bounds(self) -> tuple[float | None, float | None]:
        """Ages at which the band crosses one half (Brookmeyer and Crowley, 1982)."""
        return _crossing(self.ages, self.low), _crossing(self.ages, self.high)


def _crossing(ages: Floats, bound: Floats) -> float | None:
    below = np.flatnonzero(bound <= 0.5)
    return float(ages[below[0]]) if below.size else None


def estimate(spells: Spells, *, level: float = LEVEL) -> Curve:
    """The product-limit curve of all the spells, with its pointwise band.

    S(t) = prod (1 - d_j / n_j); Var log S = sum d_j / (n_j (n_j - d_j)); band on log(-log S).
    Ages earlier than the first risk set of everybody are left to the reader: see ``first_age``.
    """
    ages, closures = _closures(spells)
    at_risk = _at_risk(spells, ages)
    survival: Floats = np.cumprod(1 - closures / at_risk, dtype=np.float64)
    with np.errstate(divide="ignore", invalid="ignore"):
        variance = np.cumsum(closures / (at_risk * (at_risk - closures)))
    low, high = _band(survival, variance, level)
    return Curve(
        ages=ages,
        at_risk=at_risk,
        closures=closures,
        survival=survival,
        low=low,
        high=high,
        units=int(spells.counts.sum()),
        last_age=float(spells.leaving.max()) if spells.leaving.size else 0.0,
        first_age=float(spells.entry.min()) if spells.entry.size else 0.0,
    )


def _at_risk(spells: Spells, ages: Floats) -> Integers:
    """Units watched just before each age: entered before it, not yet left."""
    return _before(spells.entry, spells.counts, ages) - _before(spells.leaving, spells.counts, ages)


def _before(reached: Floats, counts: Integers, ages: Floats) -> Integers:
    """Units that had reached something just before each age."""
    order = np.argsort(reached)
    together = np.concatenate(([0], np.cumsum(counts[order])))
    found: Integers = together[np.searchsorted(reached[order], ages, side="left")]
    return found


def _closures(spells: Spells) -> tuple[Floats, Integers]:
    """Ages at which somebody closed, and how many did."""
    ages, places = np.unique(spells.leaving[spells.closed], return_inverse=True)
    closures = np.zeros(ages.size, dtype=np.int64)
    np.add.at(closures, places, spells.counts[spells.closed])
    return ages, closures


def _band(survival: Floats, variance: Floats, level: float) -> tuple[Floats, Floats]:
    # The standard library's quantile: SciPy's takes a second to import, for one number.
    wide = NormalDist().inv_cdf((1 + level) / 2)
    with np.errstate(divide="ignore", invalid="ignore"):
        logged = np.log(survival)
        shift = wide * np.sqrt(variance) / logged
        low = np.exp(logged * np.exp(-shift))
        high = np.exp(logged * np.exp(shift))
    return np.minimum(low, high), np.maximum(low, high)


@dataclass(frozen=True, slots=True)
class Comparison:
    """A test that all groups close alike: the statistic, its degrees of freedom, and the p-value."""

    statistic: float
    degrees: int
    p_value: float


def compare(spells: Spells) -> Comparison | None:
    """The log-rank test of k groups under delayed entry; ``None`` with fewer than two groups or no closure.

    At each age the closures of a group are set against those expected from its share of the risk set;
    U' V^-1 U follows a chi-square with k - 1 degrees of freedom.
    """
    ages = np.unique(spells.leaving[spells.closed])
    present = [k for k in range(len(spells.labels)) if np.any(spells.group == k)]
    if len(present) < 2 or not ages.size:
        return None
    at_risk, closures = np.zeros((2, len(present), ages.size))
    for row, k in enumerate(present):
        mine = spells.of(k)
        at_risk[row] = _at_risk(mine, ages)
        own, counts = _closures(mine)
        closures[row, np.searchsorted(ages, own)] = counts
    return score_test(at_risk, closures)


def score_test(at_risk: Floats, closures: Floats) -> Comparison | None:
    """Mantel's test on tables, one a column: units at risk and closures of each group (k × tables)."""
    everybody, closed = at_risk.sum(axis=0), closures.sum(axis=0)
    kept = (everybody > 1) & (closed > 0)
    at_risk, closures, everybody, closed = at_risk[:, kept], closures[:, kept], everybody[kept], closed[kept]
    shares = at_risk / everybody
    gap = (closures - shares * closed).sum(axis=1)[:-1]
    weight = closed * (everybody - closed) / (everybody - 1)
    covariance = (np.diag((shares * weight).sum(axis=1)) - (shares * weight) @ shares.T)[:-1, :-1]
    if not np.any(covariance):
        return None
    statistic = float(gap @ np.linalg.pinv(covariance) @ gap)
    degrees = int(np.linalg.matrix_rank(covariance))
    return Comparison(statistic, degrees, chi_square_tail(statistic, degrees))


def chi_square_tail(statistic: float, degrees: int) -> float:
    """Probability that a chi-square with these degrees of freedom (one or more) passes a statistic.

    Its finite sums (Abramowitz and Stegun, 26.4.4 and 26.4.5): SciPy's takes longer to import than France's
    survival to work out.
    """
    half, odd = statistic / 2, degrees % 2
    if half <= 0:
        return 1.0
    powers = (place + odd / 2 for place in range(degrees // 2))
    terms = (math.exp(power * math.log(half) - half - math.lgamma(power + 1)) for power in powers)
    return min(1.0, math.fsum(terms) + (math.erfc(math.sqrt(half)) if odd else 0.0))
