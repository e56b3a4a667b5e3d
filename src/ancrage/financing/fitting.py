"""What to change so that a plan keeps its ceilings: the most that its public resources may still be."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_UP, Decimal

from ancrage.financing.cumulation import pair
from ancrage.financing.money import CENT, ZERO, cents_down, eur
from ancrage.financing.plan import Fund, Funder, Plan, Resource
from ancrage.financing.ruling.ceilings import (
    OVERSEAS,
    STATE_GRANTS,
    most_of,
)
from ancrage.financing.ruling.european import european_base, public_counterparts, version_of
from ancrage.financing.ruling.state_aid import CEILINGS, Granted, window_of
from ancrage.financing.texts import rules
from ancrage.reasoning import Verdict

SECONDS = 2.0
ROUNDS = 200
"""Cents taken back at most: what a solver of floating numbers leaves above a ceiling is under a euro."""


@dataclass(frozen=True, slots=True)
class Row:
    """A ceiling: the sum of coefficient × amount stays at or under ``most``. ``label`` says whose it is."""

    label: str
    weights: Mapping[str, Decimal]
    most: Decimal

    def over(self, amounts: Mapping[str, Decimal]) -> Decimal:
        """How much above the ceiling."""
        return sum((weight * amounts[one] for one, weight in self.weights.items()), ZERO) - self.most


@dataclass(frozen=True, slots=True)
class Kept:
    """A resource, what is asked of it, what it may be, and the ceilings that hold it."""

    resource: Resource
    amount: Decimal
    why: tuple[str, ...]

    @property
    def less(self) -> Decimal:
        """How much less than asked."""
        return self.resource.amount - self.amount


@dataclass(frozen=True, slots=True)
class Fit:
    """The largest amounts that keep every ceiling. ``missing``: what other resources must then bring."""

    kept: tuple[Kept, ...]
    missing: Decimal
    plan: Plan


def fit(plan: Plan, *, on: date) -> Fit | None:
    """The largest public resources that keep the ceilings; ``None`` when nothing may still change.

    What is granted, and what is not public, stays as it is. A text that nobody read binds nothing.
    """
    free = [one for one in plan.resources if one.counted and one.grant and not one.state.granted]
    if not free:
        return None
    rows = tuple(_rows(plan, free, on))
    apart = tuple(_apart(free, on))
    amounts = _repaired(_solved(free, rows, apart), rows)
    kept = tuple(Kept(one, amounts[one.id], _why(one, amounts, rows)) for one in free)
    changed = {one.resource.id: one.amount for one in kept}
    after = replace(
        plan, resources=tuple(replace(one, amount=changed.get(one.id, one.amount)) for one in plan.resources)
    )
    return Fit(kept, max(ZERO, plan.spent() - after.found()), after)


def _rows(plan: Plan, free: Sequence[Resource], on: date) -> Iterator[Row]:
    one_each = {one.id: Decimal(1) for one in free}
    fixed = sum((one.amount for one in plan.resources if one.counted and one.line.kind == "argent"), ZERO)
    fixed -= sum((one.amount for one in free), ZERO)
    yield Row("le coût du projet", one_each, max(ZERO, plan.spent() - fixed))
    for one in free:
        yield Row("ce qui est demandé", {one.id: Decimal(1)}, one.amount)
        if (most := most_of(plan, one)) is not None:
            yield Row(one.text or "le plafond du financeur", {one.id: Decimal(1)}, most)
    yield from _european(plan, free, on)
    yield from _state(plan, free, on)
    yield from _small(plan, free, on)
    yield from _own(plan, free, on)


def _european(plan: Plan, free: Sequence[Resource], on: date) -> Iterator[Row]:
    for fund in Fund:
        given = [one for one in plan.resources if one.counted and one.fund is fund]
        version = version_of(fund, given, on)
        if not given or version is None or not version.certain:
            continue
        rate, label = version.values["taux"], rules()[f"taux_{fund.value}"].label
        if version.share_of == "depense_publique":
            public = [one for one in public_counterparts(plan) if one not in given]
            weights = {one.id: 1 - rate for one in free if one in given}
            weights |= {one.id: -rate for one in free if one in public}
            settled = sum((one.amount for one in public if one not in free), ZERO) * rate
            settled -= sum((one.amount for one in given if one not in free), ZERO) * (1 - rate)
            yield Row(label, weights, settled)
        else:
            base, _ = european_base(plan, version, given)
            settled = sum((one.amount for one in given if one not in free), ZERO)
            yield Row(label, {one.id: Decimal(1) for one in free if one in given}, rate * base - settled)


def _state(plan: Plan, free: Sequence[Resource], on: date) -> Iterator[Row]:
    given = [one for one in plan.resources if one.counted and one.aid in STATE_GRANTS]
    version = rules()["dotations_etat"].version_on(on)
    if given and version is not None:
        base = max(one.base if one.base is not None else plan.paid_by(one) for one in given)
        settled = sum((one.amount for one in given if one not in free), ZERO)
        weights = {one.id: Decimal(1) for one in given if one in free}
        yield Row(rules()["dotations_etat"].label, weights, version.values["plafond"] * base - settled)


def _small(plan: Plan, free: Sequence[Resource], on: date) -> Iterator[Row]:
    for regime, identifier in CEILINGS.items():
        weights = {one.id: Decimal(1) for one in free if one.regime is regime}
        settled = [
            Granted(one.label, one.granted_on or on, one.amount)
            for one in plan.resources
            if one.counted and one.regime is regime and one not in free
        ]
        past = [Granted(one.label, one.granted_on, one.amount) for one in plan.past if one.regime is regime]
        window = window_of([*past, *settled], identifier, on)
        if weights and window is not None:
            yield Row(rules()[identifier].label, weights, window.ceiling - window.total)


def _own(plan: Plan, free: Sequence[Resource], on: date) -> Iterator[Row]:
    version = rules()["participation_minimale"].version_on(on)
    invests = any(one.line.code == "2" for one in plan.expenses)
    if (
        version is None
        or not plan.holder.authority
        or not invests
        or plan.holder.commune.startswith(OVERSEAS)
    ):
        return
    part = version.values["part" if plan.holder.lead is False else "chef_de_file"]
    private = sum((one.amount for one in plan.resources if one.counted and one.funder is Funder.PRIVE), ZERO)
    settled = sum(
        (one.amount for one in plan.resources if one.counted and one.grant and one not in free), ZERO
    )
    most = (1 - part) * (plan.spent() - private) - settled
    yield Row(rules()["participation_minimale"].label, {one.id: Decimal(1) for one in free}, most)


def _apart(free: Sequence[Resource], on: date) -> Iterator[tuple[str, str]]:
    """Resources of which only one may be kept."""
    for first, second in itertools.combinations(free, 2):
        if first.aid and second.aid and first.aid != second.aid:
            told = pair(first.aid, second.aid, on=on)
            if told.verdict is Verdict.NON:
                yield first.id, second.id


def _solved(
    free: Sequence[Resource], rows: Sequence[Row], apart: Sequence[tuple[str, str]]
) -> dict[str, Decimal]:
    """The best amounts, as a solver gives them: to be repaired to the cent."""
    import numpy as np
    from scipy.sparse import csr_array

    from ancrage.optimum import Program

    rank = {one.id: at for at, one in enumerate(free)}
    size, scale = len(free), max(float(max((one.amount for one in free), default=CENT)), 1.0)
    table, most = [], []
    for row in rows:
        line = np.zeros(2 * size)
        for one, weight in row.weights.items():
            line[rank[one]] = float(weight * free[rank[one]].amount) / scale
        table.append(line)
        most.append(float(row.most) / scale)
    for first, second in apart:
        for one in (first, second):
            line = np.zeros(2 * size)
            line[rank[one]], line[size + rank[one]] = 1.0, -1.0
            table.append(line)
            most.append(0.0)
        line = np.zeros(2 * size)
        line[size + rank[first]] = line[size + rank[second]] = 1.0
        table.append(line)
        most.append(1.0)
    costs = np.array([-float(one.amount) / scale for one in free] + [0.0] * size)
    whole = np.array([False] * size + [bool(apart)] * size)
    bounds = np.array(most)
    found = Program(costs, csr_array(np.array(table)), np.full(len(most), -np.inf), bounds, whole).solve(
        SECONDS
    )
    if found.values is None:
        return {one.id: ZERO for one in free}
    parts = [min(1.0, max(0.0, float(part))) for part in found.values[:size]]
    return {
        one.id: (one.amount * Decimal(repr(part))).quantize(CENT)
        for one, part in zip(free, parts, strict=True)
    }


def _repaired(amounts: dict[str, Decimal], rows: Sequence[Row]) -> dict[str, Decimal]:
    """The same amounts, exact: what is above a ceiling is taken back, cent by cent if need be."""
    for _ in range(ROUNDS):
        broken = next((row for row in rows if row.over(amounts) > 0), None)
        if broken is None:
            return amounts
        worst = max(
            (one for one in broken.weights if amounts[one] > 0),
            key=lambda one: broken.weights[one],
            default="",
        )
        if not worst or broken.weights[worst] <= 0:
            return dict.fromkeys(amounts, ZERO)
        back = (broken.over(amounts) / broken.weights[worst]).quantize(CENT, ROUND_UP)
        amounts[worst] = max(ZERO, cents_down(amounts[worst] - back))
    return dict.fromkeys(amounts, ZERO)


def _why(one: Resource, amounts: Mapping[str, Decimal], rows: Sequence[Row]) -> tuple[str, ...]:
    """The ceilings that hold a resource: with a euro more, they would be passed."""
    if amounts[one.id] == one.amount:
        return ()
    held = (row.label for row in rows if row.weights.get(one.id, ZERO) > 0 and row.over(amounts) > -1)
    return tuple(dict.fromkeys(held)) or (
        f"une aide qui ne s'ajoute pas à celle-ci ({eur(one.amount)} demandés)",
    )
