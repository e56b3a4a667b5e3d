"""A sheet as slides for a meeting: a title, then a slide a section, its map or its table as it is read."""

import io
from collections.abc import Iterator
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.presentation import Presentation as Deck
from pptx.util import Emu, Mm, Pt

from ancrage.reasoning import Verdict
from ancrage.reports.audience import told_to
from ancrage.reports.formats.docx import undated
from ancrage.reports.formats.printing.characters import legible
from ancrage.reports.formats.printing.drawings import drawing_of
from ancrage.reports.formats.printing.report import cell_words
from ancrage.reports.sheet import Block, Chart, Grid, Items, Outline, Paragraph, Section, Sheet
from ancrage.reports.studio import studio
from ancrage.reports.topic import Telling
from ancrage.reports.wording import FICTITIOUS

Shown = Any
"""Slides and their parts: python-pptx types few of them."""
WIDTH, HEIGHT = Mm(338.7), Mm(190.5)
MARGIN, TOP = Mm(16), Mm(36)
INK, QUIET, PRIMARY, WASH, WHITE = (
    RGBColor.from_string(code)  # type: ignore[no-untyped-call]
    for code in ("1D262C", "56626A", "1F6F78", "EEF3F3", "FFFFFF")
)
FONT = "Liberation Sans"
ROWS, LINES = 9, 9
"""Rows of a table, and lines of a list, that a slide holds: the others go on the next one."""
LONGEST_NOTE = 300
"""Letters of a sentence that holds at the foot of a slide."""
SCALE = 2.5


def write(telling: Telling) -> bytes:
    """An answer as a PPTX file (Office Open XML). The same sheet gives the same bytes."""
    sheet = told_to(telling.to, telling.sheet)
    deck = Presentation()
    deck.slide_width, deck.slide_height = WIDTH, HEIGHT
    told = deck.core_properties
    told.title, told.author, told.language = legible(sheet.title)[:255], "Ancrage", "fr-FR"
    _opening(deck, sheet, telling.address)
    for section in (one for one in sheet.sections if not one.annex):
        _section(deck, sheet, section)
    if sheet.sources:
        _section(deck, sheet, Section("sources", "Sources", (Items(sheet.sources),)))
    out = io.BytesIO()
    deck.save(out)
    return undated(out.getvalue())


def _opening(deck: Deck, sheet: Sheet, address: str) -> None:
    slide = _slide(deck, sheet, sheet.title, sheet.kicker)
    _words(slide, sheet.lead, TOP, Mm(12), 20)
    width = (WIDTH - 2 * MARGIN) // max(1, len(sheet.figures))
    for rank, one in enumerate(sheet.figures):
        at = MARGIN + rank * width
        _words(slide, one.label, Mm(64), Mm(10), 14, QUIET, left=at, width=width)
        _words(slide, str(one.value), Mm(73), Mm(18), 34, PRIMARY, left=at, width=width, bold=True)
        _words(slide, one.note, Mm(93), Mm(30), 12, QUIET, left=at, width=width - Mm(6))
    warnings = " ".join(str(one) for one in sheet.warnings)
    _words(slide, warnings, Mm(128), Mm(30), 12, QUIET)
    _words(slide, address, Mm(160), Mm(8), 11, QUIET)


def _section(deck: Deck, sheet: Sheet, section: Section) -> None:
    slide: Shown | None = None
    for block in section.blocks:
        if slide is not None and isinstance(block, Paragraph) and len(str(block.text)) <= LONGEST_NOTE:
            # A sentence stands under what it follows, not alone on a slide.
            _words(slide, str(block.text), HEIGHT - Mm(36), Mm(22), 13, QUIET)
            continue
        for part in _parts(block):
            slide = _slide(deck, sheet, section.title, sheet.title)
            _set(slide, part)


def _parts(block: Block) -> Iterator[Block]:
    """A long block, a slide at a time."""
    if isinstance(block, Grid):
        for start in range(0, len(block.rows), ROWS):
            yield Grid(block.name, block.columns, block.rows[start : start + ROWS], block.right)
    elif isinstance(block, Items):
        for start in range(0, len(block.lines), LINES):
            yield Items(block.lines[start : start + LINES])
    elif not isinstance(block, Paragraph) or block.text:
        yield block


