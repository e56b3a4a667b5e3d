"""Trend of rates over periods: Kendall's rank test, and the median slope."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from ancrage.deferred import Deferred

if TYPE_CHECKING:
    from scipy import stats
else:
    stats = Deferred("scipy.stats")


FEWEST_PERIODS = 4
"""Under four periods no order of the rates can be told from chance: nothing is said."""
THRESHOLD = 0.05


@dataclass(frozen=True, slots=True)
class Trend:
    """``tau``: Kendall's tau-b, from -1 to 1; ``p_value``: two-sided; ``slope``: rate gained a period."""

    periods: int
    tau: float
    p_value: float
    slope: float

    @property
    def direction(self) -> Literal["hausse", "baisse", "indecidable"]:
        """What the test tells at the threshold of 5 %."""
        if self.p_value >= THRESHOLD:
            return "indecidable"
        return "hausse" if self.tau > 0 else "baisse"


def trend(positions: Sequence[int], rates: Sequence[float]) -> Trend | None:
    """Trend of the known rates; ``None`` with fewer than four, or when they are all equal.

    ``positions``: rank of each period in the span, so that a period without text leaves a gap. Kendall's
    test supposes no law for the rates; it takes each period alike, long texts or short.
    """
    if len(rates) < FEWEST_PERIODS or min(rates) == max(rates):
        return None
    found = stats.kendalltau(positions, rates)
    slope = stats.theilslopes(rates, positions)[0]
    tau, p_value = float(found.statistic), float(found.pvalue)
    return None if math.isnan(tau) else Trend(len(rates), tau, p_value, float(slope))
