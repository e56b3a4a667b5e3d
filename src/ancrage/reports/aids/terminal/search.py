"""The terminal view of a search of aids: what was found, where, from whom, in force or not."""

from collections.abc import Iterator
from datetime import date

from rich.console import Console, Group, RenderableType
from rich.text import Text

from ancrage.aids.search.documents import CATALOGUE, AidDocument
from ancrage.aids.search.question import Answer, Hit, Question
from ancrage.aids.vocabulary import WORDS
from ancrage.language.days import day
from ancrage.language.numbers import count
from ancrage.reasoning import Verdict
from ancrage.repairs import See
from ancrage.reports.formats.terminal.layout import (
    ACCENT,
    MAX_WIDTH,
    QUIET,
    TITLE,
    Page,
    commands,
    heading,
    lines,
    table,
    words,
)

NAMES = 40
FIELDS = {
    "name": "nom",
    "subjects": "financeur et thèmes",
    "summary": "résumé",
    "conditions": "conditions",
}
STANDINGS = {
    Verdict.OUI: "En vigueur",
    Verdict.A_VERIFIER: "En vigueur, à vérifier",
    Verdict.NON: "Pas en vigueur",
}


def render_search(answer: Answer, question: Question, console: Console, *, on: date) -> None:
    """Write the answer; ``on`` is the day for which each aid says whether it is in force."""
    blocks = [*_head(answer, question), *(_hits(answer, on) if answer.hits else _nothing(answer))]
    console.print(Page(Group(*blocks)), width=min(console.width, MAX_WIDTH))


def _head(answer: Answer, question: Question) -> Iterator[RenderableType]:
    yield words("")
    asked = f"Aides pour « {question.text.strip()} »" if question.text.strip() else "Aides"
    yield words(asked, f"{TITLE} {ACCENT}")
    if told := ", ".join(_filters(question)):
        yield words(told, QUIET)
    for typed, read in answer.read.items():
        yield words(f"« {typed} » : lu {', '.join(f'« {word} »' for word in read)}", QUIET)
    if answer.partial:
        yield words("Aucune aide n'a tous ces mots ; celles-ci en ont une partie.", "yellow")
    yield words("")


def _filters(question: Question) -> Iterator[str]:
    if question.territory:
        yield f"ouvertes dans {', '.join(sorted(question.territory - {'fr'})) or 'toute la France'}"
    yield from (WORDS[value] for value in (question.audience, question.theme, question.nature) if value)
    if question.on is not None:
        yield f"en vigueur au {day(question.on)}"


def _hits(answer: Answer, on: date) -> Iterator[RenderableType]:
    shown = "" if answer.total == len(answer.hits) else f", {count(len(answer.hits), 'montrée')}"
    yield heading("Trouvé", f"{count(answer.total, 'aide')}{shown}")
    listed = table("Aide", "Où, résumé, provenance")
    listed.columns[0].max_width = NAMES
    listed.leading = 1
    for hit in answer.hits:
        listed.add_row(_name(hit.document, on), lines(*_why(hit)))
    yield listed
    ours = next((hit.document.id for hit in answer.hits if hit.document.provenance == CATALOGUE), None)
    if ours is not None:
        yield words("")
        yield from commands(See("aid", ours))


def _name(document: AidDocument, on: date) -> Text:
    natures = ", ".join(WORDS[nature] for nature in document.natures) or "nature non publiée"
    return lines(
        words(document.name, TITLE),
        words(f"{document.id}, {natures}", QUIET),
        words(f"{STANDINGS[document.standing(on)]} au {day(on)}", QUIET),
    )


def _why(hit: Hit) -> Iterator[Text]:
    document = hit.document
    yield words(document.summary)
    if hit.found:
        yield words(f"Trouvé dans : {', '.join(FIELDS[found.field] for found in hit.found)}", ACCENT)
    for found in hit.found:
        if found.field == "conditions":
            yield words(f"« {found.excerpt} »", QUIET)
    yield words(document.href, QUIET)
    licence = document.licence or "licence non publiée"
    funder = document.funder or "Financeur non publié"
    yield words(f"{funder}. {document.provenance} ({licence}).", QUIET)


def _nothing(answer: Answer) -> Iterator[RenderableType]:
    yield words("Aucune aide trouvée.", TITLE)
    if answer.suggestions:
        yield words(f"Mots proches : {', '.join(f'« {word} »' for word in answer.suggestions)}.")
    if answer.unfiltered:
        yield words(f"Sans les filtres : {count(answer.unfiltered, 'aide')}.")
    if not answer.suggestions and not answer.unfiltered:
        yield words("Essayez un autre mot : un public, un thème, un financeur.")
