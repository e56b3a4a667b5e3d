"""What the register counts in communes on a day of the past, from columns mapped beside a large edition.

Each change is told by its day and by its kind: the rank of what it adds, among all that changes add. What a
place counts is how many changes of each kind it had, times what the kind adds: an intercommunalité takes a
millisecond, which a table asked by an engine takes fifty.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import TYPE_CHECKING, Self
from weakref import WeakKeyDictionary

from ancrage.register.adding import added, rows_of
from ancrage.register.levels import FIRST_TOLD, MEASURES
from ancrage.register.tables import REGISTER_DAY, REGISTER_MONTH
from ancrage.warehouse.reading import ResidentWarehouse, Row, Warehouse
from ancrage.warehouse.recording import note

if TYPE_CHECKING:
    from ancrage.warehouse.mapped import Columns

KEY, KIND = "register_placed_key", "register_placed_kind"
CHANGE, PLACE = "register_placed_change", "register_placed_place"
MAPPED = (KEY, KIND, CHANGE, PLACE)
BEFORE = f"DATE '{FIRST_TOLD - timedelta(days=1)}'"
"""The day to which what was there before is given."""
DAY_BITS, KIND_BITS = 15, 32
LAST = (1 << DAY_BITS) - 1
"""Days after ``BEFORE`` from which changes are told together: nobody asks a day so far."""

_SUMS = ", ".join(MEASURES)
_CHANGES = f"""(
    SELECT commune, 0::SMALLINT AS day, ess, family, section, {_SUMS} FROM {REGISTER_MONTH.name}
    WHERE month < DATE '{FIRST_TOLD}'
    UNION ALL
    SELECT commune, least(day - {BEFORE}, {LAST})::SMALLINT, ess, family, section, {_SUMS}
    FROM {REGISTER_DAY.name}
)"""
_KEYS = f"SELECT DISTINCT ess, family, section FROM {_CHANGES} ORDER BY ALL"
_RANKED = f"""(SELECT (row_number() OVER (ORDER BY ess, family, section) - 1)::SMALLINT AS key, ess, family,
    section FROM (SELECT DISTINCT ess, family, section FROM {_CHANGES}))"""
_KINDS = f"""SELECT DISTINCT key, {_SUMS} FROM {_CHANGES} JOIN {_RANKED} USING (ess, family, section)"""
_AS_NUMBERS = ", ".join(f"{name}::DOUBLE AS {name}" for name in MEASURES)
_KIND = f"SELECT key, {_AS_NUMBERS} FROM ({_KINDS}) ORDER BY ALL"
_CHANGE = f"""
SELECT ((rank << {DAY_BITS + KIND_BITS}) | (day::BIGINT << {KIND_BITS}) | code) AS told
FROM {_CHANGES} JOIN {_RANKED} USING (ess, family, section)
JOIN (SELECT *, row_number() OVER (ORDER BY key, {_SUMS}) - 1 AS code FROM ({_KINDS})) USING (key, {_SUMS})
JOIN (SELECT commune, row_number() OVER (ORDER BY commune) - 1 AS rank
    FROM (SELECT DISTINCT commune FROM {_CHANGES})) USING (commune)
"""
"""Place, day and kind in one number: sorting those takes a third of the memory that an engine asks for."""
_PLACE = f"SELECT commune, count(*)::INTEGER AS changes FROM {_CHANGES} GROUP BY 1 ORDER BY 1"


def open_placed_changes(warehouse: Warehouse) -> None:
    """Make these columns known to an edition."""
    for name, text in zip(MAPPED, (_KEYS, _KIND, _CHANGE, _PLACE), strict=True):
        warehouse.derive(name, text)


class PlacedCounts:
    """The changes of an edition by commune."""

    def __init__(self, key: "Columns", kind: "Columns", place: "Columns") -> None:
        import numpy as np

        self._keys = [
            dict(zip(key, told, strict=True))
            for told in zip(*(values.tolist() for values in key.values()), strict=True)
        ]
        self._kind, self._sums = kind["key"], [kind[name] for name in MEASURES]
        self._places = np.asarray(place["commune"])
        self._ends = np.cumsum(place["changes"], dtype=np.int64)

    @classmethod
    def of(cls, warehouse: Warehouse) -> "Self | None":
        """Those of an edition; ``None`` when they were not written."""
        found = [columns for name in (KEY, KIND, PLACE) if (columns := warehouse.mapped(name)) is not None]
        return cls(*found) if len(found) == len(MAPPED) - 1 else None

    def census(self, warehouse: Warehouse, communes: Iterable[str], on: date) -> list[Row] | None:
        """Rows as a census asks them, of communes as the register writes them; ``None`` without the changes.

        These are mapped for this census alone.
        """
        if (change := warehouse.mapped(CHANGE)) is None:
            return None
        import numpy as np

        days, codes = np.asarray(change["day"]), np.asarray(change["code"])
        day = days.dtype.type((on - FIRST_TOLD).days + 1)  # in their own type, or they would be copied
        parts = [
            codes[start : start + int(days[start:end].searchsorted(day, side="right"))]
            for start, end in self._spans(communes)
        ]
        counts = np.bincount(np.concatenate(parts)) if parts else np.zeros(0, dtype=np.int64)
        kinds = np.flatnonzero(counts)
        sums = np.column_stack([values[kinds] for values in self._sums]) * counts[kinds, None]
        return rows_of(self._keys, added(self._kind[kinds], sums, len(self._keys)))

    def _spans(self, communes: Iterable[str]) -> list[tuple[int, int]]:
        """Where the changes of some communes lie: a commune that had none is left out."""
        import numpy as np

        asked = np.array(sorted(set(communes)), dtype=np.str_)
        ranks = np.searchsorted(self._places, asked)
        known = [rank for rank, code in zip(ranks, asked, strict=True) if self._is(rank, code)]
        return [(int(self._ends[rank - 1]) if rank else 0, int(self._ends[rank])) for rank in known]

    def _is(self, rank: int, code: str) -> bool:
        return rank < self._places.size and self._places[rank] == code


_of: "WeakKeyDictionary[Warehouse, PlacedCounts]" = WeakKeyDictionary()


def placed_counts(warehouse: Warehouse) -> PlacedCounts | None:
    """Those of an edition, for a process that stays; ``None`` when they were not written."""
    if not isinstance(warehouse, ResidentWarehouse) or not warehouse.holds(REGISTER_DAY.name):
        return None
    open_placed_changes(warehouse)
    if (found := _of.get(warehouse)) is None and (found := PlacedCounts.of(warehouse)) is not None:
        _of[warehouse] = found
    if found is not None:
        note(warehouse, {REGISTER_MONTH.name, REGISTER_DAY.name})
    return found


def write_placed_changes(warehouse: ResidentWarehouse) -> None:
    """Write them beside a large edition. Raises what the disk refuses."""
    if warehouse.holds(REGISTER_DAY.name) and warehouse.holds(REGISTER_MONTH.name):
        open_placed_changes(warehouse)
        for name in MAPPED:
            warehouse.write_mapped(name, _sorted if name == CHANGE else None)


def _sorted(found: "Columns") -> "Columns":
    """Day and kind of each change, those of a place together, day after day."""
    import numpy as np

    told = found["told"]
    told.sort()
    day = ((told >> KIND_BITS) & LAST).astype(np.int16)
    return {"day": day, "code": (told & ((1 << KIND_BITS) - 1)).astype(np.int32)}
