"""A sheet in the terminal: charts give way to the tables that hold the same figures."""

import io
from collections.abc import Iterable, Iterator
from importlib import import_module
from itertools import chain

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ancrage.reasoning import Verdict
from ancrage.reports.audience import Audience, section_to, warning_to
from ancrage.reports.formats.terminal.layout import (
    MAX_WIDTH,
    QUIET,
    STYLES,
    TITLE,
    Page,
    heading,
    lines,
    table,
    words,
)
from ancrage.reports.formats.terminal.widths import Fitted
from ancrage.reports.sheet import Block, Cell, Grid, Items, Paragraph, Section, Sheet
from ancrage.reports.topic import Telling
from ancrage.reports.wording import FICTITIOUS, VERDICT_SIGNS

WARNING = "yellow"
NAMES = 24
WIDTH = 100
WEIGHTS = {"strong": TITLE, "quiet": QUIET, "": ""}


def write(telling: Telling) -> str:
    """The sheet as plain text, a hundred columns wide."""
    out = io.StringIO()
    show(telling, Console(file=out, width=WIDTH))
    return out.getvalue()


def show(telling: Telling, console: Console) -> None:
    """The answer on a console: its sheet, unless its topic has a way of its own."""
    own = telling.topic.own.get("terminal")
    if own is None:
        render_sheet(telling.sheet, console)
        return
    module, _, name = own.partition(":")
    getattr(import_module(module), name)(telling, console)


def render_sheet(sheet: Sheet, console: Console) -> None:
    """Write a sheet."""
    width = min(console.width, MAX_WIDTH)
    parts = chain(_top(sheet), sections(sheet.sections), _end(sheet))
    console.print(Page(Group(*parts)), width=width)


def _top(sheet: Sheet) -> Iterator[RenderableType]:
    if sheet.fictitious:
        yield words(f"{FICTITIOUS.upper()} : ne citez aucun de ces chiffres.", f"{TITLE} {WARNING}")
    yield lines(words(sheet.kicker, QUIET), words(sheet.title, TITLE), words(sheet.lead))
    for warning in sheet.warnings:
        yield words(f"Attention : {warning_to(Audience.OPERATOR, warning)}", WARNING)
    if sheet.figures:
        grid = Table.grid(padding=(0, 2))
        for figure in sheet.figures:
            grid.add_row(words(figure.label), words(figure.value, TITLE), words(figure.note, QUIET))
        yield Padding(grid, (1, 0, 0, 0))


def sections(told: Iterable[Section]) -> Iterator[RenderableType]:
    """Sections one after the other, those that have nothing to show left out."""
    return chain.from_iterable(_section(section_to(Audience.OPERATOR, section)) for section in told)


def _section(section: Section) -> Iterator[RenderableType]:
    several = sum(isinstance(block, Grid) for block in section.blocks) > 1
    shown = [drawn for block in section.blocks if (drawn := _block(block, named=several)) is not None]
    if shown:
        yield Text()
        yield heading(section.title, section.aside)
        yield from shown


def _block(block: Block, *, named: bool) -> RenderableType | None:
    match block:
        case Paragraph():
            return words(block.text, WEIGHTS[block.weight])
        case Items():
            marks = (f"{rank}." if block.ordered else "–" for rank in range(1, len(block.lines) + 1))
            grid = Table.grid(padding=(0, 1))
            for mark, line in zip(marks, block.lines, strict=True):
                grid.add_row(mark, words(line))
            return grid
        case Grid():
            return Group(Text(), words(block.name, TITLE), _grid(block)) if named else _grid(block)
        case _:
            return None


def _grid(block: Grid) -> RenderableType:
    drawn = table(*block.columns, right=block.right)
    for rank, row in enumerate(block.rows):
        drawn.add_row(*(_cell(cell) for cell in row), style=TITLE if rank in block.highlighted else "")
    fitted = Fitted(drawn, names=NAMES)
    return Group(fitted, words(block.note, QUIET)) if block.note else fitted


def _cell(cell: Cell) -> Text:
    if isinstance(cell, Verdict):
        return words(f"{VERDICT_SIGNS[cell]} {cell.label}", STYLES[cell])
    return words(cell)


def _end(sheet: Sheet) -> Iterator[RenderableType]:
    if sheet.sources:
        yield Text()
        yield heading("Sources")
        yield lines(*(words(source, QUIET) for source in sheet.sources))
    if sheet.method:
        yield words(f"Méthode, formules et limites : docs/{sheet.method}.md", QUIET)
