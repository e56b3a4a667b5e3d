"""A sheet in the terminal: charts give way to the tables that hold the same figures."""

import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from itertools import chain

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from ancrage.language.numbers import count
from ancrage.reasoning import Verdict
from ancrage.reports.audience import Audience, warning_to
from ancrage.reports.cells import Figure, Share, joined
from ancrage.reports.columns import Title, title_of
from ancrage.reports.formats.terminal.layout import (
    ACCENT,
    MAX_WIDTH,
    QUIET,
    STYLES,
    TITLE,
    Page,
    bar,
    heading,
    lines,
    phrase,
    repaired,
    table,
    words,
)
from ancrage.reports.formats.terminal.widths import Fitted
from ancrage.reports.sheet import Block, Cell, Grid, Items, Outline, Paragraph, Section, Sheet
from ancrage.reports.topic import Telling
from ancrage.reports.wording import FICTITIOUS, VERDICT_SIGNS

WARNING = "yellow"
NAMES = 24
WIDTH = 100
BAR = 14
INDENT = 2
BARS = Title("")
"""The head of a column of bars."""
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
    return chain.from_iterable(map(_section, told))


def _section(section: Section) -> Iterator[RenderableType]:
    several = sum(isinstance(block, Grid) for block in section.blocks) > 1
    shown = [drawn for block in section.blocks for drawn in _block(block, named=several)]
    if shown:
        yield Text()
        yield heading(section.title, section.aside)
        yield from shown


def _block(block: Block, *, named: bool) -> Iterator[RenderableType]:
    match block:
        case Paragraph():
            yield from repaired(block.text, block.repairs, WEIGHTS[block.weight])
        case Items() if not block.folded:
            marks = (f"{rank}." if block.ordered else "–" for rank in range(1, len(block.lines) + 1))
            grid = Table.grid(padding=(0, 1))
            for mark, line in zip(marks, block.lines, strict=True):
                grid.add_row(mark, phrase(line))
            yield grid
        case Outline():
            yield words(block.title, TITLE)
            for depth, line in block.lines():
                yield Padding(marked("–", line), (0, 0, 0, INDENT * depth))
        case Grid():
            if named:
                yield from (Text(), words(block.name, TITLE))
            yield from _grid(block)


def marked(mark: str, line: str) -> Table:
    """A line of a list after its mark."""
    grid = Table.grid(padding=(0, 1))
    grid.add_row(mark, phrase(line))
    return grid


def _grid(block: Grid) -> Iterator[RenderableType]:
    shown, left = _shown(block)
    barred = [at for at, one in enumerate(shown.columns) if title_of(one).barred]
    bars = {at: _bars([row[at] for row in shown.rows]) for at in barred}
    heads = [(at, one) for at, one in enumerate(shown.columns)]
    told = [head for at, one in heads for head in ((at, one), *([(None, BARS)] if at in bars else []))]
    right = [rank for rank, (at, _) in enumerate(told) if at in shown.right]
    drawn = table(*(title_of(one).brief or one for _, one in told), right=right)
    for rank, row in enumerate(shown.rows):
        cells = (
            text
            for at, cell in enumerate(row)
            for text in (_cell(cell), *([bars[at][rank]] if at in bars else []))
        )
        drawn.add_row(*cells, style=TITLE if rank in shown.highlighted else "")
    drawn.leading = int(any("\n" in str(cell) for row in shown.rows for cell in row))
    spared, bars_at = [title_of(one).spared for _, one in told], [at is None for at, _ in told]
    yield Fitted(drawn, names=NAMES, spared=spared, bars=bars_at)
    others = f"Et {count(left, 'autre')}." if left else ""
    yield from repaired(joined(" ", others, block.note), block.repairs, QUIET)


def _bars(cells: Sequence[Cell]) -> list[Text]:
    """Bars beside figures: a share of the whole, a count of the highest."""
    values = [(cell.value or 0) if isinstance(cell, Figure | Share) else 0 for cell in cells]
    whole = 1.0 if any(isinstance(cell, Share) for cell in cells) else max(values, default=0)
    return [words(bar(value / whole, BAR) if whole else "", ACCENT) for value in values]


def _shown(block: Grid) -> tuple[Grid, int]:
    """The rows a terminal shows, and how many it leaves out: never one alone."""
    left = len(block.rows) - block.brief
    if not block.brief or left < 2:
        return block, 0
    return replace(block, rows=block.rows[: block.brief]), left


def _cell(cell: Cell) -> Text:
    if isinstance(cell, Verdict):
        return words(f"{VERDICT_SIGNS[cell]} {cell.label}", STYLES[cell])
    return phrase(cell)


def _end(sheet: Sheet) -> Iterator[RenderableType]:
    if sheet.sources:
        yield Text()
        yield heading("Sources")
        yield lines(*(words(source, QUIET) for source in sheet.sources))
    if sheet.method:
        yield words(f"Méthode, formules et limites : docs/{sheet.method}.md", QUIET)
