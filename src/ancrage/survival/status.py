"""Survival when only the state on one day is known: alive or ceased, without the day it ceased.

Each unit tells one thing: whether it had ceased by the age it would have on the day of the extract. The
maximum likelihood of the share ceased by each age is the isotonic regression of the states on the ages
(Ayer, Brunk, Ewing, Reid and Silverman, 1955; Groeneboom and Wellner, 1992). Its band is by bootstrap.
"""

from dataclasses import dataclass, replace

import numpy as np

from ancrage.survival.curves import Floats

DRAWS = 200
SEED = 2021


@dataclass(frozen=True, slots=True)
class StatusCurve:
    """Share still active at each age observed, ascending, with its 95 % bootstrap band."""

    ages: Floats
    survival: Floats
    low: Floats
    high: Floats
    units: int
    ceased: int

    def at(self, age: float) -> tuple[float, float, float] | None:
        """Survival at an age with its bounds; ``None`` beyond the ages observed."""
        if not self.ages.size or age < self.ages[0] or age > self.ages[-1]:
            return None
        row = int(np.searchsorted(self.ages, age, side="right")) - 1
        return float(self.survival[row]), float(self.low[row]), float(self.high[row])

    def until(self, age: float) -> "StatusCurve":
        """The curve up to an age: where the oldest are one or two, their state alone would make it fall."""
        kept = self.ages <= age
        return replace(
            self,
            ages=self.ages[kept],
            survival=self.survival[kept],
            low=self.low[kept],
            high=self.high[kept],
        )


def estimate_status(age: Floats, ceased: Floats, *, draws: int = DRAWS) -> StatusCurve:
    """The curve of units by their age on the day of the extract (years) and whether they had ceased (0, 1).

    The band is pointwise, by percentiles of ``draws`` resamplings with a fixed seed.
    """
    ages = np.unique(age)
    share = _ceased_by(age, ceased, ages)
    chance = np.random.default_rng(SEED)
    drawn = np.empty((draws, ages.size))
    for draw in range(draws):
        kept = chance.integers(0, age.size, age.size)
        drawn[draw] = _ceased_by(age[kept], ceased[kept], ages)
    low, high = np.percentile(drawn, [2.5, 97.5], axis=0)
    return StatusCurve(ages, 1 - share, 1 - high, 1 - low, int(age.size), int(ceased.sum()))


def _ceased_by(age: Floats, ceased: Floats, wanted: Floats) -> Floats:
    """Share ceased by each wanted age: a step function, the value of the last age observed before it."""
    from scipy.optimize import isotonic_regression

    known, position, weight = np.unique(age, return_inverse=True, return_counts=True)
    mean = np.bincount(position, weights=ceased) / weight
    fitted = np.asarray(isotonic_regression(mean, weights=weight.astype(float)).x)
    row = np.searchsorted(known, wanted, side="right") - 1
    return np.where(row < 0, 0.0, fitted[np.maximum(row, 0)])
