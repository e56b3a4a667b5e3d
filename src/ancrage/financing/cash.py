"""Cash of a plan: what moves on which day, the lowest point, how long it lasts, and what bridges it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache, cached_property
from importlib.resources import files
from typing import Literal

from ancrage.dating import add_months
from ancrage.declarations.base import Declared
from ancrage.declarations.catalogues import Place, parsed, read_document
from ancrage.declarations.texts import Text
from ancrage.financing.money import CENT, ZERO
from ancrage.financing.plan import Expense, Fund, Plan, Resource

Case = Literal["worst", "central", "best"]
CASES: tuple[Case, ...] = ("worst", "central", "best")


class Hypotheses(Declared):
    """What is supposed of a payment without a day."""

    note: str
    grant_days: int
    europe_months: tuple[int, int, int]


class Bridge(Declared):
    """Who may advance money, to whom (forms of ``needs``, all when empty), on what text.

    ``shares``: whether who advances must hold shares of the holder.
    """

    id: str
    name: str
    who: str
    tool: int | None = None
    aid: str = ""
    free: bool
    needs: tuple[str, ...] = ()
    granted: bool = False
    shares: bool = False
    months: int | None = None
    since: date | None = None
    text: Text


class CashWords(Declared):
    """What is declared of cash."""

    hypotheses: Hypotheses
    bridges: tuple[Bridge, ...]


@cache
def declared() -> CashWords:
    """What is declared of cash."""
    file = files(__package__) / "cash.yaml"
    return parsed(CashWords, read_document(file), Place(file))


@dataclass(frozen=True, slots=True)
class Move:
    """Money in (positive) or out, on a day between two; ``told``: whether the plan says the day."""

    label: str
    amount: Decimal
    first: date
    middle: date
    last: date
    told: bool
    sure: bool = True

    def day(self, case: Case) -> date:
        """Its day in a case: the worst has money come late and leave early."""
        if case == "central":
            return self.middle
        return self.last if (case == "worst") == (self.amount > 0) else self.first


@dataclass(frozen=True, slots=True)
class Gap:
    """Days of negative cash, both included; ``until`` is ``None`` when nothing ends it."""

    since: date
    until: date | None
    deepest: Decimal

    def lasts(self, end: date) -> int:
        """How many days."""
        return ((self.until or end) - self.since).days + 1


@dataclass(frozen=True)
class Course:
    """Cash day after day in a case: the balance at the end of each day on which something moves."""

    opening: Decimal
    begins: date
    points: tuple[tuple[date, Decimal], ...]

    @cached_property
    def lowest(self) -> tuple[Decimal, date]:
        """The lowest balance and the first day it is reached."""
        return min([(self.opening, self.begins), *((amount, on) for on, amount in self.points)])

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """Spells of negative balance."""
        found: list[Gap] = []
        since: date | None = self.begins if self.opening < 0 else None
        deepest = min(self.opening, ZERO)
        for on, balance in self.points:
            if balance < 0:
                since, deepest = since or on, min(deepest, balance)
            elif since is not None:
                if on > since:
                    found.append(Gap(since, on - timedelta(days=1), deepest))
                since, deepest = None, ZERO
        if since is not None:
            found.append(Gap(since, None, deepest))
        return tuple(found)

    def at(self, day: date) -> Decimal:
        """The balance at the end of a day."""
        balance = self.opening
        for on, amount in self.points:
            if on > day:
                break
            balance = amount
        return balance


@dataclass(frozen=True, slots=True)
class Month:
    """A month: its rank from the beginning (1), what comes, what leaves, what remains at its end."""

    rank: int
    since: date
    income: Decimal
    outcome: Decimal
    balance: Decimal
    lowest: Decimal


@dataclass(frozen=True, slots=True)
class BridgeOffer:
    """A bridge that this plan may ask for. ``cost``: ``None`` when no rate is told.

    ``closed``: whether something in the plan ends the gap; ``holders``: for an advance by an authority that
    is an associate, the lines of the plan by which authorities hold shares.
    """

    bridge: Bridge
    amount: Decimal
    since: date
    until: date
    cost: Decimal | None
    closed: bool = True
    holders: tuple[str, ...] = ()

    @property
    def doubts(self) -> tuple[str, ...]:
        """What its length or the plan leave uncertain, in French."""
        found = [] if self.closed else ["rien dans le plan ne referme ce creux"]
        months = self.bridge.months
        if months is not None and self.until >= add_months(self.since, months):
            twice = self.until >= add_months(self.since, 2 * months)
            found.append(
                f"plus long que {2 * months if twice else months} mois{'' if twice else ' : à renouveler'}"
            )
        if self.bridge.shares and not self.holders:
            found.append("le plan n'écrit de parts d'aucune collectivité")
        return tuple(found)


@dataclass(frozen=True)
class Cash:
    """The cash of a plan in three cases."""

    plan: Plan
    moves: tuple[Move, ...]
    begins: date
    courses: dict[Case, Course]

    @property
    def central(self) -> Course:
        """The case of the days told."""
        return self.courses["central"]

    @property
    def supposed(self) -> tuple[Move, ...]:
        """What moves on days that are supposed."""
        return tuple(one for one in self.moves if not one.told)

    @cached_property
    def ends(self) -> date:
        """Last day on which something may move."""
        return max([self.begins, *(one.last for one in self.moves)])

    def rank_of(self, day: date) -> int:
        """Rank of the month of a day, from 1."""
        return (day.year - self.begins.year) * 12 + day.month - self.begins.month + 1

    def months(self) -> Iterator[Month]:
        """Month by month in the central case."""
        since, balance, moves = self.begins.replace(day=1), self.central.opening, self.moves
        end = max([self.begins, *(one.middle for one in moves)])
        while since <= end:
            after = add_months(since, 1)
            here = [one for one in moves if since <= one.middle < after]
            days = [self.central.at(on) for on, _ in self.central.points if since <= on < after]
            income = sum((one.amount for one in here if one.amount > 0), ZERO)
            outcome = -sum((one.amount for one in here if one.amount < 0), ZERO)
            lowest = min([balance, *days])
            balance += income - outcome
            yield Month(self.rank_of(since), since, income, outcome, balance, lowest)
            since = after

    def bridges(self, on: date) -> tuple[BridgeOffer, ...]:
        """Who may advance what the first and deepest gap of the central case lacks."""
        gap = min(self.central.gaps, key=lambda one: one.deepest, default=None)
        if gap is None:
            return ()
        need, until = -gap.deepest, gap.until or self.ends
        days = (until - gap.since).days + 1
        rate = self.plan.bridge_rate
        paid = None if rate is None else (need * rate * days / 365).quantize(CENT)
        return tuple(
            BridgeOffer(
                one,
                need,
                gap.since,
                until,
                ZERO if one.free else paid,
                gap.until is not None,
                self._holders(one),
            )
            for one in declared().bridges
            if self._open(one, on)
        )

    def _holders(self, bridge: Bridge) -> tuple[str, ...]:
        if not bridge.shares:
            return ()
        return tuple(
            one.label
            for one in self.plan.resources
            if one.counted and one.line.code == "10" and one.funder.authority
        )

    def _open(self, bridge: Bridge, on: date) -> bool:
        form = self.plan.holder.form
        granted = any(one.grant and one.state.granted for one in self.plan.resources)
        return (
            (not bridge.needs or form in bridge.needs)
            and (bridge.since is None or on >= bridge.since)
            and (granted or not bridge.granted)
        )


def cash_of(plan: Plan, *, without: Sequence[str] = ()) -> Cash:
    """The cash of a plan; ``without``: resources left out, as one that may not come."""
    moves = tuple(sorted(_moves(plan, frozenset(without)), key=lambda one: (one.middle, one.label)))
    begins = plan.begins or min(
        [one.first for one in moves], default=date(min(plan.years, default=2000), 1, 1)
    )
    courses: dict[Case, Course] = {case: _course(plan, moves, begins, case) for case in CASES}
    return Cash(plan, moves, begins, courses)


def _course(plan: Plan, moves: Sequence[Move], begins: date, case: Case) -> Course:
    days: dict[date, Decimal] = {}
    for one in moves:
        day = max(begins, one.day(case))
        days[day] = days.get(day, ZERO) + one.amount
    balance, points = plan.opening, []
    for day in sorted(days):
        balance += days[day]
        points.append((day, balance))
    return Course(plan.opening, begins, tuple(points))


def _moves(plan: Plan, without: frozenset[str]) -> Iterator[Move]:
    for spent in plan.expenses:
        if spent.line.kind == "argent" and spent.line.code != "68":
            yield from _told(plan, spent, sign=-1)
    for one in plan.resources:
        if (
            one.counted
            and one.line.kind == "argent"
            and one.line.code not in ("78", "79")
            and one.id not in without
        ):
            yield from _told(plan, one, sign=1)


def _told(plan: Plan, line: Expense | Resource, *, sign: int) -> Iterator[Move]:
    """The payments that are told, then what is left on supposed days."""
    left = line.amount
    sure = sign < 0 or (isinstance(line, Resource) and line.state.granted)
    for paid in line.payments:
        last = paid.latest or paid.on
        yield Move(line.label, sign * paid.amount, paid.on, paid.on, last, True, sure)
        left -= paid.amount
    if left > 0:
        first, middle, last = _supposed(plan, line)
        yield Move(line.label, sign * left, first, middle, last, False, sure)


def _supposed(plan: Plan, line: Expense | Resource) -> tuple[date, date, date]:
    """First, middle and last supposed days."""
    supposed = declared().hypotheses
    if isinstance(line, Resource):
        if line.fund in tuple(Fund) and (ends := _last_cost(plan, line)):
            first, middle, last = (add_months(ends, months) for months in supposed.europe_months)
            return first, middle, last
        if line.grant and line.granted_on:
            last = line.granted_on + timedelta(days=supposed.grant_days)
            return line.granted_on, last, last
    return date(line.year, 1, 1), date(line.year, 7, 1), date(line.year, 12, 31)


def _last_cost(plan: Plan, line: Resource) -> date | None:
    """The last day on which an expense that it refunds is paid."""
    days = [
        max((paid.latest or paid.on for paid in cost.payments), default=date(cost.year, 12, 31))
        for cost in plan.costs_of(line)
    ]
    return max(days, default=None)
