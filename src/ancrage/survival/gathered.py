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
from ancrage.register.wide import PLACE, SPELL, SPELL_ALL
from ancrage.survival.cohort import Setting
from ancrage.warehouse.reading import Warehouse

Found = dict[str, NDArray[Any]]
FIRST = date(1970, 1, 1)
UNKNOWN = -(2**31)
"""A day that is not known: before any other."""


def are_gathered(warehouse: Warehouse, places: Places) -> bool:
    """Whether an edition has counted the days of these places."""
    return bool(places.departements) and warehouse.has_written(SPELL) and warehouse.has_written(PLACE)


def gathered_spells(warehouse: Warehouse, places: Places, setting: Setting) -> Found:
    """By family, what :func:`ancrage.survival.cohort.spells_in` would give, with fewer spells."""
    rows = warehouse.arrays(
        f"SELECT coalesce(created, {UNKNOWN}) AS created, coalesce(closed, {UNKNOWN}) AS closed, active, "
        "coalesce(fictitious, false) AS fictitious, coalesce(position, -1) AS position, count "
        f"FROM {_source(warehouse, places)}",
        {"places": places.parameter},
    )
    on, since = ((day - FIRST).days for day in (setting.on, setting.since))
    why = _why(rows, on, since)
    kept = why < 0
    watched = {name: rows[name][kept] for name in ("created", "closed", "position", "count")}
    out = _counted(why[~kept], rows["count"][~kept])
    parts = [
        *_paired(watched, on, since),
        *(_left_out(place, count) for place, count in enumerate(out) if count),
    ]
    found = {name: np.concatenate([part[name] for part in parts]) for name in parts[0]} if parts else _none()
    return found | {"fictitious": np.full(found["count"].size, rows["fictitious"].any())}


def _source(warehouse: Warehouse, places: Places) -> str:
    """Where these places are counted: all of them together for the whole of the register."""
    outside = warehouse.row(
        f"SELECT departement FROM {PLACE} WHERE NOT {places.condition} LIMIT 1", {"places": places.parameter}
    )
    if outside or not warehouse.has_written(SPELL_ALL):
        return f"{SPELL} WHERE {places.condition}"
    return f"{SPELL_ALL} WHERE $places IS NOT NULL"


def _why(rows: Found, on: int, since: int) -> NDArray[np.int8]:
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
    shared = np.union1d(entered, left)
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
