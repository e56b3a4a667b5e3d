"""The catalogue in words: every aid, a line each, and the facts that rules read."""

from datetime import date
from typing import Any

from ancrage.aids.declaration import Aid
from ancrage.facts.declaration import Fact, load_facts
from ancrage.language.days import day
from ancrage.language.numbers import count
from ancrage.questions.paging import Page
from ancrage.questions.question import Answer
from ancrage.reports.aids import wording
from ancrage.reports.aids.catalogue_document import AidListDocument, FactListDocument
from ancrage.reports.aids.naming import aid_named, told_apart
from ancrage.reports.cells import Cell
from ancrage.reports.documents import heading, paged
from ancrage.reports.sheet import Grid, Section, Sheet
from ancrage.reports.topic import Topic

METHOD = "aides"


def describe_list(answer: Answer[Page[Aid]]) -> Sheet:
    """The catalogue, a line an aid."""
    grid = _list_of(answer)
    return Sheet(
        kicker=f"Catalogue au {day(answer.on)}",
        title="Aides, agréments, contrats",
        lead=f"{count(answer.facts.total or 0, 'aide')} du catalogue.",
        sections=(Section("aides", "Aides", (grid,)),),
        method=METHOD,
        on=answer.on,
    )


def table_of_list(answer: Answer[Page[Aid]]) -> Grid:
    """The same table to take away."""
    return told_apart(_list_of(answer))


def _list_of(answer: Answer[Page[Aid]]) -> Grid:
    rows = tuple(
        (
            aid_named(aid.name, aid.id),
            wording.STANDINGS[aid.in_force_on(answer.on)],
            wording.nature_words(aid.nature),
            aid.funder,
            wording.audience_words(aid.audience),
            wording.theme_words(aid.themes),
        )
        for aid in answer.facts.items
    )
    columns = ("Aide", "Ce jour-là", "Nature", "Financeur", "Pour", "Thèmes")
    return Grid("Aides", columns, rows)


def document_of_list(answer: Answer[Page[Aid]]) -> dict[str, Any]:
    """Plain values: :class:`AidListDocument` is their schema."""
    return {**heading(answer), **paged(answer.facts, lambda aid: _listed(aid, answer.on))}


def _listed(aid: Aid, on: date) -> dict[str, Any]:
    kept = {"id", "name", "summary", "funder", "nature", "audience", "themes", "levers"}
    return {**aid.model_dump(mode="json", include=kept), "in_force": aid.in_force_on(on)}


def describe_facts(answer: Answer[Page[Fact]]) -> Sheet:
    """A table a theme, in the order the facts are asked."""
    shown = {fact.id for fact in answer.facts.items}
    themes: dict[str, list[Fact]] = {}
    for fact in load_facts().values():
        if fact.id in shown:
            themes.setdefault(fact.theme or "Autres", []).append(fact)
    return Sheet(
        kicker="Faits déclarés",
        title="Ce que lisent les règles",
        lead=f"{count(len(shown), 'fait')}, la question à poser et d’où chacun vient.",
        sections=tuple(
            Section(f"theme-{rank}", theme, (_table_of(theme, mine),), count(len(mine), "fait"))
            for rank, (theme, mine) in enumerate(themes.items(), start=1)
        ),
        method=METHOD,
    )


COLUMNS = ("Fait", "Question", "Réponses possibles", "D’où il vient")


def _table_of(theme: str, facts: list[Fact]) -> Grid:
    return Grid(theme, COLUMNS, tuple(map(_row, facts)))


def _row(fact: Fact) -> tuple[Cell, ...]:
    return fact.id, fact.question, ", ".join(fact.choices) or fact.unit, wording.ORIGINS[fact.origin]


def table_of_facts(answer: Answer[Page[Fact]]) -> Grid:
    """All of them in one table."""
    return _table_of("Faits", list(answer.facts.items))


def document_of_facts(answer: Answer[Page[Fact]]) -> dict[str, Any]:
    """Plain values: :class:`FactListDocument` is their schema."""
    return {**heading(answer), **paged(answer.facts, lambda fact: fact.model_dump(mode="json"))}


TOPIC_OF_LIST = Topic(describe_list, document_of_list, AidListDocument, table=table_of_list)
TOPIC_OF_FACTS = Topic(describe_facts, document_of_facts, FactListDocument, table=table_of_facts)
