"""What the register counts in whole départements on a day of the past, from tables a process holds.

A page compares a place with its département, its région and the country, each counted on the same day: the
months that passed are added up from arrays, and what changed within the month is read once for all of them.
"""

import threading
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary, ref

from ancrage.register.adding import added, rows_of
from ancrage.register.levels import FIRST_TOLD, MEASURES
from ancrage.register.wide import CHANGES, CHANGES_KIND, CHANGES_MAPPED, open_wide
from ancrage.warehouse.reading import ResidentWarehouse, Row, Warehouse
from ancrage.warehouse.recording import note

if TYPE_CHECKING:
    from numpy.typing import NDArray

MONTHS, DAYS = "register_month_wide", "register_day"
DAYS_KEPT, SETS_KEPT = 6, 32


@dataclass(frozen=True, slots=True)
class _Changes:
    """Figures that changed: ``when`` ascending (months since the year 0), ``key`` of ess, family, section.

    ``sums``: one column a measure.
    """

    when: "NDArray[Any]"
    key: "NDArray[Any]"
    sums: "NDArray[Any]"

    def before(self, month: int, keys: int) -> "NDArray[Any]":
        """What all that changed before a month adds up to, by key."""
        end = int(self.when.searchsorted(month))
        return added(self.key[:end], self.sums[:end], keys)


