"""What the cells of a table hold, as values: a number stays a number, an interval is told bound by bound."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from ancrage.reasoning import Verdict
from ancrage.reports import cells
from ancrage.reports.cells import Cell
from ancrage.reports.columns import Title, title_of
from ancrage.reports.sheet import Grid

Value = str | int | float | date | Verdict | cells.Share | None
BOUNDS = ("au moins", "valeur centrale", "au plus")
UNBOUNDED = "sans borne"
"""What an interval says where it has no upper bound, which is not an unknown."""


def spread(grid: Grid) -> Grid:
    """The same table, a value a cell: a column of intervals takes three, one among figures three rows."""
    wide = [_is_of_jobs(grid, at) for at in range(len(grid.columns))]
    rows = (
        tuple(one for cell, three in zip(row, wide, strict=True) for one in _told(cell, three=three))
        for row in _one_bound_a_row(grid, wide)
    )
    columns = (
        title
        for column, three in zip(grid.columns, wide, strict=True)
        for title in (_titles(column) if three else (column,))
    )
    return replace(grid, columns=tuple(columns), rows=tuple(rows), right=frozenset(), highlighted=frozenset())


def titles(grid: Grid) -> list[str]:
    """Titles of the columns, a column of intervals having three."""
    return list(spread(grid).columns)


def rows(grid: Grid) -> Iterator[list[Value]]:
    """Values of each row, in the order of :func:`titles`."""
    return ([value_of(cell) for cell in row] for row in spread(grid).rows)


def value_of(cell: Cell) -> Value:
    """What one cell holds; ``None`` for a figure or a day that nobody knows."""
    if isinstance(cell, cells.Figure):
        return _whole(cell.value) if cell.decimals == 0 else cell.value
    if isinstance(cell, cells.Share):
        return None if cell.value is None else cell
    return cell.value if isinstance(cell, cells.Day) else cell


def _whole(value: float | None) -> float | int | None:
    return int(value) if value is not None and float(value).is_integer() else value


def _is_of_jobs(grid: Grid, at: int) -> bool:
    """A column whose figures are all intervals: some may be unknown."""
    told = [row[at] for row in grid.rows if cells.is_figure(row[at])]
    return any(isinstance(cell, cells.Jobs) for cell in told) and all(
        isinstance(cell, cells.Jobs) or getattr(cell, "value", None) is None for cell in told
    )


def _titles(column: str) -> Iterator[Title]:
    return (Title(f"{column}, {bound}", note=title_of(column).note) for bound in BOUNDS)


def _one_bound_a_row(grid: Grid, wide: Sequence[bool]) -> Iterator[tuple[Cell, ...]]:
    """Rows; an interval among other figures takes three, whose name says which bound each is."""
    for row in grid.rows:
        at = next((at for at, cell in enumerate(row) if isinstance(cell, cells.Jobs) and not wide[at]), None)
        if at is None:
            yield row
            continue
        for bound, told in zip(BOUNDS, _bounds(row[at]), strict=True):
            yield (f"{row[0]}, {bound}", *row[1:at], told, *row[at + 1 :])


def _told(cell: Cell, *, three: bool) -> tuple[Cell, ...]:
    return _bounds(cell) if three else (cell,)


def _bounds(cell: Cell) -> tuple[Cell, Cell, Cell]:
    if not isinstance(cell, cells.Jobs):
        return cell, cell, cell
    high = UNBOUNDED if cell.high is None else cells.figure(cell.high)
    return cells.figure(cell.low), cells.figure(cell.central), high
