"""Insertion hours of a social clause, as facilitators count them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class InsertionHours:
    """``value`` euros without tax; ``labour`` and ``insertion``: shares, 0 to 1; ``hourly_cost`` in euros."""

    value: float
    labour: float
    insertion: float
    hourly_cost: float

    @property
    def hours(self) -> int:
        """Whole hours: value × share of labour × share of insertion ÷ hourly cost."""
        return int(self.value * self.labour * self.insertion / self.hourly_cost + 1e-9)
