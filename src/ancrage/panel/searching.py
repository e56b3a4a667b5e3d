"""Search of the panel of most diversity: the best, then one answer between equals."""

import time
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from ancrage.optimum import Clock, Floats, Proof
from ancrage.panel.diversity import counted_values, diversity
from ancrage.panel.longlist import LongList, fingerprint
from ancrage.panel.program import PanelModel
from ancrage.panel.program import Terms as Row
from ancrage.panel.quotas import Quota, Terms, rows_of
from ancrage.panel.result import Search

SHARE_OF_TIES = 0.25
"""Share of the time that may go to settling ties, once the best is proved."""

LEAST_RANKING = 1e-6
"""Sums of rankings closer than this are equal: what HiGHS itself tolerates."""

ROUNDING = 1e-9
"""Under this, two diversities differ by rounding only."""


@dataclass(frozen=True, slots=True)
class Best:
    """The best panel found; ``kept`` is ``None`` when none was, ``impossible`` when it is proved none is.

    ``settled``: between panels as diverse, this one is proved to be the one to keep.
    """

    kept: frozenset[int] | None
    proof: Proof
    search: Search
    impossible: bool = False
    settled: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Searcher:
    """Searches panels of a list under terms, without some quotas if asked."""

    long_list: LongList
    terms: Terms

    def model(self, without: Iterable[str] = ()) -> PanelModel:
        """The program of the list, quotas named left out."""
        left = set(without)
        return PanelModel(
            candidates=len(self.long_list),
            size=self.terms.size,
            counted=counted_values(self.long_list, self.terms.weights),
            quotas=[row for quota in self._quotas(left) for row in rows_of(quota, self.long_list)],
        )

    def _quotas(self, left: set[str]) -> list[Quota]:
        return [quota for quota in self.terms.quotas if quota.id not in left]

    def value(self, kept: Iterable[int]) -> float:
        """Diversity of a choice."""
        return diversity(self.long_list, self.terms.weights, tuple(kept))

    def best(
        self,
        seconds: float,
        *,
        without: Iterable[str] = (),
        near: frozenset[int] | None = None,
        bending: bool = False,
        also: Iterable[tuple[Row, float]] = (),
    ) -> Best:
        """The panel of most diversity; between equals, the nearest to ``near`` if given, else by fingerprint.

        ``bending`` and ``also`` as in :meth:`PanelModel.solve`.
        """
        clock, started = Clock.of(seconds), time.perf_counter()
        model, rows = self.model(without), tuple(also)
        found = model.solve(model.diversity_costs(), clock.left, bending=bending, also=rows)
        if found.values is None:
            search = Search(found.nodes, time.perf_counter() - started)
            return Best(None, Proof(0.0, -found.bound), search, found.impossible)
        kept = model.kept(found.values)
        value = self.value(kept)
        proof = Proof(value, max(value, -found.bound))
        settled = None
        if proof.proven:
            left = min(clock.left, seconds * SHARE_OF_TIES)
            # A little less diversity is asked: the value itself is only known to the last digits.
            as_diverse = (_terms(model.diversity_costs()), ROUNDING - value)
            settled = self._settled(model, self._ranking(model, near), left, bending, (*rows, as_diverse))
            if settled is not None and self.value(settled) < value - ROUNDING:
                settled = None
        search = Search(found.nodes, time.perf_counter() - started)
        return Best(kept if settled is None else settled, proof, search, settled=settled is not None)

    def _ranking(self, model: PanelModel, near: frozenset[int] | None) -> Floats:
        """Costs between equals. Fingerprints favour no name, no place, no order of the file."""
        costs = np.zeros(model.columns)
        if near is None:
            costs[: model.candidates] = [fingerprint(one.id) / 2**64 for one in self.long_list]
        else:
            costs[list(near)] = -1.0
        return costs

    def _settled(
        self,
        model: PanelModel,
        ranking: Floats,
        seconds: float,
        bending: bool,
        also: tuple[tuple[Row, float], ...],
    ) -> frozenset[int] | None:
        """Of the panels that satisfy also ``also``, that of least ranking; ``None`` when time is too short.

        A choice that is not proved to be the least is not given: it would depend on the machine.
        """
        found = model.solve(ranking, seconds, bending=bending, also=also)
        if found.values is None or ranking @ found.values - found.bound > LEAST_RANKING:
            return None
        return model.kept(found.values)


def _terms(costs: Floats) -> Row:
    return {int(column): float(costs[column]) for column in np.flatnonzero(costs)}