class WideCounts:
    """The changes of an edition by département, held by a process that stays (some twenty megabytes)."""

    def __init__(self, warehouse: Warehouse) -> None:
        open_wide(warehouse)
        self._reading = ref(warehouse)
        self._days: dict[date, NDArray[Any]] = {}
        self._sets: dict[tuple[str, ...], _Changes] = {}

    @property
    def _warehouse(self) -> Warehouse:
        found = self._reading()
        assert found is not None  # noqa: S101 - who asks holds it
        return found

    @cached_property
    def _keys(self) -> list[Row]:
        return self._warehouse.rows(f"SELECT DISTINCT ess, family, section FROM {MONTHS} ORDER BY ALL")

    @cached_property
    def _places(self) -> list[str]:
        rows = self._warehouse.rows(f"SELECT DISTINCT departement FROM {MONTHS} ORDER BY 1")
        return [row["departement"] for row in rows]

    @cached_property
    def _months(self) -> "tuple[NDArray[Any], _Changes]":
        """Changes by place, then by month; with the place of each."""
        import numpy as np

        found = self._coded(MONTHS, "true", {}, "(12 * year(month) + month(month))", "ORDER BY place, moment")
        sums = np.column_stack([found[name].astype(np.float64) for name in MEASURES])
        changes = _Changes(found["moment"].astype(np.int32), found["key"].astype(np.int16), sums)
        return found["place"].astype(np.int16), changes

    def prepare(self) -> "WideCounts":
        """Read what is held, before it is first asked."""
        _ = self._months
        return self

    def census(self, departements: Iterable[str], on: date) -> list[Row] | None:
        """Rows as the census asks them; ``None`` when what changed that month is of no kind told before."""
        note(self._warehouse, {MONTHS, DAYS})
        places = tuple(sorted(departements))
        if (days := self._of_day(on)) is None:
            return None
        month = self._merged(places).before(12 * on.year + on.month, len(self._keys))
        return rows_of(self._keys, month + days[self._ranks(places)].sum(axis=0))

    def _of_day(self, on: date) -> "NDArray[Any] | None":
        """What changed from the first day of its month to a day: places × keys × measures."""
        if on not in self._days:
            import numpy as np

            found = self._mapped(on) or self._read({"on": on, "month": on.replace(day=1)})
            if (found["key"] < 0).any() or (found["place"] < 0).any():
                return None
            sums = np.column_stack([found[name].astype(np.float64) for name in MEASURES])
            size = len(self._places), len(self._keys)
            cells = found["place"].astype(np.int64) * size[1] + found["key"]
            _forget_first(self._days, DAYS_KEPT)
            self._days[on] = added(cells, sums, size[0] * size[1]).reshape(*size, len(MEASURES))
        return self._days[on]

    def _mapped(self, on: date) -> "dict[str, NDArray[Any]] | None":
        """What changed from the first day of its month to a day, where it was laid to be mapped."""
        kinds, changes = (self._warehouse.mapped(name) for name in (CHANGES_KIND, CHANGES_MAPPED))
        if kinds is None or changes is None:
            return None
        day = changes["day"]
        first, last = (day.dtype.type((one - FIRST_TOLD).days) for one in (on.replace(day=1), on))
        rows = slice(int(day.searchsorted(first)), int(day.searchsorted(last, side="right")))
        codes = changes["code"][rows]
        return {"place": changes["place"][rows], **{name: told[codes] for name, told in kinds.items()}}

    def _read(self, asked: dict[str, object]) -> "dict[str, NDArray[Any]]":
        where = "month = $month AND day <= $on"
        if self._warehouse.has_written(CHANGES):  # as many rows as days: the sums come later
            return self._warehouse.arrays(
                f"SELECT place, key, {', '.join(MEASURES)} FROM {CHANGES} WHERE {where}", asked
            )
        return self._coded(DAYS, where, asked, "0", "")

    def _coded(
        self, table: str, where: str, asked: dict[str, object], at: str, order: str
    ) -> "dict[str, NDArray[Any]]":
        """Sums by place and key, told by their ranks (-1: not known)."""
        sums = ", ".join(f"sum({name}) AS {name}" for name in MEASURES)
        told = f"SELECT departement, ess, family, section, {at} AS moment, {sums} FROM {table} WHERE {where}"
        keys = ("ess", "family", "section")
        known = ", ".join(f"unnest(${name}) AS {name}" for name in keys)
        return self._warehouse.arrays(
            "SELECT coalesce(list_position($places, departement), 0)::INTEGER - 1 AS place, "
            f"coalesce(rank, -1)::INTEGER AS key, moment::INTEGER AS moment, {', '.join(MEASURES)} "
            f"FROM ({told} GROUP BY ALL) LEFT JOIN (SELECT {known}, unnest(range(len($ess))) AS rank) "
            f"USING (ess, family, section) {order}",
            {"places": self._places, **{name: [row[name] for row in self._keys] for name in keys}, **asked},
        )

    def _ranks(self, places: Iterable[str]) -> list[int]:
        return [self._places.index(place) for place in places if place in self._places]

    def _merged(self, places: tuple[str, ...]) -> _Changes:
        """Changes of some places together, by month: regions and the country are asked again and again."""
        import numpy as np

        if (found := self._sets.get(places)) is not None:
            return found
        where, every = self._months
        rows = _among(where, self._ranks(places))
        when, key, sums = every.when[rows], every.key[rows], every.sums[rows]
        pairs, rank = np.unique(when.astype(np.int64) * len(self._keys) + key, return_inverse=True)
        found = _Changes(pairs // len(self._keys), pairs % len(self._keys), added(rank, sums, len(pairs)))
        _forget_first(self._sets, SETS_KEPT)
        self._sets[places] = found
        return found


def _among(place: "NDArray[Any]", ranks: list[int]) -> "NDArray[Any]":
    import numpy as np

    wanted = np.zeros(int(place.max(initial=0)) + 2, dtype=bool)
    wanted[[rank for rank in ranks if rank < len(wanted)]] = True
    found: NDArray[Any] = wanted[place]
    return found


def _forget_first(kept: dict[Any, Any], most: int) -> None:
    while len(kept) >= most:
        kept.pop(next(iter(kept)), None)


_of: WeakKeyDictionary[Warehouse, WideCounts] = WeakKeyDictionary()
_lock = threading.Lock()


def wide_counts(warehouse: Warehouse) -> WideCounts | None:
    """Those of an edition; ``None`` for a process that asks once, or an edition that tells no changes."""
    if not isinstance(warehouse, ResidentWarehouse) or not (
        warehouse.holds(MONTHS) and warehouse.holds(DAYS)
    ):
        return None
    with _lock:
        if (found := _of.get(warehouse)) is None:
            found = _of[warehouse] = WideCounts(warehouse).prepare()
        return found
