"""Confidence interval of a count, exact for a Poisson law (Garwood, Biometrika, 1936)."""

from functools import lru_cache

from scipy.stats import chi2

LEVEL = 0.95


@lru_cache(maxsize=4096)
def garwood(count: int, level: float = LEVEL) -> tuple[float, float]:
    """Bounds of the mean of a Poisson law of which ``count`` events were seen.

    Lower: chi2(α/2; 2k) / 2, and 0 when nothing was seen; upper: chi2(1 - α/2; 2k + 2) / 2.
    """
    if count < 0:
        raise ValueError(f"a count cannot be {count}")
    tail = (1 - level) / 2
    low = float(chi2.ppf(tail, 2 * count)) / 2 if count else 0.0
    return low, float(chi2.ppf(1 - tail, 2 * count + 2)) / 2
