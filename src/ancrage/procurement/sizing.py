"""How big a structure must be to carry a purchase alone: an order of size, its assumptions said."""

from dataclasses import dataclass
from datetime import date

from ancrage.dating import Period
from ancrage.declarations.dated_parameters import load_parameters
from ancrage.interval import Interval
from ancrage.procurement.purchase import MONTHS_OF_A_YEAR, Purchase
from ancrage.reasoning import Verdict
from ancrage.register.directory.cards import Card


@dataclass(frozen=True, slots=True)
class Need:
    """Employees that the purchase occupies: its yearly value × share of labour ÷ the yearly cost of one."""

    employees: Interval
    labour_share: float
    yearly_cost: float

    @property
    def low(self) -> float:
        """At least."""
        return self.employees.low or 0.0

    @property
    def high(self) -> float:
        """At most."""
        return self.employees.high if self.employees.high is not None else float("inf")


def need_of(purchase: Purchase) -> Need:
    """The employees that a purchase occupies. A purchase of unknown duration is taken for a year."""
    share = value_on("achats.part-main-oeuvre", purchase.on)
    cost = value_on("achats.cout-horaire", purchase.on) * value_on("achats.heures-annuelles", purchase.on)
    years = max((purchase.months or MONTHS_OF_A_YEAR) / MONTHS_OF_A_YEAR, 1 / MONTHS_OF_A_YEAR)
    low, high = (None if bound is None else bound / years * share / cost for bound in _bounds(purchase.value))
    return Need(Interval(low, high), share, cost)


def _bounds(value: Interval) -> tuple[float | None, float | None]:
    return value.low, value.high


def size_verdict(told: Card, need: Need) -> Verdict:
    """Whether its published workforce can carry it alone: a band decides only when it does so whole."""
    if told.jobs is None:
        return Verdict.A_VERIFIER
    if told.jobs.low >= need.high:
        return Verdict.OUI
    if told.jobs.high is not None and told.jobs.high < need.low:
        return Verdict.NON
    return Verdict.A_VERIFIER


def value_on(parameter: str, on: date) -> float:
    """A scalar parameter on a day. Raises :class:`LookupError` on a day without value."""
    for value in load_parameters()[parameter].values:
        if on in Period(value.since, value.until):
            return value.value
    raise LookupError(f"{parameter} has no value on {on}")
