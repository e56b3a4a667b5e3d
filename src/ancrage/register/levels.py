"""Counts by verdict, family and section, added up at the levels that a census tells."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from ancrage.warehouse.reading import Row

MEASURES = ("establishments", "employers", "low", "central", "high", "unbounded", "unknown")
EXACT = 6
"""Decimals of a sum of jobs: whatever the order its terms were added in, the same number is written."""
FIRST_TOLD = date(2021, 1, 1)
"""First day of which the tables of changes speak: what was there before is told in the months before it."""
LEVELS = ({"no_family": 1, "no_section": 1}, {"no_section": 1}, {"no_family": 1})
"""Groupings of :meth:`ancrage.register.fabric.RegisterReader.census`: all, by family, by section."""


def at_each_level(rows: Iterable[Row]) -> list[Row]:
    """Rows by verdict, family and section as a census asks them: all together, by family, by section."""
    groups: dict[tuple[Any, ...], Row] = {}
    for row in rows:
        for level in LEVELS:
            told = _names(row, level)
            group = groups.setdefault(tuple(told.values()), told | dict.fromkeys(MEASURES, 0))
            for name in MEASURES:
                group[name] += row[name]
    return [row for row in groups.values() if row["establishments"] > 0]


def _names(row: Row, level: dict[str, int]) -> Row:
    return {
        "ess": row["ess"],
        "family": "" if "no_family" in level else row["family"],
        "section": "" if "no_section" in level else row["section"],
        "no_family": level.get("no_family", 0),
        "no_section": level.get("no_section", 0),
    }
