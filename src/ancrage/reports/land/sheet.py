"""The decision tree told: what was answered, the question that is next, or the way with its texts."""

from collections.abc import Iterator
from typing import Any

from pydantic import Field

from ancrage.land.tree import Question, Walk, Way, read_tree
from ancrage.levers.catalogue import read_levers
from ancrage.questions.question import Answer
from ancrage.reports.documents import Common, heading
from ancrage.reports.levers.section import tool_cell
from ancrage.reports.sheet import Block, Grid, Items, Paragraph, Section, Sheet
from ancrage.reports.topic import Topic

BASIS = {
    "texte_lu": "texte lu",
    "page_lue": "page lue",
    "compte_rendu": "compte rendu de 2021",
    "a_verifier": "à vérifier",
}


class LandDocument(
    Common,
    title="Local ou terrain",
    json_schema_extra={"description": "Où mènent des réponses : une question, ou une voie avec ses textes."},
):
    """Where answers lead."""

    answered: list[dict[str, str]] = Field(
        description="Chaque question posée (ask) et sa réponse (answer, label)."
    )
    next: Question | None = Field(description="La question suivante ; null quand la voie est trouvée.")
    way: Way | None = Field(description="La voie ; null tant qu'il reste une question.")
    texts: list[dict[str, str | None]] = Field(
        description="Les textes de la voie : title, href, basis, note."
    )


def describe(answer: Answer[Walk]) -> Sheet:
    """The sheet."""
    found = answer.facts
    way, question = found.way, found.question
    return Sheet(
        kicker="Locaux et foncier",
        title=way.title if way else (question.ask if question else ""),
        lead=way.summary if way else (question.help if question else ""),
        sections=tuple(_sections(found)),
        method="leviers",
    )


def _sections(found: Walk) -> Iterator[Section]:
    if found.question is not None:
        rows = tuple((word, one.label) for word, one in found.question.answers.items())
        yield Section(
            "reponses",
            "Réponses possibles",
            (Grid("Réponses possibles", ("Réponse", "Ce qu’elle dit"), rows),),
        )
    if found.way is not None:
        yield Section("etapes", "Comment faire", tuple(_how(found.way)))
        yield Section("textes", "Sur quels textes", tuple(_law(found.way)))
    if found.answered:
        told = tuple(f"{question.ask} {question.answers[word].label}" for question, word in found.answered)
        yield Section("chemin", "Ce qui a été répondu", (Items(told, ordered=True),))


def _how(way: Way) -> Iterator[Block]:
    yield Items(way.steps, ordered=True)
    tools = read_levers().tools
    yield Items(tuple(tool_cell(number, tools[number].name) for number in way.tools))
    yield from (Paragraph(one, "quiet") for one in way.watch)


def _law(way: Way) -> Iterator[Block]:
    tree = read_tree()
    texts = [tree.text(name) for name in way.texts]
    if not texts:
        yield Paragraph("Cette voie est une démarche : aucun texte ne la commande.", "quiet")
        return
    rows = tuple((one.title, BASIS[one.basis], one.note) for one in texts)
    yield Grid("Textes", ("Texte", "Jusqu’où il a été lu", "Ce qu’il dit"), rows)


def document(answer: Answer[Walk]) -> dict[str, Any]:
    """Plain values."""
    found, tree = answer.facts, read_tree()
    texts = [tree.text(name) for name in found.way.texts] if found.way else []
    return {
        **heading(answer),
        "answered": [
            {"ask": question.ask, "answer": word, "label": question.answers[word].label}
            for question, word in found.answered
        ],
        "next": found.question.model_dump(mode="json") if found.question else None,
        "way": found.way.model_dump(mode="json") if found.way else None,
        "texts": [
            {"title": one.title, "href": one.href, "basis": str(one.basis), "note": one.note} for one in texts
        ],
    }


TOPIC = Topic(describe, document, LandDocument)
