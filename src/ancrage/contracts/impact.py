"""A contract paid on results: who does what, what is measured, and what each result pays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from itertools import pairwise

from ancrage.financing.money import CENT, ZERO

SCHEMA = "ancrage-contrat-impact/1"
YEAR = Decimal(365)
"""Days of a year in the convention of XIRR."""


class Law(StrEnum):
    """How the result is uncertain between its bounds."""

    TRIANGULAIRE = "triangulaire"
    NORMALE = "normale"
    BINOMIALE = "binomiale"


@dataclass(frozen=True, slots=True)
class Indicator:
    """What is measured. ``reference``: what would have happened without it; results count above it.

    ``low`` and ``high`` bound what may happen (a normal law has nine chances in ten between them); a binomial
    law counts ``people`` who each succeed with a chance that lies between low and high out of people.
    """

    name: str
    unit: str
    reference: Decimal
    target: Decimal
    low: Decimal
    central: Decimal
    high: Decimal
    law: Law = Law.TRIANGULAIRE
    people: int | None = None


@dataclass(frozen=True, slots=True)
class Draw:
    """Money that investors bring on a day."""

    on: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Step:
    """A result and the share of the most that it pays."""

    result: Decimal
    share: Decimal


@dataclass(frozen=True, slots=True)
class Due:
    """A day of payment, and the part of the whole that it settles."""

    on: date
    weight: Decimal


@dataclass(frozen=True, slots=True)
class Finding:
    """What the evaluator found, on a day: without it nothing is paid."""

    on: date
    result: Decimal
    document: str = ""


@dataclass(frozen=True)
class ImpactContract:
    """A contract. ``rate``: the most that investors earn a year; ``cap``: the most that is ever paid, as the
    contract writes it, else what that rate makes of the draws; ``floor``: the least."""

    name: str
    roles: dict[str, str]
    indicator: Indicator
    draws: tuple[Draw, ...]
    steps: tuple[Step, ...]
    dues: tuple[Due, ...]
    rate: Decimal | None = None
    written_cap: Decimal | None = None
    floor: Decimal = ZERO
    evaluation: Decimal = ZERO
    avoided: Decimal | None = None
    signed_on: date | None = None
    findings: tuple[Finding, ...] = ()
    seed: int = 1
    fictitious: bool = False

    @property
    def principal(self) -> Decimal:
        """What investors bring."""
        return sum((one.amount for one in self.draws), ZERO)

    @cached_property
    def cap(self) -> Decimal:
        """The most that is paid in all."""
        grown = self._grown()
        if self.written_cap is None:
            return self.principal if grown is None else grown
        return self.written_cap if grown is None else min(self.written_cap, grown)

    def _grown(self) -> Decimal | None:
        """What the draws become at the highest rate, each due settling its weight of every draw."""
        if self.rate is None:
            return None
        total = sum(
            (
                one.amount * due.weight * _growth(self.rate, (due.on - one.on).days)
                for one in self.draws
                for due in self.dues
            ),
            ZERO,
        )
        return total.quantize(CENT)

    def share(self, result: Decimal) -> Decimal:
        """The share of the cap that a result pays: straight between two steps, level outside."""
        steps = self.steps
        if result <= steps[0].result:
            return steps[0].share
        for before, after in pairwise(steps):
            if result <= after.result:
                part = (result - before.result) / (after.result - before.result)
                return before.share + part * (after.share - before.share)
        return steps[-1].share

    def paid(self, result: Decimal) -> Decimal:
        """What a result pays in all, to the cent: never under the floor, never above the cap."""
        return max(self.floor, min(self.cap, (self.cap * self.share(result)).quantize(CENT)))

    def payments(self, paid: Decimal) -> tuple[tuple[date, Decimal], ...]:
        """How a sum is paid: to each due its part of it, the last takes what cents leave."""
        weights = self._parts()
        told = [(due.on, (paid * part).quantize(CENT)) for due, part in zip(self.dues, weights, strict=True)]
        rest = paid - sum((amount for _, amount in told[:-1]), ZERO)
        return (*told[:-1], (told[-1][0], rest))

    def _parts(self) -> Sequence[Decimal]:
        """The part of the cap that each due pays: its weight, grown to its day."""
        if self.rate is None:
            return [due.weight for due in self.dues]
        rate = self.rate
        grown = [
            sum((one.amount * due.weight * _growth(rate, (due.on - one.on).days) for one in self.draws), ZERO)
            for due in self.dues
        ]
        whole = sum(grown, ZERO)
        return [one / whole for one in grown] if whole else [due.weight for due in self.dues]

    def avoided_by(self, result: Decimal) -> Decimal | None:
        """What a result spares the payer; ``None`` when nobody says what one unit spares."""
        if self.avoided is None:
            return None
        return (max(ZERO, result - self.indicator.reference) * self.avoided).quantize(CENT)


def _growth(rate: Decimal, days: int) -> Decimal:
    return (1 + rate) ** (Decimal(days) / YEAR)
