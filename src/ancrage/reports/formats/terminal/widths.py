"""The width of a page shared out between the columns of a table, so that no word is cut while there is room.

Rich gives a column its least width *after* the sharing, and never folds the header of a column of figures:
what then stands out of the page is lost. Here the widest columns give way first, down to their longest word.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import compress
from operator import not_

from rich.cells import cell_len
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Column, Table
from rich.text import Text

from ancrage.reports.formats.terminal.layout import MAY_BREAK

BETWEEN = 2
"""Cells between two columns: a padding and a blank border."""
MOST_NAMES = 32
"""Cells of a first column beside texts of several lines."""
_BREAKS = re.compile(f"[ \n{MAY_BREAK}]+")


@dataclass(frozen=True, slots=True)
class Fitted:
    """A table as wide as its page at most; ``names`` is what its first column should keep to be read.

    ``spared``: the columns left out when all do not stand on the page without a fold; ``bars``: those left
    out when even folded ones do not stand there.
    """

    drawn: Table
    names: int
    spared: Sequence[bool] = ()
    bars: Sequence[bool] = ()

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        kept = [*self.drawn.columns]
        if any(self.spared) and sum(map(_natural, kept)) > _room(options.max_width, kept):
            kept = list(compress(kept, map(not_, self.spared)))
        if any(self.bars) and not self._widths(options.max_width, kept):
            bare = list(compress(self.drawn.columns, map(not_, self.bars)))
            kept = [column for column in kept if column in bare]
        self.drawn.columns = kept
        for column, width in zip(kept, self._widths(options.max_width, kept), strict=False):
            column.width, column.min_width, column.no_wrap = width, None, False
        yield self.drawn

    def _widths(self, page: int, columns: Sequence[Column]) -> Sequence[int]:
        room = _room(page, columns)
        natural = [_natural(column) for column in columns]
        least = [max(map(cell_len, _words(column))) for column in columns]
        named = [max(least[0], min(natural[0], self.names)), *least[1:]]
        if self.drawn.leading and sum(natural) > room:
            natural[0] = max(least[0], min(natural[0], MOST_NAMES))
        return share_out(natural, named, room) or share_out(natural, least, room)


def _room(page: int, columns: Sequence[Column]) -> int:
    return page - BETWEEN * (len(columns) - 1)


def _natural(column: Column) -> int:
    return max(map(cell_len, _lines(column)))


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
