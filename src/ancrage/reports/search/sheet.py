"""What the search box found, as a sheet."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Any

from ancrage.questions.question import Answer
from ancrage.questions.search import SearchFacts
from ancrage.repairs import BuildEdition, See, Subject, SynchroniseSources
from ancrage.reports import cells
from ancrage.reports.cells import Link, Ref
from ancrage.reports.documents import heading
from ancrage.reports.search.document import SearchDocument
from ancrage.reports.sheet import Block, Grid, Paragraph, Section, Sheet
from ancrage.reports.topic import Topic
from ancrage.search.suggestion import Found, Suggestion

METHOD = "annuaire"
NEXT: Mapping[Found, Subject] = {
    Found.TERRITORY: "territory",
    Found.STRUCTURE: "structure",
    Found.AID: "aid",
    Found.TOOL: "tool",
    Found.LEVER: "lever",
    Found.MONOGRAPH: "monograph",
}
NOTHING = (
    "Rien ne répond à ces mots. Essayez un nom plus court, un code INSEE ou un code postal ; une structure "
    "absente du registre en vigueur n’est pas trouvée."
)


REGISTER = (SynchroniseSources(("sirene-etablissements", "sirene-unites-legales")), BuildEdition())


def describe(answer: Answer[SearchFacts]) -> Sheet:
    """The answers, best first, with what opens the first one of each kind."""
    return Sheet(
        kicker="Recherche",
        title=f"« {answer.facts.text} »",
        lead="Territoires, structures, aides, leviers, outils, monographies et mots du glossaire, du plus "
        "ressemblant au moins ressemblant.",
        sections=(Section("reponses", "Réponses", tuple(_blocks(answer.facts.found))),),
        method=METHOD,
    )


def _blocks(found: Sequence[Suggestion]) -> list[Block]:
    if not found:
        return [Paragraph(NOTHING, "strong", REGISTER)]
    rows = tuple((_linked(one), one.title, one.detail, one.kind.value) for one in found)
    first = {one.kind: one for one in reversed(found) if one.kind in NEXT}
    then = tuple(See(NEXT[kind], one.code) for kind, one in sorted(first.items()))
    further = (Paragraph("Pour aller plus loin.", "quiet", then),) if then else ()
    return [Grid("Réponses", ("Code", "Nom", "Ce que c’est", "Sorte"), rows), *further]


def _linked(one: Suggestion) -> str:
    """Its code, that leads to its page: kinds that have one bear the names of their pages."""
    named = {subject.value for subject in cells.Subject}
    return Link(one.code, Ref(cells.Subject(one.kind.value), one.code)) if one.kind in named else one.code


def document(answer: Answer[SearchFacts]) -> dict[str, Any]:
    """Plain values: :class:`SearchDocument` is their schema."""
    return {**heading(answer), "items": [asdict(one) for one in answer.facts.found]}


TOPIC = Topic(describe, document, SearchDocument)
