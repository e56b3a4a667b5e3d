"""Words of a document: cleaned, their addresses followed, lists that each start from one."""

from collections.abc import Iterable

from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, RGBColor
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from ancrage.reports.formats.printing.characters import legible
from ancrage.reports.formats.printing.links import pieces

LINK = RGBColor(0x15, 0x5A, 0x63)
DEEPEST = 2
"""Levels of bullets under the first that the styles of Word know."""


def add_words(paragraph: Paragraph, text: str, *, bold: bool = False, size: Length | None = None) -> None:
    """Add a text to a paragraph; its addresses become links, its line ends breaks."""
    for words, address in pieces(text, legible):
        run = paragraph.add_run(words)
        run.bold = bold or None
        run.font.size = size
        if address:
            _link(paragraph, run, address)


def _link(paragraph: Paragraph, run: Run, address: str) -> None:
    link = OxmlElement("w:hyperlink")
    found = paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link.set(qn("r:id"), found)
    run.underline, run.font.color.rgb = True, LINK
    paragraph._p.append(link)
    link.append(run._r)


def add_list(document: Document, lines: Iterable[str], *, ordered: bool) -> None:
    """A list; an ordered one starts from one, whatever lists came before."""
    numbering = _restarted(document) if ordered else None
    for line in lines:
        paragraph = document.add_paragraph(style="List Number" if ordered else "List Bullet")
        if numbering is not None:
            paragraph._p.get_or_add_pPr().get_or_add_numPr().get_or_add_numId().val = numbering
        add_words(paragraph, line)


def add_outline(document: Document, lines: Iterable[tuple[int, str]]) -> None:
    """Sentences under others, each as deep as it says: Word knows three levels of bullets."""
    for depth, line in lines:
        style = "List Bullet" if depth == 0 else f"List Bullet {min(depth, DEEPEST) + 1}"
        add_words(document.add_paragraph(style=style), line)


def _restarted(document: Document) -> int:
    """A new numbering of the style of ordered lists, from one; its identifier."""
    style = document.styles["List Number"].element.pPr.numPr.numId.val
    every = document.part.numbering_part.element
    model = every.num_having_numId(style).abstractNumId.val
    made = every.add_num(model)
    made.add_lvlOverride(ilvl=0).add_startOverride(1)
    number: int = made.numId
    return number
