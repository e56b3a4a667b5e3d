"""The grid's answers, kept in pages that exist only where a zone is.

A code is the number of the zone that covers the whole cell, ``-1`` outside every zone, or ``-2 - i`` where
an edge passes: the i-th list of candidates, in the order of the zones, is then to be tested.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ancrage.territories.geometry.raster import INSIDE, ZoneCells

PAGE_BITS = 6
PAGE_SIDE = 1 << PAGE_BITS
PAGE_CELLS = PAGE_SIDE * PAGE_SIDE
PAGE_MASK = PAGE_SIDE - 1

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Axis:
    """Pages along one axis. ``rank[page - first + 1]`` is the compact position of a page, 0 when none exists.

    ``first`` and ``last``: numbers of the first and last existing page. ``rank``: shape (last - first + 3,),
    one empty position on either side, where coordinates beyond the zones are sent.
    """

    first: int
    last: int
    rank: NDArray[np.int32]

    @classmethod
    def over(cls, pages: Ints) -> "Axis":
        """Axis of the pages given (any order, repetitions allowed)."""
        existing = np.unique(pages)
        if not len(existing):
            return cls(0, 0, np.zeros(3, np.int32))
        first, last = int(existing[0]), int(existing[-1])
        rank = np.zeros(last - first + 3, np.int32)
        rank[existing - first + 1] = np.arange(1, len(existing) + 1)
        return cls(first, last, rank)

    @property
    def size(self) -> int:
        """Number of compact positions, the empty one included."""
        return int(self.rank.max()) + 1

    def cells(self, degrees: NDArray[np.float64], inverse: float) -> NDArray[np.int32]:
        """Cell of each coordinate counted from the empty page before the first; NaN goes there too."""
        start = (self.first - 1) * PAGE_SIDE
        with np.errstate(over="ignore", invalid="ignore"):
            position = np.floor(degrees * inverse)
            position -= start
        # fmax and fmin ignore NaN, and bring what is far away back to an empty page.
        np.fmax(position, 0, out=position)
        np.fmin(position, len(self.rank) * PAGE_SIDE - 1, out=position)
        return position.astype(np.int32)


@dataclass(frozen=True, slots=True)
class Pages:
    """``directory``: page by compact row and column, flat; page 0 is empty. ``codes``: all pages, flat.

    ``candidates``: shape (number of lists, longest), zone numbers, -1 after the end of a list.
    """

    columns: Axis
    rows: Axis
    directory: NDArray[np.int32]
    codes: NDArray[np.int32]
    candidates: NDArray[np.int32]

    def look_up(
        self, lon: NDArray[np.float64], lat: NDArray[np.float64], inverse: float
    ) -> NDArray[np.int32]:
        """Code of the cell of each point; ``inverse`` is cells per degree."""
        column, row = self.columns.cells(lon, inverse), self.rows.cells(lat, inverse)
        return self.codes.take(self.addresses(column, row))

    def addresses(self, column: NDArray[np.int32], row: NDArray[np.int32]) -> NDArray[np.int32]:
        """Position in ``codes`` of cells counted from the empty page before the first."""
        place = self.rows.rank.take(row >> PAGE_BITS)
        place *= self.columns.size
        place += self.columns.rank.take(column >> PAGE_BITS)
        address = self.directory.take(place)
        address <<= 2 * PAGE_BITS
        address |= (row & PAGE_MASK) << PAGE_BITS
        address |= column & PAGE_MASK
        return address

    def candidates_of(self, codes: NDArray[np.int32]) -> NDArray[np.int32]:
        """Zones to test, in order, for codes that need it: shape (n, longest list), -1 after the end."""
        return self.candidates[-2 - codes]


def paint(zones: Iterable[ZoneCells]) -> Pages:
    """Pages holding the cells of all zones, given in order of priority."""
    cells = list(zones)
    pages = _empty_pages(cells)
    lists = _CandidateLists()
    for number, zone in enumerate(cells):
        address = pages.addresses(
            (zone.columns - (pages.columns.first - 1) * PAGE_SIDE).astype(np.int32),
            (zone.rows - (pages.rows.first - 1) * PAGE_SIDE).astype(np.int32),
        )
        for inside in (True, False):
            chosen = address[(zone.status == INSIDE) == inside]
            before, where = np.unique(pages.codes[chosen], return_inverse=True)
            after = [lists.code_after(int(code), number, inside=inside) for code in before]
            pages.codes[chosen] = np.array(after, np.int32)[where]
    return Pages(pages.columns, pages.rows, pages.directory, pages.codes, lists.as_table())


def _empty_pages(cells: list[ZoneCells]) -> Pages:
    nothing = [np.empty(0, np.int64)]
    keys = [
        np.unique(((zone.rows >> PAGE_BITS) << 32) + (zone.columns >> PAGE_BITS) + (1 << 31))
        for zone in cells
    ]
    existing = np.unique(np.concatenate(nothing + keys))
    page_rows, page_columns = existing >> 32, (existing & 0xFFFFFFFF) - (1 << 31)
    columns, rows = Axis.over(page_columns), Axis.over(page_rows)
    directory = np.zeros(rows.size * columns.size, np.int32)
    place = (
        rows.rank[page_rows - rows.first + 1] * columns.size + columns.rank[page_columns - columns.first + 1]
    )
    directory[place] = np.arange(1, len(existing) + 1)
    codes = np.full((len(existing) + 1) * PAGE_CELLS, -1, np.int32)
    return Pages(columns, rows, directory, codes, np.empty((0, 0), np.int32))


class _CandidateLists:
    """Distinct ordered lists of zones to test; a list is closed once a zone covers the whole cell."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[tuple[int, ...], bool], int] = {}
        self._lists: list[tuple[tuple[int, ...], bool]] = []

    def code_after(self, code: int, zone: int, *, inside: bool) -> int:
        """Code of a cell once ``zone`` is laid on a cell that had ``code``."""
        if code >= 0:
            return code
        if code == -1 and inside:
            return zone
        held, closed = ((), False) if code == -1 else self._lists[-2 - code]
        return code if closed else -2 - self._number(((*held, zone), inside))

    def _number(self, key: tuple[tuple[int, ...], bool]) -> int:
        if key not in self._numbers:
            self._numbers[key] = len(self._lists)
            self._lists.append(key)
        return self._numbers[key]

    def as_table(self) -> NDArray[np.int32]:
        """All lists, padded with -1."""
        longest = max((len(zones) for zones, _ in self._lists), default=0)
        table = np.full((len(self._lists), longest), -1, np.int32)
        for row, (zones, _) in zip(table, self._lists, strict=True):
            row[: len(zones)] = zones
        return table
