"""The spells of whole départements, gathered from days already counted: a country in a tenth of a second.

Curves and tests only hang on how many units of a group enter, leave and close at each age. Units are thus
paired anew, the first to enter with the first to leave: a few thousand spells tell what millions would.
"""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ancrage.register.fabric import Places
from ancrage.register.wide import PLACE, SPELL, SPELL_ALL, SPELL_MAPPED, UNKNOWN, told_spells
from ancrage.survival.cohort import WHY, Setting
from ancrage.warehouse.reading import Warehouse

Found = dict[str, NDArray[Any]]
Columns = Mapping[str, NDArray[Any]]
FIRST = date(1970, 1, 1)


def are_gathered(warehouse: Warehouse, places: Places) -> bool:
    """Whether an edition has counted the days of these places."""
    return bool(places.departements) and warehouse.has_written(SPELL) and warehouse.has_written(PLACE)


def gathered_spells(warehouse: Warehouse, places: Places, setting: Setting) -> Found:
    """By family, what :func:`ancrage.survival.cohort.spells_in` would give, with fewer spells."""
    rows = _told(warehouse, places)
    on, since = ((day - FIRST).days for day in (setting.on, setting.since))
    watched, out = _laid(rows, on, since) if "odd" in rows else _unlaid(rows, on, since)
    parts = [*watched, *(_left_out(place, count) for place, count in enumerate(out) if count)]
    found = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]} if parts else _none()
    return found | {"fictitious": np.full(found["count"].size, rows["fictitious"].any())}


def _unlaid(rows: Columns, on: int, since: int) -> tuple[list[Found], NDArray[np.int64]]:
    """The spells of each group, and how many are left out by place in ``WHY``, in any order of rows."""
    why = _why(rows, on, since)
    kept = why < 0
    watched = {name: rows[name][kept] for name in ("created", "closed", "position", "count")}
    return list(_paired(watched, on, since)), _left(why[~kept], rows["count"][~kept])


def _laid(rows: Columns, on: int, since: int) -> tuple[list[Found], NDArray[np.int64]]:
    """The same of rows laid for it, those that are odd last: most are told by where they lie."""
    rows = {name: np.asarray(values) for name, values in rows.items()}
    (regular,) = _where(rows["odd"], True)
    odd = {name: values[regular:] for name, values in rows.items()}
    out = _left(_why(odd, on, since), odd["count"])
    groups, found = rows["position"][:regular], list[Found]()
    for position in range(int(groups[-1]) + 1 if regular else 0):
        start, end = _where(groups, position, position + 1)
        told = (rows[name][start:end] for name in ("created", "closed", "count"))
        entries, leavings, left = _group(*told, on=on, since=since)
        found += [_pair(position, entries, leavings)] if entries.any() else []
        out += left
    return found, out


def _group(
    created: NDArray[Any], closed: NDArray[Any], count: NDArray[Any], *, on: int, since: int
) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    """Of a group whose closures come in order, those not known first: units by age of entry, then as
    :func:`_pair` takes those who leave, and those left out by place in ``WHY``."""
    known, before, after = _where(closed, UNKNOWN + 1, since + 1, on + 1)
    shut = created[before:after], closed[before:after], count[before:after]
    still = (np.concatenate((each[:known], each[after:])) for each in (created, count))
    born, many = still
    out = np.zeros(len(WHY), dtype=np.int64)
    out[1] = many[born > on].sum()
    out[4] = count[known:before].sum()
    out[5] = many[born == on].sum() + shut[2][shut[0] == on].sum()
    same = (shut[0] == shut[1]) & (shut[0] != on)
    out[6] = shut[2][same].sum()
    there, lasted = born < on, shut[0] < shut[1]
    born, many = born[there], many[there]
    begun, ended, lost = (each[lasted] for each in shut)
    leavings = _sum(_counted(2 * (on - born), many), _counted(2 * (ended - begun) + 1, lost))
    entries = _sum(*(_counted(np.maximum(since - days, 0), of) for days, of in ((born, many), (begun, lost))))
    return entries, leavings, out


