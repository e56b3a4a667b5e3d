"""Figures of the register added up in arrays, and told as a census asks them."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from ancrage.register.levels import LEVELS, MEASURES
from ancrage.warehouse.reading import Row

if TYPE_CHECKING:
    from numpy.typing import NDArray


def added(key: "NDArray[Any]", sums: "NDArray[Any]", keys: int) -> "NDArray[Any]":
    """Rows of the same key added up: one row a key."""
    import numpy as np

    return np.column_stack([np.bincount(key, column, minlength=keys) for column in sums.T])


def rows_of(keys: Iterable[Row], total: "NDArray[Any]") -> list[Row]:
    """Figures (one row a key: verdict, family, section) as a census tells them, those of none left out."""
    groups: dict[tuple[Any, ...], list[float]] = {}
    for key, sums in zip(keys, total.tolist(), strict=True):
        if not any(sums):
            continue
        for level in LEVELS:
            family = "" if "no_family" in level else key["family"]
            section = "" if "no_section" in level else key["section"]
            told = groups.setdefault((key["ess"], family, section, *_flags(level)), [0.0] * len(MEASURES))
            for rank, value in enumerate(sums):
                told[rank] += value
    return [_row(key, sums) for key, sums in groups.items() if round(sums[0]) > 0]


def _flags(level: dict[str, int]) -> tuple[int, int]:
    return level.get("no_family", 0), level.get("no_section", 0)


def _row(key: tuple[Any, ...], sums: list[float]) -> Row:
    names = dict(zip(("ess", "family", "section", "no_family", "no_section"), key, strict=True))
    whole = {
        name: value if name == "central" else round(value) for name, value in zip(MEASURES, sums, strict=True)
    }
    return names | whole
