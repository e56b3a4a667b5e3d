"""Workforce bands of SIRENE as intervals: never a number that the INSEE did not publish.

The central value of a band is the geometric mean of its bounds, to one decimal: small firms are by far the
most numerous of a band (its distribution falls like a power law), so the middle of the bounds would
overstate; ``01`` (1 or 2) gives 1.4, ``11`` (10 to 19) gives 13.8. The last band has no high bound: its
central value is its low bound, which can only understate.
"""

import math
from dataclasses import dataclass

from ancrage.errors import InvalidCodeError
from ancrage.interval import Interval
from ancrage.register.catalogue import workforce_bands

NOT_EMPLOYER = "NN"


@dataclass(frozen=True, slots=True)
class Workforce(Interval):
    """Number of employees: at least ``low``, at most ``high`` (``None``: no bound is published)."""

    low: int
    high: int | None

    @property
    def central(self) -> float:
        """Geometric mean of the bounds, to one decimal; the low bound where the band is open or holds 0."""
        if self.high is None or self.low == 0:
            return float(self.low)
        return round(math.sqrt(self.low * self.high), 1)


def workforce(band: str | None, mark: bool | None) -> Workforce | None:
    """Employees of an establishment, from its published band and its employer mark (caractereEmployeur).

    ``NN`` means « no employee in the reference year »: it is 0 unless the mark says employer (the staff is
    then unknown). An empty band is unknown. ``None`` is unknown, never zero. Raises
    :class:`InvalidCodeError` for a band the INSEE does not define.
    """
    if not band:
        return None
    if band == NOT_EMPLOYER:
        return None if mark else Workforce(0, 0)
    return intervals()[_known(band)]


def is_employer(band: str | None, mark: bool | None) -> bool | None:
    """Whether an establishment employs: its mark says so, or its band starts at one employee or more.

    Both are published and may differ, since the band is about two years old: one yes is enough.
    """
    interval = workforce(band, mark)
    if mark or (interval is not None and interval.low > 0):
        return True
    return False if mark is False or band == NOT_EMPLOYER else None


def band_label(band: str | None) -> str:
    """French words for a band, for instance « 10 à 19 salariés »."""
    return workforce_bands()[_known(band)].label if band else "effectif inconnu"


def intervals() -> dict[str, Workforce]:
    """Bounds of every band, but the one that says « not an employer »."""
    return {
        code: Workforce(band.low, band.high)
        for code, band in workforce_bands().items()
        if code != NOT_EMPLOYER
    }


def _known(band: str) -> str:
    if band not in workforce_bands():
        raise InvalidCodeError("de tranche d'effectif", band, ", ".join(sorted(workforce_bands())))
    return band
