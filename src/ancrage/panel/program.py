"""The whole-number program of a panel: who is kept, under quotas that may bend, for most diversity.

Columns, all from 0 to 1: xᵢ, whether candidate i is kept (whole); yₜᵥₖ, whether at least k structures kept
have value v of trait t; e_q, whether quota q is given up (whole); s_r, how far row r of a quota is missed,
relative to the most it can be. The steps of a value are worth 1, 1/2, 1/3…: the first fill by themselves.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from ancrage.deferred import Deferred
from ancrage.optimum import Floats, Found, Program
from ancrage.panel.diversity import TraitValue
from ancrage.panel.quotas import QuotaRow

if TYPE_CHECKING:
    from scipy import sparse
else:
    sparse = Deferred("scipy.sparse")

Terms = Mapping[int, float]
"""Coefficients by column."""


@dataclass
class _Rows:
    """Rows of a program as they are written: low ≤ Σ coefficient × column ≤ high."""

    terms: list[Terms] = field(default_factory=list)
    low: list[float] = field(default_factory=list)
    high: list[float] = field(default_factory=list)

    def add(self, terms: Terms, low: float, high: float) -> None:
        """Add a row."""
        self.terms.append(terms)
        self.low.append(low)
        self.high.append(high)

    def matrix(self, columns: int) -> sparse.csr_array:
        """Sparse matrix of the rows."""
        entries = [(row, column, by) for row, terms in enumerate(self.terms) for column, by in terms.items()]
        rows, where, by = zip(*entries, strict=True) if entries else ((), (), ())
        shape = (len(self.terms), columns)
        return sparse.csr_array(
            sparse.coo_array((np.array(by, float), (np.array(rows, int), np.array(where, int))), shape)
        )


@dataclass(frozen=True, eq=False)
class PanelModel:
    """A list of ``candidates`` structures, the size of the panel, what counts, and the rows of the quotas."""

    candidates: int
    size: int
    counted: Sequence[TraitValue]
    quotas: Sequence[QuotaRow]

    @cached_property
    def steps(self) -> tuple[tuple[TraitValue, range], ...]:
        """Columns of the steps of each value, in order."""
        found, first = [], self.candidates
        for value in self.counted:
            last = first + min(len(value.members), self.size)
            found.append((value, range(first, last)))
            first = last
        return tuple(found)

    @property
    def _rigid(self) -> int:
        return self.steps[-1][1].stop if self.steps else self.candidates

    @cached_property
    def given_up(self) -> Mapping[str, int]:
        """Column that gives up each quota."""
        names = dict.fromkeys(row.quota.id for row in self.quotas)
        return {name: self._rigid + rank for rank, name in enumerate(names)}

    @cached_property
    def missed(self) -> Mapping[int, float]:
        """How many structures a row may be missed by at most, by its column (two columns a row)."""
        first = self._rigid + len(self.given_up)
        found: dict[int, float] = {}
        for rank, row in enumerate(self.quotas):
            found[first + 2 * rank] = float(row.quota.least or 0)
            found[first + 2 * rank + 1] = float(
                0 if row.quota.most is None else max(0, self.size - row.quota.most)
            )
        return found

    @property
    def columns(self) -> int:
        """Number of columns."""
        return self._rigid + len(self.given_up) + len(self.missed)

    def diversity_costs(self) -> Floats:
        """Costs that make the least the greatest diversity."""
        costs = np.zeros(self.columns)
        for value, steps in self.steps:
            costs[steps.start : steps.stop] = -value.weight / np.arange(1, len(steps) + 1)
        return costs

    def solve(
        self, costs: Floats, seconds: float, *, bending: bool, also: Iterable[tuple[Terms, float]] = ()
    ) -> Found:
        """Least cost. ``bending``: quotas may be given up. ``also``: further rows, Σ terms ≤ bound."""
        rows = self._rows(bending=bending)
        for terms, bound in also:
            rows.add(terms, -np.inf, bound)
        whole = np.zeros(self.columns, bool)
        whole[: self.candidates] = True
        whole[list(self.given_up.values())] = True
        program = Program(
            costs, rows.matrix(self.columns), np.array(rows.low), np.array(rows.high), whole, gap=0.0
        )
        return program.solve(seconds)

    def kept(self, values: Floats) -> frozenset[int]:
        """Ranks of the candidates kept."""
        return frozenset(int(rank) for rank in np.flatnonzero(values[: self.candidates] > 0.5))

    def _rows(self, *, bending: bool) -> _Rows:
        rows = _Rows()
        rows.add(dict.fromkeys(range(self.candidates), 1.0), self.size, self.size)
        for value, steps in self.steps:
            rows.add(dict.fromkeys(steps, 1.0) | dict.fromkeys(value.members, -1.0), -np.inf, 0)
        missed = iter(self.missed.items())
        for row in self.quotas:
            under, over = next(missed), next(missed)
            self._bound(rows, row, under, over)
            for column, _ in (under, over):
                rows.add({column: 1.0, self.given_up[row.quota.id]: -1.0}, -np.inf, 0)
        if not bending:
            for column in self.given_up.values():
                rows.add({column: 1.0}, 0, 0)
        return rows

    def _bound(self, rows: _Rows, row: QuotaRow, under: tuple[int, float], over: tuple[int, float]) -> None:
        least, most = row.quota.least, row.quota.most
        if least:
            rows.add(dict.fromkeys(row.sure, 1.0) | {under[0]: under[1]}, least, np.inf)
        if most is not None and most < self.size:
            rows.add(dict.fromkeys(row.possible, 1.0) | {over[0]: -over[1]}, -np.inf, most)
