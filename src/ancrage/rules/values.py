"""Values a rule works on: yes or no, a number known as an interval, a text, a day, or nothing known."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Interval:
    """A number between ``low`` and ``high``, included; ``None`` is a bound unknown or that does not exist."""

    low: float | None
    high: float | None


Value = bool | Interval | str | date | None
"""``None`` is unknown."""
