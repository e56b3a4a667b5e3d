"""Columns declared once: a title, what each row says there, and where it is shown.

A page, a terminal and a paper show what is read; a workbook and a CSV hold what is taken away. One more
column is one more declaration, and nothing else.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, Self, TypeVar

from ancrage.reports.cells import Cell, is_figure
from ancrage.reports.sheet import Block, Grid, Items, Section, Sheet, Where

Row = TypeVar("Row")


class Title(str):
    """The title of a column, and what it says beyond its words.

    ``note`` defines it; ``where`` it is; ``brief``: its title where room is scarce; ``spared``: left out of a
    terminal where it would have others folded; ``barred``: a terminal draws bars beside its figures.
    """

    __slots__ = ("barred", "brief", "note", "spared", "where")
    note: str
    where: Where
    brief: str
    spared: bool
    barred: bool

    def __new__(
        cls,
        words: str,
        *,
        note: str = "",
        where: Where = Where.EVERYWHERE,
        brief: str = "",
        spared: bool = False,
        barred: bool = False,
    ) -> Self:
        """The words, and what they carry."""
        made = super().__new__(cls, words)
        made.note, made.where, made.brief = note, where, brief
        made.spared, made.barred = spared, barred
        return made


def title_of(column: str) -> Title:
    """A title as declared; plain words are a title that says nothing more."""
    return column if isinstance(column, Title) else Title(column)


@dataclass(frozen=True, slots=True)
class Column(Generic[Row]):
    """A column: its title, and the cell of a row."""

    title: str
    cell: Callable[[Row], Cell]


def read(title: str, cell: Callable[[Row], Cell], *, brief: str = "") -> Column[Row]:
    """A column that is only read: what it says is in columns of its own in a file."""
    return Column(Title(title, where=Where.READ, brief=brief), cell)


def kept(title: str, cell: Callable[[Row], Cell], *, note: str = "") -> Column[Row]:
    """A column of the files only."""
    return Column(Title(title, where=Where.KEPT, note=note), cell)


def grid(name: str, columns: Sequence[Column[Row]], rows: Iterable[Row]) -> Grid:
    """The table of these rows; a column of figures is set on the right."""
    told = tuple(tuple(column.cell(row) for column in columns) for row in rows)
    figures = frozenset(at for at in range(len(columns)) if told and all(is_figure(row[at]) for row in told))
    return Grid(name, tuple(column.title for column in columns), told, right=figures)


def for_reading(sheet: Sheet) -> Sheet:
    """What a page, a terminal or a paper shows of a sheet."""
    return _only(sheet, Where.READ)


def for_keeping(sheet: Sheet) -> Sheet:
    """What a file holds of a sheet."""
    return _only(sheet, Where.KEPT)


def _only(sheet: Sheet, where: Where) -> Sheet:
    told = (replace(one, blocks=tuple(_block(block, where) for block in one.blocks if _is_in(block, where)))
            for one in sheet.sections)  # fmt: skip
    return replace(sheet, sections=tuple(section for section in told if _says(section)))


def _says(section: Section) -> bool:
    return bool(section.blocks)


def _is_in(block: Block, where: Where) -> bool:
    return not isinstance(block, Grid | Items) or block.where in (Where.EVERYWHERE, where)


def _block(block: Block, where: Where) -> Block:
    return _with_columns(block, where) if isinstance(block, Grid) else block


def _is_shown(table: Grid, at: int, where: Where) -> bool:
    """A column that says nothing is not read; a file keeps it, so that its columns are always the same."""
    said = where is Where.KEPT or at == 0 or any(row[at] != "" for row in table.rows)
    return said and title_of(table.columns[at]).where in (Where.EVERYWHERE, where)


def _with_columns(table: Grid, where: Where) -> Grid:
    kept_at = [at for at in range(len(table.columns)) if _is_shown(table, at, where)]
    if len(kept_at) == len(table.columns):
        return table
    return replace(
        table,
        columns=tuple(table.columns[at] for at in kept_at),
        rows=tuple(tuple(row[at] for at in kept_at) for row in table.rows),
        right=frozenset(rank for rank, at in enumerate(kept_at) if at in table.right),
    )
