"""What a contract may pay: draws of its result, its interval, the yield, who bears what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ancrage.contracts.impact import ImpactContract, Law
from ancrage.financing.money import CENT, ZERO

DRAWS = 10_000
LOW, HIGH = 5, 95
"""Hundredths of the draws that lie under each bound."""
CERTAIN = 1.6449
"""Standard deviations from the mean that leave one chance in twenty on each side."""
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Bounds:
    """A sum that nineteen draws in twenty keep above, that half do, and that one in twenty passes."""

    low: Decimal
    central: Decimal
    high: Decimal


@dataclass(frozen=True, slots=True)
class Point:
    """A result and what it pays."""

    result: Decimal
    paid: Decimal


@dataclass(frozen=True, slots=True)
class Simulation:
    """What a contract may do. ``loss``: chance that investors do not get their money back, ``nothing`` that
    they get nothing; ``avoided``: what the results spare the payer, by the same draws; ``xirr``: ``None`` for
    a total loss, which has no yield."""

    contract: ImpactContract
    results: Bounds
    paid: Bounds
    xirr: float | None
    xirr_low: float | None
    xirr_high: float | None
    mean: Decimal
    loss: float
    nothing: float
    capped: float
    avoided: Bounds | None
    curve: tuple[Point, ...]

    @property
    def cost(self) -> Decimal:
        """What the payer spends at the centre: payment and evaluation."""
        return self.paid.central + self.contract.evaluation

    @property
    def saved(self) -> Decimal | None:
        """What it gains at the centre, negative when the contract costs more than it spares."""
        return None if self.avoided is None else self.avoided.central - self.cost


def simulate(contract: ImpactContract, *, draws: int = DRAWS) -> Simulation:
    """Draw the result, and pay each draw."""
    results = drawn(contract, draws)
    paid = paid_for(contract, results)
    bounds = _bounds(paid)
    principal = float(contract.principal)
    return Simulation(
        contract,
        _bounds(results),
        bounds,
        _yield(contract, bounds.central),
        _yield(contract, bounds.low),
        _yield(contract, bounds.high),
        _cents(paid.mean()),
        float((paid < principal).mean()),
        float((paid <= 0).mean()),
        float((paid >= float(contract.cap)).mean()),
        _avoided(contract, results),
        _curve(contract),
    )


def drawn(contract: ImpactContract, draws: int) -> Floats:
    """Results, from the law of the indicator; the same for the same seed."""
    random, one = np.random.default_rng(contract.seed), contract.indicator
    low, central, high = float(one.low), float(one.central), float(one.high)
    if low >= high:
        return np.full(draws, central)
    if one.law is Law.NORMALE:
        return np.maximum(0.0, random.normal(central, (high - low) / 2 / CERTAIN, draws))
    chosen = random.triangular(low, min(max(central, low), high), high, draws)
    if one.law is Law.BINOMIALE and one.people:
        chances = np.clip(chosen / one.people, 0.0, 1.0)
        return random.binomial(one.people, chances).astype(np.float64)
    return chosen


def paid_for(contract: ImpactContract, results: Floats) -> Floats:
    """What each result pays."""
    steps = contract.steps
    shares = np.interp(results, [float(one.result) for one in steps], [float(one.share) for one in steps])
    cap, floor = float(contract.cap), float(contract.floor)
    return np.clip(np.round(shares * cap, 2), floor, cap)


def xirr(flows: Sequence[tuple[date, Decimal]]) -> float | None:
    """The yearly rate at which flows are worth nothing; ``None`` when no rate is."""
    import pyxirr

    if not any(amount > 0 for _, amount in flows) or not any(amount < 0 for _, amount in flows):
        return None
    found: Any = pyxirr.xirr([on for on, _ in flows], [float(amount) for _, amount in flows])
    return None if found is None else float(found)


def flows_of(contract: ImpactContract, paid: Decimal) -> tuple[tuple[date, Decimal], ...]:
    """What investors pay (negative) and receive."""
    return (*((one.on, -one.amount) for one in contract.draws), *contract.payments(paid))


def _yield(contract: ImpactContract, paid: Decimal) -> float | None:
    return xirr(flows_of(contract, paid)) if paid > ZERO else None


def _avoided(contract: ImpactContract, results: Floats) -> Bounds | None:
    if contract.avoided is None:
        return None
    reference, unit = float(contract.indicator.reference), float(contract.avoided)
    return _bounds(np.maximum(0.0, results - reference) * unit)


def _bounds(values: Floats) -> Bounds:
    low, central, high = np.percentile(values, [LOW, 50, HIGH])
    return Bounds(_cents(low), _cents(central), _cents(high))


def _cents(value: Any) -> Decimal:
    return Decimal(repr(float(value))).quantize(CENT)


POINTS = 40


def _curve(contract: ImpactContract) -> tuple[Point, ...]:
    """What results pay, from nothing to a little more than the highest step, the steps included."""
    last = max(contract.steps[-1].result, contract.indicator.high) * Decimal("1.1")
    even = {last * rank / POINTS for rank in range(POINTS + 1)}
    every = sorted(even | {one.result for one in contract.steps})
    return tuple(Point(one, contract.paid(one)) for one in every)
