"""Widths of the columns of a printed table, from what they hold: figures whole, texts sharing the rest."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from ancrage.reasoning import Verdict
from ancrage.reports.sheet import Cell, Grid

CHARACTERS = 104
"""Characters of body size that a line of an A4 page holds."""
PADDING = 2.0
LONGEST_WORD = 14
SMALLEST = 0.72
WISHES_WEIGH = 0.75
_WORDS = re.compile(r"[ \n\t-]+")
VERDICT_ROOM = max(len(one.label) for one in Verdict) + 2


@dataclass(frozen=True, slots=True)
class Widths:
    """Share of the line of each column (they add up to 1), and how much smaller its letters must be."""

    shares: tuple[float, ...]
    scale: float


def widths(grid: Grid) -> Widths:
    """Every column gets the room of its longest word, then its part of what is left."""
    columns = [[grid.columns[at], *(row[at] for row in grid.rows)] for at in range(len(grid.columns))]
    needs = [_need(cells) + PADDING for cells in columns]
    wishes = [0.0 if _is_of_figures(at, cells, grid) else _wish(cells) for at, cells in enumerate(columns)]
    scale = min(1.0, max(SMALLEST, CHARACTERS / sum(needs)))
    left = max(0.0, CHARACTERS / scale - sum(needs))
    spread = sum(wishes) or 1.0
    room = [
        need + left * (wish / spread if any(wishes) else 1 / len(needs))
        for need, wish in zip(needs, wishes, strict=True)
    ]
    return Widths(tuple(one / sum(room) for one in room), scale)


def _is_of_figures(at: int, cells: Sequence[Cell], grid: Grid) -> bool:
    """A column on the right whose cells are one word each: sentences there want room as texts do."""
    return at in grid.right and not any(" " in str(cell) for cell in cells[1:])


def _need(cells: Sequence[Cell]) -> float:
    return max(_longest_word(cell) for cell in cells)


def _longest_word(cell: Cell) -> float:
    if isinstance(cell, Verdict):
        return VERDICT_ROOM
    return min(LONGEST_WORD, max(map(len, _WORDS.split(cell)), default=0))


def _wish(cells: Sequence[Cell]) -> float:
    """More for columns whose cells are long: a table is as high as its fullest column."""
    total = sum(0 if isinstance(cell, Verdict) else len(cell) for cell in cells[1:])
    return math.pow(total / max(1, len(cells) - 1), WISHES_WEIGH)
