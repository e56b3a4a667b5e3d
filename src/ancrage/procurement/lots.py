"""Lots that fit: how to cut a purchase so that those around can carry it, alone or together.

An integer program: as few lots as possible, each with enough candidates able to carry it alone, all of them
carried at the same time by the structures known, in groups of three at most. What nobody around can carry is
told, never hidden.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from ancrage.deferred import Deferred
from ancrage.optimum import Floats, Program, Proof
from ancrage.procurement.suppliers import Supplier, Suppliers

if TYPE_CHECKING:
    from scipy import sparse
else:
    sparse = Deferred("scipy.sparse")

UNITS = 10
"""Parts of the need in which lots are cut."""
MOST_LOTS = 4
MOST_MEMBERS = 3
MOST_SUPPLIERS = 8
ENOUGH = 2
"""Candidates able to carry a lot alone under which competition is missing."""
SECONDS = 8.0
LOT, LACKING, MEMBER, UNCARRIED = 1.0, 2.0, 0.25, 40.0
"""Costs: one more lot, a candidate missing for one, one more member of a group, a lot left uncarried."""


@dataclass(frozen=True, slots=True)
class Cut:
    """A cut into equal lots: how many structures could carry one alone, surely and perhaps."""

    lots: int
    share: float
    alone: int
    perhaps: int


@dataclass(frozen=True, slots=True)
class Lot:
    """A lot of the plan: its share of the whole, its candidates alone, who could carry it, what is left."""

    share: float
    candidates: int
    carriers: tuple[tuple[Supplier, float], ...]
    uncarried: float

    @property
    def together(self) -> bool:
        """Whether it takes a group (cotraitance)."""
        return len(self.carriers) > 1


@dataclass(frozen=True, slots=True)
class LotPlan:
    """The cuts compared, and the best one found. ``sized``: structures whose workforce is known."""

    cuts: tuple[Cut, ...]
    lots: tuple[Lot, ...]
    proof: Proof | None
    sized: int
    unsized: int


def plan_lots(everyone: Suppliers, *, seconds: float = SECONDS) -> LotPlan:
    """The cuts of a purchase, and the one that fits those around: none when nobody is of known size."""
    known = [one for one in everyone.known if one.card.jobs is not None and one.card.jobs.central > 0]
    cuts = tuple(_cut(everyone, lots) for lots in range(1, MOST_LOTS + 1))
    unsized = sum(one.card.jobs is None for one in everyone.known)
    if not known or everyone.need.high <= 0:
        return LotPlan(cuts, (), None, len(known), unsized)
    largest = sorted(known, key=lambda one: (-_size(one), one.km or 0.0))[:MOST_SUPPLIERS]
    lots, proof = _solved(largest, everyone.need.high, seconds)
    return LotPlan(cuts, lots, proof, len(known), unsized)


def _size(one: Supplier) -> float:
    return one.card.jobs.central if one.card.jobs else 0.0


def _cut(everyone: Suppliers, lots: int) -> Cut:
    needed = everyone.need.high / lots
    sizes = [one.card.jobs for one in everyone.known]
    alone = sum(told is not None and told.low >= needed for told in sizes)
    perhaps = sum(told is None or told.high is None or told.high >= needed for told in sizes)
    return Cut(lots, 1 / lots, alone, perhaps - alone)


def _solved(
    suppliers: Sequence[Supplier], need: float, seconds: float
) -> tuple[tuple[Lot, ...], Proof | None]:
    capacities = [min(1.0, _size(one) / need) for one in suppliers]
    model = _Model(capacities)
    found = model.program.solve(seconds)
    if found.values is None:
        return (), None
    value = float(model.program.costs @ found.values)
    return tuple(_lots(model, found.values, suppliers)), Proof(value, found.bound)


def _lots(model: _Model, x: Floats, suppliers: Sequence[Supplier]) -> list[Lot]:
    found: list[Lot] = []
    for lot in range(MOST_LOTS):
        units = sum(u for u in range(1, UNITS + 1) if x[model.sized(lot, u)] > 0.5)
        if not units:
            continue
        shares = [(one, float(x[model.part(at, lot)])) for at, one in enumerate(suppliers)]
        carriers = tuple((one, share) for one, share in shares if share > 1e-6)
        found.append(
            Lot(units / UNITS, model.candidates(units), carriers, max(0.0, float(x[model.left(lot)])))
        )
    return sorted(found, key=lambda one: -one.share)


class _Model:
    """The program: sizes of lots, members of groups, their parts, what is left."""

    def __init__(self, capacities: Sequence[float]) -> None:
        self.capacities = capacities
        self.count = len(capacities)
        self._rows: list[dict[int, float]] = []
        self._low: list[float] = []
        self._high: list[float] = []
        self._constrain()
        self.program = self._program()

    def sized(self, lot: int, units: int) -> int:
        """Number of « this lot has this size »."""
        return lot * UNITS + units - 1

    def member(self, at: int, lot: int) -> int:
        """Number of « this structure is of the group »."""
        return MOST_LOTS * UNITS + at * MOST_LOTS + lot

    def part(self, at: int, lot: int) -> int:
        """Number of the part of the whole that a structure carries in a lot."""
        return MOST_LOTS * (UNITS + self.count) + at * MOST_LOTS + lot

    def left(self, lot: int) -> int:
        """Number of the part of a lot that nobody carries."""
        return MOST_LOTS * (UNITS + 2 * self.count) + lot

    @property
    def size(self) -> int:
        """How many numbers there are."""
        return MOST_LOTS * (UNITS + 2 * self.count + 1)

    def candidates(self, units: int) -> int:
        """Structures whose size carries so many units alone."""
        return sum(capacity >= units / UNITS - 1e-9 for capacity in self.capacities)

    def _row(self, terms: dict[int, float], low: float, high: float) -> None:
        self._rows.append(terms)
        self._low.append(low)
        self._high.append(high)

    def _constrain(self) -> None:
        lots, sizes, everyone = range(MOST_LOTS), range(1, UNITS + 1), range(self.count)
        self._row({self.sized(lot, u): float(u) for lot in lots for u in sizes}, UNITS, UNITS)
        for lot in lots:
            self._row({self.sized(lot, u): 1.0 for u in sizes}, 0, 1)
            carried = {self.part(at, lot): 1.0 for at in everyone} | {self.left(lot): 1.0}
            self._row(carried | {self.sized(lot, u): -u / UNITS for u in sizes}, 0, 0)
            self._row({self.member(at, lot): 1.0 for at in everyone}, 0, MOST_MEMBERS)
        for lot in range(MOST_LOTS - 1):
            # The larger lot first: lots that only change places are one cut, looked for once.
            larger = {self.sized(lot, u): float(u) for u in sizes}
            self._row(larger | {self.sized(lot + 1, u): -float(u) for u in sizes}, 0, UNITS)
        for at, capacity in enumerate(self.capacities):
            self._row({self.part(at, lot): 1.0 for lot in lots}, 0, capacity)
            for lot in lots:
                self._row({self.part(at, lot): 1.0, self.member(at, lot): -capacity}, -1, 0)

    def _program(self) -> Program:
        costs, whole = np.zeros(self.size), np.zeros(self.size, dtype=np.bool_)
        for lot in range(MOST_LOTS):
            for units in range(1, UNITS + 1):
                lacking = max(0, ENOUGH - self.candidates(units))
                costs[self.sized(lot, units)] = LOT + LACKING * lacking
                whole[self.sized(lot, units)] = True
            costs[self.left(lot)] = UNCARRIED
            for at in range(self.count):
                costs[self.member(at, lot)] = MEMBER
                whole[self.member(at, lot)] = True
        data = [value for row in self._rows for value in row.values()]
        columns = [column for row in self._rows for column in row]
        starts = np.cumsum([0, *map(len, self._rows)])
        rows = sparse.csr_array((data, columns, starts), shape=(len(self._rows), self.size))
        return Program(costs, rows, np.array(self._low), np.array(self._high), whole)
