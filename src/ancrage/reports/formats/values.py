"""What the cells of a table hold, as values: a number stays a number, an interval takes three columns."""

from collections.abc import Iterator, Sequence
from datetime import date

from ancrage.reasoning import Verdict
from ancrage.reports import cells
from ancrage.reports.sheet import Grid

Value = str | int | float | date | Verdict | cells.Share | None
BOUNDS = ("au moins", "valeur centrale", "au plus")


def titles(grid: Grid) -> list[str]:
    """Titles of the columns, an interval having three."""
    return [
        title
        for at, column in enumerate(grid.columns)
        for title in ([f"{column}, {bound}" for bound in BOUNDS] if _holds_jobs(grid, at) else [column])
    ]


def rows(grid: Grid) -> Iterator[list[Value]]:
    """Values of each row, in the order of :func:`titles`."""
    spread = [_holds_jobs(grid, at) for at in range(len(grid.columns))]
    for row in grid.rows:
        yield [value for cell, wide in zip(row, spread, strict=True) for value in _values(cell, wide=wide)]


def _holds_jobs(grid: Grid, at: int) -> bool:
    return any(isinstance(row[at], cells.Jobs) for row in grid.rows)


def _values(cell: cells.Cell, *, wide: bool) -> Sequence[Value]:
    if isinstance(cell, cells.Jobs):
        return (_whole(cell.low), cell.central, _whole(cell.high))
    return (value_of(cell), *((None, None) if wide else ()))


def value_of(cell: cells.Cell) -> Value:
    """What one cell holds; ``None`` for a figure or a day that nobody knows."""
    if isinstance(cell, cells.Figure):
        return _whole(cell.value) if cell.decimals == 0 else cell.value
    if isinstance(cell, cells.Share):
        return None if cell.value is None else cell
    return cell.value if isinstance(cell, cells.Day) else cell


def _whole(value: float | None) -> float | int | None:
    return int(value) if value is not None and float(value).is_integer() else value
