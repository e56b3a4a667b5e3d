"""Tables of a document: repeated headings, rows kept whole, widths from what the columns hold."""

from collections.abc import Sequence
from copy import deepcopy
from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Emu, Pt
from docx.table import Table, _Cell

from ancrage.reports.formats.printing.characters import legible
from ancrage.reports.formats.printing.columns import Widths, widths
from ancrage.reports.formats.printing.links import pieces
from ancrage.reports.formats.printing.report import cell_words
from ancrage.reports.formats.word.styles import NOTE, TEXT_WIDTH
from ancrage.reports.formats.word.words import add_words
from ancrage.reports.sheet import Grid, KeyFigure

SIZE = 9.0
HEADER_FILL = "E7EFEF"
HERE_FILL = "EEF3F3"
HAIRLINE = "C3CBD0"

Cells = Sequence[_Cell]
Line = Any
"""An element of lxml: a row of a table."""
BREAKS = frozenset("\n\r\t")
SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def add_grid(document: Document, grid: Grid, *, named: bool) -> None:
    """A table, its name over it when the section does not say it already, its note under it."""
    if named:
        caption = document.add_paragraph(style="Caption")
        caption.paragraph_format.keep_with_next = True
        add_words(caption, grid.name)
    room = widths(grid)
    table = _table(document, grid, room)
    head, plain, here = _rows(table)
    _fill(head, grid.columns, grid, room, bold=True, fill=HEADER_FILL)
    _repeat(head)
    models = {
        False: _model(table, plain, grid, room, bold=False),
        True: _model(table, here, grid, room, bold=True),
    }
    for rank, row in enumerate(grid.rows):
        line = deepcopy(models[rank in grid.highlighted])
        table._tbl.append(line)
        _write(table, line, [cell_words(cell) for cell in row], room, bold=rank in grid.highlighted)
    if grid.note:
        add_words(document.add_paragraph(style=NOTE), grid.note)
    else:
        document.add_paragraph().paragraph_format.space_after = Pt(2)


def add_facts(document: Document, figures: Sequence[KeyFigure]) -> None:
    """The key figures of a heading, as a table of names, values and notes."""
    rows = tuple((one.label, one.value, one.note) for one in figures)
    add_grid(document, Grid("Chiffres clés", ("Chiffre", "Valeur", "Précision"), rows), named=False)


def _table(document: Document, grid: Grid, room: Widths) -> Table:
    table: Table = document.add_table(rows=3, cols=len(grid.columns))
    table.autofit = False
    about = table._tbl.tblPr
    # The format wants the borders before the layout, and the words about the table last.
    about.find(qn("w:tblLayout")).addprevious(_borders())
    for tag, content in (("w:tblCaption", grid.name), ("w:tblDescription", f"Tableau : {grid.name}")):
        told = OxmlElement(tag)
        told.set(qn("w:val"), legible(content)[:250])
        about.append(told)
    for column, share in zip(table._tbl.tblGrid.gridCol_lst, room.shares, strict=True):
        column.w = Emu(round(TEXT_WIDTH * share))
    return table


def _rows(table: Table) -> list[Cells]:
    """Cells of each row; none is merged.

    ``table.rows`` and ``row.cells`` keep what refers back to them: the whole document would outlive its file.
    """
    return [[_Cell(cell, table) for cell in row.tc_lst] for row in table._tbl.tr_lst]


def _borders() -> OxmlElement:  # type: ignore[valid-type]
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "bottom", "insideH"):
        line = OxmlElement(f"w:{side}")
        for key, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", HAIRLINE)):
            line.set(qn(f"w:{key}"), value)
        borders.append(line)
    return borders


def _repeat(row: Cells) -> None:
    row[0]._tc._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _fill(row: Cells, words: Sequence[str], grid: Grid, room: Widths, *, bold: bool, fill: str) -> None:
    row[0]._tc._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    for rank, (cell, text, share) in enumerate(zip(row, words, room.shares, strict=True)):
        cell.width = Emu(round(TEXT_WIDTH * share))
        paragraph = cell.paragraphs[0]
        paragraph.paragraph_format.space_after = Pt(2)
        if rank in grid.right:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        add_words(paragraph, text, bold=bold or rank == 0, size=Pt(SIZE * room.scale))
        if fill:
            _shade(cell, fill)


def _model(table: Table, row: Cells, grid: Grid, room: Widths, *, bold: bool) -> Line:
    """A line as all those of its kind are made, taken out of the table: copying it is ten times as fast."""
    _fill(row, ["x"] * len(row), grid, room, bold=bold, fill=HERE_FILL if bold else "")
    line = row[0]._tc._tr
    table._tbl.remove(line)
    return line


def _write(table: Table, line: Line, words: Sequence[str], room: Widths, *, bold: bool) -> None:
    """Put the words of a line in the copy of its model; links and breaks are made as everywhere else."""
    # All are found before any is written: a run that is made again would be met too.
    for rank, (place, text) in enumerate(zip(list(line.iter(qn("w:t"))), words, strict=True)):
        found = list(pieces(text, legible))
        run = place.getparent()
        if len(found) == 1 and not found[0][1] and not BREAKS & set(found[0][0]):
            place.text = found[0][0]
            if place.text.strip() != place.text:
                place.set(SPACE, "preserve")
            continue
        paragraph = run.getparent()
        paragraph.remove(run)
        cell = _Cell(paragraph.getparent(), table)
        add_words(cell.paragraphs[0], text, bold=bold or rank == 0, size=Pt(SIZE * room.scale))


def _shade(cell: _Cell, fill: str) -> None:
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:fill"), fill)
    cell._tc.get_or_add_tcPr().append(shading)
