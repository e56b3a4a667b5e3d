"""Styles of a document: an officer changes one, and the whole follows."""

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.styles.style import ParagraphStyle

NOTE = "Note discrète"
WARNING = "Avertissement"
BANNER = "Bandeau"
FONT = "Calibri"
INK = RGBColor(0x1D, 0x26, 0x2C)
QUIET = RGBColor(0x56, 0x62, 0x6A)
WARN_INK = RGBColor(0x4D, 0x39, 0x00)
WARN = "FFF1CC"
SIDES = Mm(20)
TEXT_WIDTH = Mm(170)


def prepare(document: Document) -> None:
    """A4, French, sober: sizes and colours of every style used."""
    page = document.sections[0]
    page.page_width, page.page_height = Mm(210), Mm(297)
    page.left_margin = page.right_margin = page.top_margin = page.bottom_margin = SIDES
    _speak_french(document)
    _letters(document, "Normal", 10.5, INK)
    for name, size in (("Title", 24), ("Heading 1", 15), ("Header", 8.5), ("Footer", 8), ("Caption", 9.5)):
        _letters(document, name, size, INK if size > 10 else QUIET)
    _plain_title(document)
    _added(document, NOTE, 9.5, QUIET)
    for name, size in ((WARNING, 10), (BANNER, 9)):
        _shaded(_added(document, name, size, WARN_INK))


def _speak_french(document: Document) -> None:
    for language in document.styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "fr-FR")


def _letters(document: Document, name: str, size: float, colour: RGBColor) -> ParagraphStyle:
    style = document.styles[name]
    assert isinstance(style, ParagraphStyle)  # noqa: S101 the names above are those of paragraph styles
    style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    return style


def _plain_title(document: Document) -> None:
    """The default title is underlined across the page: it is not ours."""
    for border in document.styles["Title"].element.iter(qn("w:pBdr")):
        border.getparent().remove(border)
        break


def _added(document: Document, name: str, size: float, colour: RGBColor) -> ParagraphStyle:
    style = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = document.styles["Normal"]
    return _letters(document, name, size, colour)


def _shaded(style: ParagraphStyle) -> None:
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:fill"), WARN)
    style.element.get_or_add_pPr().append(shading)
