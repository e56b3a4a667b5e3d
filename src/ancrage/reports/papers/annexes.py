"""What follows a paper when it is asked: sections of the whole report, each from a new page."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from ancrage.diagnosis.model import Diagnosis
from ancrage.questions.papers import Annex, PaperFacts
from ancrage.questions.question import Answer
from ancrage.reports.diagnosis.sheet.advice import advice_sections
from ancrage.reports.diagnosis.sheet.fabric import fabric_sections
from ancrage.reports.diagnosis.sheet.methods import method_sections
from ancrage.reports.diagnosis.sheet.place import zoning_sections
from ancrage.reports.diagnosis.sheet.provenance import missing_section, sources_section
from ancrage.reports.diagnosis.sheet.standing import standing_sections
from ancrage.reports.sheet import Chart, Section

TOLD: Mapping[Annex, Callable[[Diagnosis], Iterable[Section]]] = {
    Annex.ZONAGES: zoning_sections,
    Annex.STRUCTURES: fabric_sections,
    Annex.COMPARAISON: standing_sections,
    Annex.AIDES: advice_sections,
    Annex.ACCOMPAGNEMENT: method_sections,
    Annex.SOURCES: lambda diagnosis: (missing_section(diagnosis), sources_section(diagnosis)),
}


def annexed(answer: Answer[PaperFacts]) -> Iterator[Section]:
    """Those asked, in the order of the report, whatever the order they are asked in."""
    wanted = getattr(answer.question, "annexes", ())
    for annex, told in TOLD.items():
        if annex in wanted:
            for section in told(answer.facts.diagnosis):
                yield _annex(section)


def _annex(section: Section) -> Section:
    """A section that stands after the paper; its figures are in its tables, without their drawings."""
    blocks = tuple(block for block in section.blocks if not isinstance(block, Chart))
    return replace(
        section,
        id=f"annexe-{section.id}",
        title=f"Annexe : {section.title}",
        blocks=blocks,
        annex=True,
        half=False,
    )
