"""A sheet as a document that an officer goes on writing: real styles, real tables, real lists."""

import io
import zipfile
from datetime import UTC, datetime

from docx import Document
from docx.document import Document as WordDocument

from ancrage.language.typography import NO_BREAK_SPACE, capitalised
from ancrage.reports.audience import Audience, told_to
from ancrage.reports.formats.printing.characters import legible
from ancrage.reports.formats.printing.report import FOOT, HEAD, closing, shortened
from ancrage.reports.formats.word.fields import page_of_pages
from ancrage.reports.formats.word.pictures import add_chart
from ancrage.reports.formats.word.styles import BANNER, NOTE, WARNING, prepare
from ancrage.reports.formats.word.tables import add_facts, add_grid
from ancrage.reports.formats.word.words import add_list, add_outline, add_words
from ancrage.reports.sheet import Block, Chart, Grid, Items, Outline, Paragraph, Section, Sheet
from ancrage.reports.topic import Telling
from ancrage.reports.wording import FICTITIOUS

FIRST_DAY = (1980, 1, 1, 0, 0, 0)

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
DO_NOT_QUOTE = f"{capitalised(FICTITIOUS)}. Ne citez aucun de ces chiffres."


def write(telling: Telling) -> bytes:
    """An answer in this shape."""
    return render_sheet_docx(telling.sheet, telling.to)


def render_sheet_docx(sheet: Sheet, to: Audience = Audience.READER) -> bytes:
    """Write a sheet as a DOCX file (Office Open XML). The same sheet gives the same bytes."""
    sheet = told_to(to, sheet)
    document = Document()
    prepare(document)
    _properties(document, sheet)
    _head_and_foot(document, sheet)
    _opening(document, sheet)
    annexed = False
    for section in sheet.sections:
        if section.annex and not annexed:
            document.add_page_break()  # type: ignore[no-untyped-call]  # python-docx has no types here
            annexed = True
        _section(document, section)
    _closing(document, sheet)
    out = io.BytesIO()
    document.save(out)
    _let_go(document)
    return undated(out.getvalue())


def _let_go(document: WordDocument) -> None:
    """Empty a document that is written: nothing may be asked of it any more.

    Its parts hold each other, and wait for Python to look for cycles, which knows nothing of the megabytes
    of XML behind them: a process that writes many grew by as much.
    """
    package = document.part.package
    for held in (*package.iter_parts(), package, document):
        vars(held).clear()


def _properties(document: WordDocument, sheet: Sheet) -> None:
    on = sheet.on
    made = datetime(on.year, on.month, on.day, tzinfo=UTC) if on else EPOCH
    told = document.core_properties
    told.title, told.subject = legible(sheet.title)[:255], legible(sheet.kicker)[:255]
    told.author = told.last_modified_by = "Ancrage"
    told.language, told.comments, told.keywords = "fr-FR", "", FICTITIOUS if sheet.fictitious else ""
    told.created = told.modified = made


def _head_and_foot(document: WordDocument, sheet: Sheet) -> None:
    page = document.sections[0]
    page.header.paragraphs[0].text = shortened(f"{sheet.title} · {sheet.kicker}", HEAD)
    if sheet.fictitious:
        page.header.add_paragraph(DO_NOT_QUOTE, style=BANNER)
    foot = page.footer.paragraphs[0]
    foot.text = f"{shortened(sheet.attribution, FOOT)} page{NO_BREAK_SPACE}".lstrip()
    page_of_pages(foot)


def _opening(document: WordDocument, sheet: Sheet) -> None:
    add_words(document.add_paragraph(style=NOTE), sheet.kicker)
    add_words(document.add_paragraph(style="Title"), sheet.title)
    add_words(document.add_paragraph(), sheet.lead)
    if sheet.fictitious:
        document.add_paragraph(DO_NOT_QUOTE, style=WARNING)
    for warning in sheet.warnings:
        add_words(document.add_paragraph(style=WARNING), f"Attention : {warning}")
    if sheet.figures:
        add_facts(document, sheet.figures)


def _section(document: WordDocument, section: Section) -> None:
    heading = document.add_paragraph(style="Heading 1")
    heading.paragraph_format.page_break_before = section.alone or None
    add_words(heading, section.title)
    if section.aside:
        aside = document.add_paragraph(style=NOTE)
        aside.paragraph_format.keep_with_next = True
        add_words(aside, section.aside)
    for block in section.blocks:
        _block(document, block, section)


def _block(document: WordDocument, block: Block, section: Section) -> None:
    match block:
        case Paragraph():
            paragraph = document.add_paragraph(style=NOTE if block.weight == "quiet" else None)
            add_words(paragraph, block.text, bold=block.weight == "strong")
        case Items() if not block.folded:
            add_list(document, block.lines, ordered=block.ordered)
        case Outline():
            add_words(document.add_paragraph(), block.title, bold=True)
            add_outline(document, block.lines())
        case Grid():
            add_grid(document, block, named=block.name != section.title)
        case Chart():
            add_chart(document, block)


def _closing(document: WordDocument, sheet: Sheet) -> None:
    alone = bool(sheet.sections and sheet.sections[-1].alone) or None
    if sheet.sources:
        heading = document.add_paragraph("Sources", style="Heading 1")
        heading.paragraph_format.page_break_before = alone
        add_list(document, sheet.sources, ordered=False)
    foot = document.add_paragraph(closing(sheet), style=NOTE)
    foot.paragraph_format.page_break_before = None if sheet.sources else alone


def undated(document: bytes) -> bytes:
    """The same files in the same order, all of the first day that an archive can tell."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(document)) as given, zipfile.ZipFile(out, "w") as made:
        for name in given.namelist():
            entry = zipfile.ZipInfo(name, FIRST_DAY)
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, given.read(name))
    return out.getvalue()
