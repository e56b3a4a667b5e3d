"""Coverage of a territory as numbers alone, from the distances the build worked out: no array, no geometry.

It says what :func:`ancrage.coverage.states.cover` says of the places of the edition; a test holds it to that.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from ancrage.coverage.extents import extents_of, is_partial
from ancrage.coverage.judging import ORDER, Reaches, State, is_everywhere, together_of
from ancrage.coverage.kinds import SupportKind, support_kinds
from ancrage.territories.atlas import Atlas
from ancrage.territories.territory import Territory
from ancrage.warehouse.reading import Row

States = dict[State, int]
"""Communes by state, best first; a state without any is left out."""


@dataclass(frozen=True, slots=True)
class KindCount:
    """What a kind of support covers: communes by state, mean distance in km, share of people who are near."""

    kind: SupportKind
    known: bool
    states: States
    mean_km: float | None
    population_within: float | None


@dataclass(frozen=True, slots=True)
class SupportCount:
    """Every kind counted, and the kinds of support to the ESS together; ``most``: state of most people."""

    reaches: Reaches
    kinds: tuple[KindCount, ...]
    together: States
    most: State


def count_support(atlas: Atlas, territory: Territory, *, reaches: Reaches | None = None) -> SupportCount:
    """Count the communes of a territory on its day: kinds loaded in the edition, and those of the ESS."""
    return _Counting(atlas, territory, reaches or Reaches()).answer()


def _read(atlas: Atlas) -> tuple[Row, ...]:
    """Kinds of support of the edition: how many places have a position, and who lists them."""
    return tuple(
        atlas.warehouse.rows(
            "SELECT kind, count(longitude) AS placed, list(DISTINCT source) AS sources "
            "FROM support_place GROUP BY kind"
        )
    )


class _Counting:
    def __init__(self, atlas: Atlas, territory: Territory, reaches: Reaches) -> None:
        self.atlas, self.territory, self.reaches = atlas, territory, reaches
        rows = atlas.holding(_read)()
        self.placed: Mapping[str, int] = {row["kind"]: row["placed"] for row in rows}
        self.within = extents_of((row["kind"], source) for row in rows for source in row["sources"])
        self.departements = atlas.departements_of(territory) if self.within else ()

    def answer(self) -> SupportCount:
        kinds = [kind for kind in support_kinds().values() if kind.ess or kind.id in self.placed]
        cases = list(self._cases([kind.id for kind in kinds if _by_case(kind) and kind.id in self.placed]))
        near = {row["kind"]: row for row in self._near()} if self.placed else {}
        together: Counter[State] = Counter()
        people: Counter[State] = Counter()
        for case in cases:
            state = together_of({kind.id: self._state(kind, case) for kind in kinds if kind.ess})
            together[state] += case["communes"]
            people[state] += case["population"] or 0
        weights = people if people.total() else together
        return SupportCount(
            self.reaches,
            tuple(self._count(kind, cases, near.get(kind.id)) for kind in kinds),
            _ordered(together),
            max(ORDER, key=lambda state: weights[state]) if together else State.INCONNU,
        )

    def _cases(self, kinds: list[str]) -> Iterator[Row]:
        """Communes alike: their département, and how far each of these kinds is."""
        where, parameters = self._inside()
        yield from self.atlas.warehouse.rows(
            "SELECT departement, near, reached, located, count(*) AS communes, "
            "sum(population) AS population FROM commune c LEFT JOIN ("
            "SELECT commune, vintage, list(kind) AS located, list(kind) FILTER (km <= $near) AS near, "
            "list(kind) FILTER (km <= $far) AS reached FROM (SELECT * FROM support_distance "
            "WHERE kind IN (SELECT unnest($kinds)) ORDER BY kind) GROUP BY ALL) d "
            "ON d.commune = c.code AND (d.vintage IS NULL OR d.vintage = c.vintage) "
            f"WHERE {where} GROUP BY ALL",
            parameters | {"kinds": kinds} | self._edges(),
        )

    def _near(self) -> list[Row]:
        """Distances of the communes that have one, by kind."""
        where, parameters = self._inside()
        return self.atlas.warehouse.rows(
            "SELECT kind, count(*) AS located, favg(km) AS mean, "
            "count(*) FILTER (km <= $near) AS near, count(*) FILTER (km <= $far) AS reached, "
            "coalesce(sum(population) FILTER (km <= $within), 0) AS people_near, sum(population) AS people "
            "FROM commune c JOIN support_distance d "
            "ON d.commune = c.code AND (d.vintage IS NULL OR d.vintage = c.vintage) "
            f"WHERE {where} GROUP BY kind",
            parameters | {"within": self.reaches.near_km} | self._edges(),
        )

    def _edges(self) -> dict[str, Any]:
        return {"near": self.reaches.near_edge, "far": self.reaches.far_edge}

    def _inside(self) -> tuple[str, dict[str, Any]]:
        where, values = self.atlas.inside(self.territory)
        names = [f"inside{rank}" for rank in range(len(values))]
        for name in names:
            where = where.replace("?", f"${name}", 1)
        return where, dict(zip(names, values, strict=True))

    def _state(self, kind: SupportKind, case: Row) -> State:
        """State of one kind for communes alike."""
        if is_everywhere(kind, case["departement"], on=self.territory.on):
            return State.COUVERT
        if kind.id not in self.placed:
            return State.INCONNU
        if kind.id not in (case["located"] or ()):
            return self._beyond(kind)
        if kind.id in (case["near"] or ()):
            return State.COUVERT
        return State.ELOIGNE if kind.id in (case["reached"] or ()) else State.NON_COUVERT

    def _beyond(self, kind: SupportKind) -> State:
        """Without any position in the data set, nothing but what is declared is covered."""
        is_told = not self.placed[kind.id] and kind.id not in self.within
        return State.NON_COUVERT if is_told else State.INCONNU

    def _count(self, kind: SupportKind, cases: list[Row], near: Row | None) -> KindCount:
        known = kind.id in self.placed
        if _by_case(kind):
            states: Counter[State] = Counter()
            for case in cases:
                states[self._state(kind, case)] += case["communes"]
        else:
            states = self._counted(kind, sum(case["communes"] for case in cases), near)
        if is_partial(kind.id, self.within, self.departements):
            near = None
        return KindCount(
            kind,
            known,
            _ordered(states),
            near["mean"] if near else None,
            near["people_near"] / near["people"] if near and near["people"] else None,
        )

    def _counted(self, kind: SupportKind, communes: int, near: Row | None) -> Counter[State]:
        """States of a kind that distances alone tell."""
        located, reached, close = (
            (near[name] for name in ("located", "reached", "near")) if near else (0,) * 3
        )
        return Counter(
            {State.COUVERT: close, State.ELOIGNE: reached - close, State.NON_COUVERT: located - reached}
        ) + Counter({self._beyond(kind): communes - located})


def _by_case(kind: SupportKind) -> bool:
    """Whether it is judged commune by commune: with the other kinds, or by a law."""
    return kind.ess or kind.everywhere_since is not None


def _ordered(states: Counter[State]) -> States:
    return {state: states[state] for state in ORDER if states[state]}
