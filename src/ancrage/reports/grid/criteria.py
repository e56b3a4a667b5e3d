"""The fifteen criteria as a sheet: question, five levels, what to show, who may act and with what."""

from ancrage.grid.criteria import Criterion, criteria
from ancrage.levers.catalogue import read_levers
from ancrage.reports.cells import Phrase
from ancrage.reports.grid.tools import actors_text
from ancrage.reports.grid.wording import ORIGIN_WARNING, REPORT, criterion_name, origin_mark, tool_cell
from ancrage.reports.sheet import Items, Paragraph, Section, Sheet


def criteria_sheet() -> Sheet:
    """The grid itself, before anybody has judged anything."""
    return Sheet(
        kicker="Grille de pérennité",
        title="Les quinze critères",
        lead="Chaque critère se juge de 1 à 5 sur des faits. « Ne sait pas » n'est jamais un niveau.",
        sections=tuple(_section(one) for one in criteria()),
        warnings=(ORIGIN_WARNING,),
        sources=(REPORT,),
        method="grille",
    )


def _section(one: Criterion) -> Section:
    named = read_levers().tools
    acting = [
        part
        for number in one.tools
        for part in (" ; ", tool_cell(f"{named[number].name} ({number})", number))
    ]
    blocks = (
        Paragraph(one.question, "strong"),
        Items(one.levels, ordered=True),
        Paragraph(f"À montrer : {' ; '.join(one.evidence)}."),
        Paragraph(Phrase("Outils du compte rendu qui agissent : ", *acting[1:], ".")),
        Paragraph(f"Prise la plus directe : {actors_text(one.actors)}."),
        Paragraph(f"Tiré du compte rendu : {one.source.passage}", "quiet"),
    )
    return Section(one.id, criterion_name(one), blocks, aside=origin_mark(one))
