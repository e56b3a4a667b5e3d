"""The thread of communes between the vintage of a list and each vintage we know."""

import itertools
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ancrage.territories.geography import Geography
from ancrage.territories.lineage import Edges, Event, Lineage, start, step_between, steps_from_events


@dataclass(frozen=True, slots=True)
class Origin:
    """A commune of ``vintage`` answers with what the list says of ``origin``.

    ``certain`` is false when that commune was shared between several (or, backward, gathered others).
    """

    vintage: int
    commune: str
    origin: str
    certain: bool


class Thread:
    """Lineages between the known vintages, and from older lists through INSEE's events."""

    def __init__(
        self, codes: Mapping[int, frozenset[str]], steps: Mapping[int, Edges], events: Sequence[Event] = ()
    ) -> None:
        """``codes``: communes of each vintage. ``steps``: edges into each vintage from the one before."""
        self.codes = codes
        self.first, self.last = min(codes), max(codes)
        self.events = events
        self._steps = steps

    @classmethod
    def of(cls, geographies: Sequence[Geography], events: Sequence[Event] = ()) -> "Thread":
        """The thread deduced from the published geographies."""
        codes = {geography.vintage: frozenset(geography.current) for geography in geographies}
        steps = {
            later.vintage: step_between(earlier, later) for earlier, later in itertools.pairwise(geographies)
        }
        return cls(codes, steps, events)

    def between(self, earlier: int, later: int) -> Lineage:
        """Lineage between two of the known vintages."""
        lineage = start(self.codes[earlier])
        for year in range(earlier + 1, later + 1):
            lineage = lineage.then(self._steps[year])
        return lineage

    def can_carry(self, cog: int) -> bool:
        """Whether a list of this vintage can be carried: before the first vintage, the events are needed."""
        return cog >= self.first or bool(self.events)

    def unknown(self, codes: Collection[str], cog: int) -> frozenset[str]:
        """Codes of a list that were no commune of its vintage: nothing they say can be carried."""
        if cog >= self.first:
            return frozenset(codes) - self.codes[min(cog, self.last)]
        lineage = self._to_first_vintage(codes, cog)
        return frozenset(code for code in codes if not lineage.heirs(code) <= self.codes[self.first])

    def origins(self, codes: Iterable[str], cog: int) -> Iterator[Origin]:
        """Who answers for whom in each vintage, where it is not the commune itself.

        ``codes`` are those of the list; they are needed only for a list older than the first vintage.
        """
        cog = min(cog, self.last)
        if cog < self.first:
            lineage = self._to_first_vintage(codes, cog)
            yield from _forward(lineage, self.first)
            for year in range(self.first + 1, self.last + 1):
                lineage = lineage.then(self._steps[year])
                yield from _forward(lineage, year)
            return
        for vintage in self.codes:
            if vintage < cog:
                yield from _backward(self.between(vintage, cog), vintage)
            elif vintage > cog:
                yield from _forward(self.between(cog, vintage), vintage)

    def _to_first_vintage(self, codes: Iterable[str], cog: int) -> Lineage:
        lineage = start(codes)
        for step in steps_from_events(self.events, date(cog, 1, 1), date(self.first, 1, 1)):
            lineage = lineage.then(step)
        return lineage


def _forward(lineage: Lineage, vintage: int) -> Iterator[Origin]:
    shared = {before for before, afters in lineage.moved.items() if len(afters) > 1}
    for after, befores in lineage.origins.items():
        certain = not befores & shared
        for before in befores:
            yield Origin(vintage, after, before, certain)


def _backward(lineage: Lineage, vintage: int) -> Iterator[Origin]:
    gathering = {after for after, befores in lineage.origins.items() if len(befores) > 1}
    for before in {before for befores in lineage.origins.values() for before in befores}:
        afters = lineage.heirs(before)
        for after in afters:
            yield Origin(vintage, before, after, not afters & gathering)
