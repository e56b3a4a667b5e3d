"""A number known between two bounds: what a band, an amount or a count over unknowns can honestly say."""

from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class Interval:
    """A number between ``low`` and ``high``, included; ``None`` is a bound unknown or that does not exist."""

    low: float | None
    high: float | None

    @classmethod
    def exactly(cls, number: float) -> Self:
        """An interval of no width: the number is known."""
        return cls(float(number), float(number))
