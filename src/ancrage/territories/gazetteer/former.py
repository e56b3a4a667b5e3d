"""Communes that ceased or changed their name, and the communes of a vintage that come from them."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from ancrage.territories.atlas import Atlas
from ancrage.territories.gazetteer.place import Former
from ancrage.warehouse.reading import Row

_EVENTS = """
SELECT DISTINCT code_before AS code, effective_on AS day, name_before AS name, code_after AS after,
    code_after = code_before AND name_after IS NOT DISTINCT FROM name_before AS same
FROM commune_event
WHERE kind_before = 'COM' AND kind_after = 'COM' AND effective_on <= ? ORDER BY ALL
"""
_HELD = """
SELECT code, any_value(name) AS name, any_value(kind) AS kind, commune AS head
FROM former_commune WHERE vintage = ? GROUP BY code, commune ORDER BY code
"""
Query = Callable[[str, Sequence[object]], list[Row]]
"""Rows that an SQL text gives, from an edition or from one being built."""
KINDS = {"commune-deleguee": "commune déléguée", "commune-associee": "commune associée"}


@dataclass(frozen=True, slots=True)
class Departure:
    """A commune that became others on a day; it is among them when it only changed its name."""

    code: str
    day: date
    name: str
    afters: frozenset[str]


class Descent:
    """Follows communes through the events up to those of a vintage."""

    def __init__(self, departures: list[Departure], alive: frozenset[str]) -> None:
        self.departures = departures
        self._alive = alive
        self._of: Mapping[str, list[Departure]] = _by_code(departures)

    def heirs(self, departure: Departure) -> dict[str, date]:
        """What a commune became at last, with the day it became so."""
        reached: dict[str, date] = {}
        waiting, seen = [(after, departure.day) for after in sorted(departure.afters)], set[str]()
        while waiting:
            code, since = waiting.pop(0)
            then = None if code in self._alive else self._next(code, since)
            if code in self._alive:
                reached.setdefault(code, since)
            elif then and code not in seen:
                waiting += [(after, then.day) for after in sorted(then.afters)]
            seen.add(code)
        return reached

    def _next(self, code: str, since: date) -> Departure | None:
        return next(
            (one for one in self._of.get(code, ()) if one.day >= since and code not in one.afters), None
        )


def _by_code(departures: list[Departure]) -> Mapping[str, list[Departure]]:
    found: dict[str, list[Departure]] = defaultdict(list)
    for one in departures:
        found[one.code].append(one)
    return found


def former_communes(atlas: Atlas, vintage: int, names: Mapping[str, str]) -> Iterator[tuple[Former, str]]:
    """Every former name and code, with a commune of the vintage it became; ``names`` are theirs, by code."""
    descent = Descent(list(_departures(atlas.warehouse.rows, vintage)), frozenset(names))
    told = set()
    for one in descent.departures:
        if one.code in names and one.code not in one.afters:
            continue  # It was made a commune again since.
        for heir, day in descent.heirs(one).items():
            if one.name != names[heir] or one.code not in names:
                told.add((one.name, heir))
                yield Former(one.name, one.code, day), heir
    for row in atlas.warehouse.rows(_HELD, (vintage,)):
        head = row["head"]
        if head in names and (row["name"], head) not in told and row["name"] != names[head]:
            yield Former(row["name"], row["code"], None, KINDS[row["kind"]]), head


def heirs_by_code(rows: Query, vintage: int) -> Mapping[str, Mapping[str, date]]:
    """The communes of a vintage that each code gone since 1943 became at last, with the day it became so."""
    alive = frozenset(row["code"] for row in rows("SELECT code FROM commune WHERE vintage = ?", (vintage,)))
    descent = Descent(list(_departures(rows, vintage)), alive)
    last = {one.code: one for one in sorted(descent.departures, key=lambda one: one.day)}
    return {code: descent.heirs(one) for code, one in last.items() if code not in alive}


def _departures(query: Query, vintage: int) -> Iterator[Departure]:
    """A commune that others left, and that stayed itself, is no departure."""
    events = query(_EVENTS, (date(vintage, 1, 1),))
    for (code, day), group in groupby(events, key=lambda row: (row["code"], row["day"])):
        rows = list(group)
        if any(row["same"] for row in rows):
            continue
        afters = frozenset(row["after"] for row in rows)
        yield Departure(code, day, rows[0]["name"] or code, afters & {code} or afters)
