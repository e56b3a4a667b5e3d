"""The poster of the portrait, on one sheet A3 or A4; any other paper of it is printed as usual."""

from ancrage.questions.portrait import Paper
from ancrage.reports.formats import pdf
from ancrage.reports.topic import Telling

FORMATS = {Paper.AFFICHE: "a3", Paper.AFFICHE_A4: "a4"}


def write(telling: Telling) -> bytes:
    """A PDF: the poster when it is asked, else a paper."""
    size = FORMATS.get(getattr(telling.answer.question, "paper", Paper.PORTRAIT))
    if size is None:
        return pdf.write(telling)
    return pdf.render_poster_pdf(telling.sheet, size, telling.to, telling.address)
