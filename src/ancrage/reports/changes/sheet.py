"""What changed in a territory, told: a table by sort, newest first."""

from collections.abc import Iterator
from typing import Any

from pydantic import Field

from ancrage.changes.comparing import Change
from ancrage.changes.noting import Sort
from ancrage.language.days import day
from ancrage.language.numbers import count, number
from ancrage.questions.news import NewsFacts
from ancrage.questions.question import Answer
from ancrage.reports import cells
from ancrage.reports.changes.wording import compared_words, said, subject
from ancrage.reports.columns import Column, grid, kept
from ancrage.reports.documents import Document, Heading, heading
from ancrage.reports.sheet import Grid, Paragraph, Section, Sheet
from ancrage.reports.topic import Topic

NOTHING = "Rien de ce qui est suivi n’a changé."
COLUMNS: tuple[Column[Change], ...] = (
    Column("Quoi", subject),
    Column("Ce qui change", lambda one: one.what),
    Column("Avant", lambda one: said(one)[0]),
    Column("Après", lambda one: said(one)[1]),
    Column("Texte ou source", lambda one: cells.away(one.title, one.href)),
    kept("Jour d’effet", lambda one: cells.day_cell(one.day)),
    kept("Sorte", lambda one: one.sort.label),
    kept("Identifiant", lambda one: one.subject),
)


class ChangeDocument(Document, title="Nouveauté", description="Ce qui a changé d'une chose."):
    """A change."""

    id: str = Field(description="Le même pour le même changement, quel que soit le jour où il est demandé.")
    sort: str = Field(description="zonage, structure, aide, echeance ou lieu.")
    turn: str = Field(description="gagne, perdu, change, su (maintenant connu) ou incertain.")
    label: str = Field(description="De quoi il s'agit.")
    subject: str = Field(description="Identifiant de la chose : aide, SIRET, zonage ; vide sans page.")
    what: str = Field(description="Ce qui change, en français.")
    day: str | None = Field(description="Jour où cela a pris effet ; null quand seul le constat est connu.")
    before: dict[str, str] = Field(description="Ce qui était dit.")
    after: dict[str, str] = Field(description="Ce qui est dit.")
    text: dict[str, str] = Field(description="Le texte ou la source : title, href.")


class NewsDocument(
    Heading, title="Nouveautés", json_schema_extra={"description": "Ce qui a changé dans un territoire."}
):
    """What changed."""

    since: str = Field(description="Premier jour de la comparaison.")
    compared: dict[str, str | bool] = Field(
        description="edition, earlier (édition d'avant, vide quand une seule est gardée), late (elle est "
        "postérieure au premier jour)."
    )
    changes: list[ChangeDocument] = Field(description="Par sorte, les plus récents d'abord.")
    more: int = Field(description="Structures qui ont changé plus tôt : comptées, non nommées.")


def describe(answer: Answer[NewsFacts]) -> Sheet:
    """The sheet."""
    facts, territory = answer.facts, answer.territory
    assert territory is not None  # noqa: S101 it is always of a territory
    found = count(facts.total, "changement")
    return Sheet(
        kicker=f"Nouveautés, du {day(facts.since)} au {day(answer.on)}",
        title=f"{territory.name} ({territory.code.code})",
        lead=f"{found} depuis le {day(facts.since)}." if facts.changes else NOTHING,
        sections=tuple(_sections(answer)),
        sources=answer.sources,
        method="nouveautes",
        on=territory.on,
    )


def _sections(answer: Answer[NewsFacts]) -> Iterator[Section]:
    facts = answer.facts
    for sort in Sort:
        found = [one for one in facts.changes if one.sort is sort]
        if found:
            total = len(found) + (facts.more if sort is Sort.STRUCTURE else 0)
            yield Section(sort.value, sort.label, (grid(sort.label, COLUMNS, found),), aside=number(total))
    told = Paragraph(compared_words(facts.compared, facts.since), "quiet")
    yield Section("comparaison", "Ce qui est comparé", (told,))


def document(answer: Answer[NewsFacts]) -> dict[str, Any]:
    """Plain values."""
    facts = answer.facts
    return {
        **heading(answer),
        "since": facts.since.isoformat(),
        "compared": {
            "edition": facts.compared.edition,
            "earlier": facts.compared.earlier,
            "late": facts.compared.late,
        },
        "changes": [change_document(one) for one in facts.changes],
        "more": facts.more,
    }


def change_document(one: Change) -> dict[str, Any]:
    """A change, in plain values."""
    return {
        "id": one.identity,
        "sort": one.sort.value,
        "turn": one.turn.value,
        "label": one.label,
        "subject": one.subject,
        "what": one.what,
        "day": one.day.isoformat() if one.day else None,
        "before": dict(one.before),
        "after": dict(one.after),
        "text": {"title": one.title, "href": one.href},
    }


def table(answer: Answer[NewsFacts]) -> Grid:
    """All of them in one table."""
    from ancrage.reports.columns import for_keeping

    whole = grid("Nouveautés", COLUMNS, answer.facts.changes)
    sheet = for_keeping(Sheet("", "", "", (Section("nouveautes", "Nouveautés", (whole,)),)))
    (told,) = sheet.sections[0].blocks
    assert isinstance(told, Grid)  # noqa: S101 the only block
    return told


TOPIC = Topic(
    describe, document, NewsDocument, table=table, own={"ics": "ancrage.reports.changes.calendar:write"}
)
