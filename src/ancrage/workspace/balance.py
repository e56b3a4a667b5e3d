"""What is spent and what pays for it, by year. A sum says how many of its amounts nobody knows."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from ancrage.workspace.models import Cost, Resource
from ancrage.workspace.models.parts import Reply

ZERO = Decimal("0.00")
LOST = (Resource.Stage.REFUSED,)


@dataclass(frozen=True, slots=True)
class Sum:
    """The amounts known, and how many are not; ``None`` when none is."""

    known: Decimal | None = None
    unknown: int = 0

    def __add__(self, other: "Sum") -> "Sum":
        if self.known is None or other.known is None:
            return Sum(self.known if other.known is None else other.known, self.unknown + other.unknown)
        return Sum(self.known + other.known, self.unknown + other.unknown)


@dataclass(frozen=True, slots=True)
class Year:
    """A year of an action or of a plan, in euros."""

    year: int
    planned: Sum
    real: Sum
    asked: Sum
    granted: Sum
    paid: Sum
    confirmed: Sum
    """What is granted and that both sides say."""

    @property
    def left(self) -> Decimal | None:
        """What is still to be found; ``None`` when a cost or a grant is unknown."""
        if self.planned.known is None or self.planned.unknown or self.granted.unknown:
            return None
        return self.planned.known - (self.granted.known or ZERO)


@dataclass(frozen=True, slots=True)
class Balance:
    """Years in order, then all of them together."""

    years: tuple[Year, ...]
    total: Year


def balance_of(costs: Iterable[Cost], resources: Iterable[Resource]) -> Balance:
    """The balance of some costs and resources; what was refused brings nothing."""
    spent, given = list(costs), [one for one in resources if one.stage not in LOST]
    years = sorted({one.year for one in spent} | {one.year for one in given})
    return Balance(
        tuple(
            _year(year, [c for c in spent if c.year == year], [r for r in given if r.year == year])
            for year in years
        ),
        _year(0, spent, given),
    )


def _year(year: int, costs: list[Cost], resources: list[Resource]) -> Year:
    return Year(
        year,
        sum_of(one.planned for one in costs),
        sum_of(one.real for one in costs),
        sum_of(one.asked for one in resources),
        sum_of(one.granted for one in resources),
        sum_of(one.paid for one in resources),
        sum_of(one.granted for one in resources if one.reply == Reply.CONFIRMED),
    )


def sum_of(amounts: Iterable[Decimal | None]) -> Sum:
    """A sum of amounts some of which may be unknown."""
    told = list(amounts)
    known = [one for one in told if one is not None]
    return Sum(sum(known, ZERO) if known else None, len(told) - len(known))