def _where(ascending: NDArray[Any], *values: int) -> list[int]:
    """Where values begin in an array: asked in its own type, or it would be copied."""
    return [int(ascending.searchsorted(ascending.dtype.type(value))) for value in values]


def _sum(one: NDArray[np.int64], other: NDArray[np.int64]) -> NDArray[np.int64]:
    """Two counts from zero, the shorter made as long."""
    found = np.zeros(max(one.size, other.size), dtype=np.int64)
    found[: one.size] += one
    found[: other.size] += other
    return found


def _left(why: NDArray[Any], count: NDArray[Any]) -> NDArray[np.int64]:
    return np.bincount(why, weights=count, minlength=len(WHY)).astype(np.int64)


def _told(warehouse: Warehouse, places: Places) -> Columns:
    """What is counted in these places: of all of them together, where the whole of the register is asked."""
    outside = warehouse.row(
        f"SELECT departement FROM {PLACE} WHERE NOT {places.condition} LIMIT 1", {"places": places.parameter}
    )
    if outside is None and (mapped := warehouse.mapped(SPELL_MAPPED)) is not None:
        return mapped
    whole = outside is None and warehouse.has_written(SPELL_ALL)
    source = f"{SPELL_ALL} WHERE $places IS NOT NULL" if whole else f"{SPELL} WHERE {places.condition}"
    return warehouse.arrays(told_spells(source), {"places": places.parameter})


def _why(rows: Columns, on: int, since: int) -> NDArray[np.int8]:
    """The place in ``WHY`` of the first reason that holds, -1 for who is watched."""
    created, closed = rows["created"], rows["closed"]
    ended = closed != UNKNOWN
    reasons = (
        created == UNKNOWN,
        created > on,
        ended & (closed < created),
        ~rows["active"] & ~ended,
        ended & (closed <= since),
        created == on,
        ended & (closed == created),
        rows["position"] < 0,
    )
    why = np.full(created.size, -1, dtype=np.int8)
    for place in reversed(range(len(reasons))):
        why[reasons[place]] = place
    return why


def _paired(watched: Found, on: int, since: int) -> Iterator[Found]:
    """The spells of each group."""
    created, closed = watched["created"], watched["closed"]
    entry = np.maximum(since - created, 0)
    shut = (closed != UNKNOWN) & (closed <= on)
    leaving = np.where(shut, closed, on) - created
    for position in np.flatnonzero(np.bincount(watched["position"])):
        mine = watched["position"] == position
        count = watched["count"][mine]
        entries = _counted(entry[mine], count)
        leavings = _counted(2 * leaving[mine] + shut[mine], count)
        yield _pair(int(position), entries, leavings)


def _pair(position: int, entries: NDArray[np.int64], leavings: NDArray[np.int64]) -> Found:
    """``leavings``: by twice the age, plus one for a closure. Everybody leaves later than they enter, hence
    so do the first to enter and the first to leave.
    """
    ages, ends = np.flatnonzero(entries), np.flatnonzero(leavings)
    entered, left = np.cumsum(entries[ages]), np.cumsum(leavings[ends])
    shared = np.sort(np.concatenate((entered, left)), kind="stable")  # two runs in order are merged
    shared = shared[np.diff(shared, prepend=0) > 0]
    end = ends[np.searchsorted(left, shared)]
    return {
        "why": np.full(shared.size, -1),
        "position": np.full(shared.size, position),
        "entry": ages[np.searchsorted(entered, shared)],
        "leaving": end // 2,
        "closed": end % 2 == 1,
        "count": np.diff(shared, prepend=0),
    }


def _left_out(place: int, count: int) -> Found:
    told: Mapping[str, int | bool] = {
        "why": place,
        "position": -1,
        "entry": 0,
        "leaving": 0,
        "closed": False,
        "count": int(count),
    }
    return {name: np.array([value]) for name, value in told.items()}


def _none() -> Found:
    return {name: values[:0] for name, values in _left_out(0, 0).items()}


def _counted(places: NDArray[Any], counts: NDArray[Any]) -> NDArray[np.int64]:
    """How many at each place, from zero."""
    return np.bincount(places, weights=counts).astype(np.int64)
