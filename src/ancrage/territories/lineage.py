"""Which commune became which: the thread that carries any list from one vintage to another.

A step is a set of edges (before, after). A commune that no edge names stays itself. Two independent
witnesses give steps: INSEE's events since 1943, and the comparison of two consecutive vintages; a test
holds them against each other where both exist.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from ancrage.territories.geography import Geography

Edges = frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Lineage:
    """What each commune of a vintage became in a later one.

    ``codes`` are the communes of the earlier vintage. ``moved`` holds only those that an event touched, with
    the codes they became; the others, nearly all, stayed themselves.
    """

    codes: frozenset[str]
    moved: Mapping[str, frozenset[str]]

    def heirs(self, code: str) -> frozenset[str]:
        """What one commune became: a merger gives many the same heir, a split gives one several."""
        return self.moved.get(code) or frozenset({code})

    @cached_property
    def origins(self) -> dict[str, frozenset[str]]:
        """Communes of the earlier vintage behind each later one that an event touched."""
        found: dict[str, set[str]] = defaultdict(set)
        for before, afters in self.moved.items():
            for after in afters:
                found[after].add(before)
        for after, befores in found.items():
            if after in self.codes and after not in self.moved:
                befores.add(after)
        return {after: frozenset(befores) for after, befores in found.items()}

    @cached_property
    def successors(self) -> dict[str, frozenset[str]]:
        """Every code of the earlier vintage with the codes it became."""
        return {code: self.heirs(code) for code in self.codes}

    @cached_property
    def ancestors(self) -> dict[str, frozenset[str]]:
        """Every code of the later vintage with the codes it comes from."""
        same = {code: frozenset({code}) for code in self.codes if code not in self.moved}
        return {**same, **self.origins}

    def then(self, edges: Edges) -> "Lineage":
        """Follow one more step.

        Two events of the same day may chain: Pont-Farcy changed département (14513 to 50649) and merged
        into Tessy-Bocage on 1 January 2018. A code that existed on neither side of the step is followed.
        """
        moves = moves_of(edges)

        def is_alive(code: str) -> bool:
            return code in self.origins or (code in self.codes and code not in self.moved)

        def follow(code: str, seen: frozenset[str] = frozenset()) -> frozenset[str]:
            reached = moves.get(code, {code})
            known = seen | {code}
            passing = {after for after in reached - known if after in moves and not is_alive(after)}
            return frozenset(reached - passing).union(*(follow(after, known) for after in passing))

        touched = {before for before in moves if before in self.codes and before not in self.moved}
        moved = {before: self.heirs(before) for before in (*self.moved, *touched)}
        return Lineage(
            self.codes,
            {
                before: frozenset[str]().union(*(follow(after) for after in afters))
                for before, afters in moved.items()
            },
        )

    def changes(self) -> list[tuple[str, str]]:
        """Edges that are not the plain identity, sorted."""
        return sorted(
            (before, after)
            for after, befores in self.origins.items()
            for before in befores
            if before != after or len(befores) > 1 or len(self.heirs(before)) > 1
        )


def start(codes: Iterable[str]) -> Lineage:
    """Every commune is itself."""
    return Lineage(frozenset(codes), {})


def moves_of(edges: Edges) -> dict[str, set[str]]:
    """Edges as a mapping from a code to what it becomes."""
    moves: dict[str, set[str]] = defaultdict(set)
    for before, after in edges:
        moves[before].add(after)
    return moves


def step_between(earlier: Geography, later: Geography) -> Edges:
    """Edges from one vintage to the next, deduced from the two lists.

    A vanished commune is found among the former communes of the later vintage, or in the ``anciensCodes``
    of a current one. A new code that was a delegated commune comes from its head: it took over the whole
    of it when its ``anciensCodes`` name it (a moved seat), else it left it (a re-created commune).
    """
    edges: set[tuple[str, str]] = set()
    for code in earlier.current.keys() - later.current.keys():
        edges |= {(code, after) for after in _found_again(code, later)}
    for code in later.current.keys() - earlier.current.keys():
        edges |= _origin(code, earlier, later)
    receivers = {after for _, after in edges}
    givers = {before for before, _ in edges}
    stays = (receivers | givers) & earlier.current.keys() & later.current.keys()
    return frozenset(edges | {(code, code) for code in stays})


def _found_again(code: str, later: Geography) -> set[str]:
    heads = {
        record["chefLieu"] for record in later.former.get(code, ()) if record["chefLieu"] in later.current
    }
    return heads or {
        after for after, record in later.current.items() if code in record.get("anciensCodes", ())
    }


def _origin(code: str, earlier: Geography, later: Geography) -> set[tuple[str, str]]:
    renamed = [
        (before, code)
        for before in later.current[code].get("anciensCodes", ())
        if before in earlier.current and before not in later.current
    ]
    left = [
        (record["chefLieu"], code)
        for record in earlier.former.get(code, ())
        if record["chefLieu"] in earlier.current
    ]
    return set(renamed) | set(left)


@dataclass(frozen=True, slots=True)
class Event:
    """One line of INSEE's file of events. ``kind`` is COM, COMD, COMA or ARM."""

    on: date
    mod: int
    kind_before: str
    code_before: str
    name_before: str
    kind_after: str
    code_after: str
    name_after: str


def steps_from_events(events: Iterable[Event], after: date, until: date) -> list[Edges]:
    """One step a day of events strictly after ``after`` and up to ``until``, oldest first.

    Only lines from commune to commune count: a MOD 32 or 33 line repeats the same fact for the delegated
    commune (COMD), and would make a commune become a part of itself.
    """
    by_day: dict[date, set[tuple[str, str]]] = defaultdict(set)
    for event in events:
        if after < event.on <= until and event.kind_before == event.kind_after == "COM":
            by_day[event.on].add((event.code_before, event.code_after))
    return [frozenset(by_day[day]) for day in sorted(by_day)]