def _set(slide: Shown, block: Block) -> None:
    match block:
        case Grid():
            _table(slide, block)
        case Chart():
            _picture(slide, block)
        case Items():
            _list(slide, block.lines)
        case Outline():
            _list(slide, tuple(line for _, line in block.lines()))
        case Paragraph():
            _list(slide, (block.text,))


def _slide(deck: Deck, sheet: Sheet, title: str, above: str) -> Shown:
    slide = deck.slides.add_slide(deck.slide_layouts[5])
    heading = slide.shapes.title
    heading.left, heading.top, heading.width, heading.height = MARGIN, Mm(16), WIDTH - 2 * MARGIN, Mm(16)
    heading.text_frame.text = legible(title)
    _dress(heading.text_frame.paragraphs[0], 28, PRIMARY, bold=True)
    heading.text_frame.paragraphs[0].alignment = 1
    _words(slide, above, Mm(8), Mm(8), 12, QUIET)
    foot = f"Ancrage · {sheet.on:%d/%m/%Y}" if sheet.on else "Ancrage"
    mark = f"{foot} · {FICTITIOUS}" if sheet.fictitious else foot
    _words(slide, mark, HEIGHT - Mm(12), Mm(8), 10, QUIET)
    return slide


def _words(
    slide: Shown,
    text: str,
    top: int,
    height: int,
    size: int,
    colour: RGBColor = INK,
    *,
    left: int = MARGIN,
    width: int = WIDTH - 2 * MARGIN,
    bold: bool = False,
) -> None:
    if not text:
        return
    frame = slide.shapes.add_textbox(Emu(left), Emu(top), Emu(width), Emu(height)).text_frame
    frame.word_wrap = True
    frame.text = legible(text)
    for paragraph in frame.paragraphs:
        _dress(paragraph, size, colour, bold=bold)


def _dress(paragraph: Shown, size: int, colour: RGBColor, *, bold: bool = False) -> None:
    font = paragraph.font
    font.size, font.name, font.bold = Pt(size), FONT, bold
    font.color.rgb = colour


def _list(slide: Shown, lines: tuple[str, ...]) -> None:
    told = "\n".join(f"• {line}" if len(lines) > 1 else line for line in lines)
    size = 18 if sum(map(len, lines)) < 700 else 13
    _words(slide, told, TOP, HEIGHT - TOP - Mm(20), size)


def _table(slide: Shown, grid: Grid) -> None:
    shape = slide.shapes.add_table(
        len(grid.rows) + 1, len(grid.columns), MARGIN, TOP, WIDTH - 2 * MARGIN, Mm(10) * (len(grid.rows) + 1)
    )
    shape.name = legible(grid.name)
    for at, name in enumerate(grid.columns):
        _cell(shape.table.cell(0, at), name, PRIMARY, head=True)
    for rank, row in enumerate(grid.rows, 1):
        for at, cell in enumerate(row):
            told = cell_words(cell) if isinstance(cell, Verdict) else str(cell)
            _cell(shape.table.cell(rank, at), told, WASH if rank % 2 else WHITE)


def _cell(cell: Shown, text: str, fill: RGBColor, *, head: bool = False) -> None:
    cell.fill.solid()
    cell.fill.fore_color.rgb = fill
    cell.text = legible(text)
    for paragraph in cell.text_frame.paragraphs:
        _dress(paragraph, 12, WHITE if head else INK, bold=head)


def _picture(slide: Shown, chart: Chart) -> None:
    drawn = drawing_of(chart, FONT)
    if drawn is None:
        return
    room = HEIGHT - TOP - Mm(20)
    picture = slide.shapes.add_picture(io.BytesIO(studio.picture(drawn.svg, SCALE)), MARGIN, TOP)
    ratio = min((WIDTH - 2 * MARGIN) / picture.width, room / picture.height)
    picture.width, picture.height = int(picture.width * ratio), int(picture.height * ratio)
    picture.left = (WIDTH - picture.width) // 2
    picture._element.nvPicPr.cNvPr.set("descr", drawn.spoken)
