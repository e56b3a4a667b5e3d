"""What is missing and how to bring it; the sources, their vintage and licence."""

from collections.abc import Iterator

from rich.console import RenderableType
from rich.padding import Padding
from rich.text import Text

from ancrage.diagnosis.model import Diagnosis
from ancrage.reports import wording
from ancrage.reports.formats.terminal.layout import QUIET, TITLE, commands, heading, lines, table, words


def missing(diagnosis: Diagnosis) -> Iterator[RenderableType]:
    """Each missing piece, why, and the command to type."""
    if not diagnosis.missing:
        return
    yield words("")
    yield heading("Ce qui manque")
    for piece in diagnosis.missing:
        yield Text.assemble(words(piece.subject, TITLE), words(f" : {piece.why}"))
        told = commands(*piece.repairs) or [words("Aucune source ne l’apporte.", QUIET)]
        yield Padding(lines(*told), (0, 0, 0, 2), expand=False)


def sources(diagnosis: Diagnosis) -> Iterator[RenderableType]:
    """Every source used, with its vintage and licence."""
    yield words("")
    yield heading("Sources")
    if not diagnosis.sources:
        yield words("Inconnu : aucune source n’a été lue.")
        return
    listed = table("Source", "Millésime", "Licence")
    for source in diagnosis.sources:
        marks = words(wording.source_marks(source), "bold yellow" if source.fictitious else QUIET)
        listed.add_row(
            lines(f"{source.title}, {source.producer}", marks), words(source.vintage), words(source.licence)
        )
    yield listed
