"""The width of a page shared out between the columns of a table, so that no word is cut while there is room.

Rich gives a column its least width *after* the sharing, and never folds the header of a column of figures:
what then stands out of the page is lost. Here the widest columns give way first, down to their longest word.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Column, Table
from rich.text import Text

from ancrage.reports.formats.terminal.layout import MAY_BREAK

BETWEEN = 2
"""Cells between two columns: a padding and a blank border."""
_BREAKS = re.compile(f"[ \n{MAY_BREAK}]+")


@dataclass(frozen=True, slots=True)
class Fitted:
    """A table as wide as its page at most; ``names`` is what its first column should keep to be read."""

    drawn: Table
    names: int

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        room = options.max_width - BETWEEN * (len(self.drawn.columns) - 1)
        for column, width in zip(self.drawn.columns, self._widths(room), strict=False):
            column.width, column.min_width, column.no_wrap = width, None, False
        yield self.drawn

    def _widths(self, room: int) -> Sequence[int]:
        natural = [max(map(cell_len, _lines(column))) for column in self.drawn.columns]
        least = [max(map(cell_len, _words(column))) for column in self.drawn.columns]
        named = [max(least[0], min(natural[0], self.names)), *least[1:]]
        return share_out(natural, named, room) or share_out(natural, least, room)


def share_out(natural: Sequence[int], least: Sequence[int], room: int) -> list[int]:
    """Widths within ``room``, the widest columns cut to one level; empty when even ``least`` does not fit."""
    for level in range(max(natural), -1, -1):
        widths = [min(wide, max(short, level)) for wide, short in zip(natural, least, strict=True)]
        if sum(widths) <= room:
            widest = natural.index(max(natural))
            widths[widest] += min(room - sum(widths), natural[widest] - widths[widest])
            return widths
    return []


def _texts(column: Column) -> Iterator[str]:
    for cell in (column.header, *column.cells):
        yield cell.plain if isinstance(cell, Text) else str(cell)


def _lines(column: Column) -> Iterator[str]:
    return (line for text in _texts(column) for line in text.split("\n"))


def _words(column: Column) -> Iterator[str]:
    return (word for text in _texts(column) for word in _BREAKS.split(text))
