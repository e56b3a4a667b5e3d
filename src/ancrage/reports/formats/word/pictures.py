"""Charts and maps of a document, as pictures that say what they show."""

import io

from docx.document import Document
from docx.shared import Mm

from ancrage.reports.formats.printing.drawings import drawing_of
from ancrage.reports.formats.word.words import add_words
from ancrage.reports.sheet import Chart
from ancrage.reports.studio import studio

FONT = "Liberation Sans"
SCALE = 2.5


def add_chart(document: Document, chart: Chart) -> None:
    """The caption, then the picture with its words for whoever does not see it."""
    drawn = drawing_of(chart, FONT)
    if drawn is None:
        return
    caption = document.add_paragraph(style="Caption")
    caption.paragraph_format.keep_with_next = True
    add_words(caption, f"{chart.title} – {chart.caption}")
    picture = io.BytesIO(studio.picture(drawn.svg, SCALE))
    shape = document.add_picture(picture, width=Mm(drawn.width_mm))
    shape._inline.docPr.set("descr", drawn.spoken)
    shape._inline.docPr.set("title", chart.title)
