"""Zonings in words."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from ancrage.language.days import day
from ancrage.language.numbers import count
from ancrage.language.phrases import plural
from ancrage.questions.paging import LARGEST_PAGE, Page
from ancrage.questions.question import Answer
from ancrage.questions.zonings import ZoningFacts
from ancrage.reasoning import Verdict
from ancrage.repairs import GiveField
from ancrage.reports import cells
from ancrage.reports.cells import Cell, Phrase
from ancrage.reports.documents import heading, paged
from ancrage.reports.sheet import Block, Grid, KeyFigure, Paragraph, Section, Sheet
from ancrage.reports.topic import Topic
from ancrage.reports.zonings.document import (
    DeclaredZoningDocument,
    ZoningDocument,
    ZoningHereDocument,
    ZoningListDocument,
)
from ancrage.territories.codes import PATTERNS, Kind
from ancrage.territories.zonings.answering import CommuneAnswer, ZoningAnswer
from ancrage.territories.zonings.declaration import Edition, Zoning

METHOD = "zonages"


def describe(answer: Answer[ZoningFacts]) -> Sheet:
    """How many communes give each verdict; on a page, which."""
    found, on = answer.facts, answer.on
    return Sheet(
        kicker=f"Zonage, le {day(on)}",
        title=found.zoning.label,
        lead=found.zoning.summary,
        figures=tuple(
            KeyFigure(verdict.label, cells.figure(number), plural(number, "commune"))
            for verdict, number in found.counts.most_common()
        ),
        sections=(Section("communes", "Communes", tuple(_list(found))), _text(found.zoning)),
        sources=answer.sources,
        method=METHOD,
        on=on,
    )


def _list(found: ZoningFacts) -> Iterator[Block]:
    shown = found.page.items[:LARGEST_PAGE] if found.listed else ()
    left = (found.page.total or 0) - len(shown)
    if shown:
        rows = tuple(
            (cells.territory(one.name, one.commune), one.commune, one.verdict, _said(one)) for one in shown
        )
        yield Grid("Communes", ("Commune", "Code", "Réponse", "Précisions"), rows)
    if left:
        yield Paragraph(f"La liste : {count(left, 'commune')}.", "quiet", (GiveField("format", ("csv",)),))


NAMED = re.compile(f"({'|'.join(PATTERNS[kind][0] for kind in (Kind.CRTE, Kind.QPV))})")
"""Codes of contracts and quarters, which have a page."""


def _said(one: CommuneAnswer | ZoningAnswer) -> Phrase:
    """Why, and the names that the lists give, those of contracts and quarters leading to them."""
    told = NAMED.split(" ; ".join((one.reason.rstrip("."), *one.details)))
    return Phrase(*(cells.territory(part, part) if rank % 2 else part for rank, part in enumerate(told)))


def _text(zoning: Zoning) -> Section:
    read = "texte lu" if zoning.definition.read else "texte à vérifier"
    where = f" {zoning.definition.href}" if zoning.definition.href else ""
    return Section("texte", "Texte", (Paragraph(f"{zoning.definition.title} ({read}).{where}"),))


COLUMNS: dict[str, Callable[[CommuneAnswer, Answer[ZoningFacts]], Cell]] = {
    "commune": lambda one, _: cells.territory(one.commune, one.commune),
    "nom": lambda one, _: one.name,
    "population": lambda one, _: cells.figure(one.population, unknown=""),
    "zonage": lambda _, answer: answer.facts.zoning.id,
    "jour": lambda _, answer: cells.day_cell(answer.on),
    "verdict": lambda one, _: one.verdict.value,
    "details": lambda one, _: " | ".join(one.details),
    "motif": lambda one, _: one.reason,
    "source": lambda one, _: one.edition.source if one.edition else "",
    "edition": lambda one, _: one.edition.id if one.edition else "",
}
"""The columns of the list to take away, each with what it reads: one more is one line."""


def table(answer: Answer[ZoningFacts]) -> Grid:
    """Every commune asked."""
    rows = tuple(tuple(read(one, answer) for read in COLUMNS.values()) for one in answer.facts.page.items)
    return Grid("Communes", tuple(COLUMNS), rows)


def document(answer: Answer[ZoningFacts]) -> dict[str, Any]:
    """Plain values: :class:`ZoningDocument` is their schema."""
    found = answer.facts
    return {
        **heading(answer),
        "zoning": found.zoning.id,
        "communes": {verdict.value: found.counts[verdict] for verdict in Verdict},
        **paged(found.page, _commune),
    }


def _commune(one: CommuneAnswer) -> dict[str, Any]:
    return {
        "commune": one.commune,
        "name": one.name,
        "population": one.population,
        "verdict": one.verdict.value,
        "details": list(one.details),
        "reason": one.reason,
        "source": one.edition.source if one.edition else None,
        "edition": one.edition.id if one.edition else None,
    }


def describe_here(answer: Answer[ZoningAnswer]) -> Sheet:
    """What a zoning says of a territory."""
    found, territory = answer.facts, answer.territory
    assert territory is not None  # noqa: S101 it is always of a territory
    return Sheet(
        kicker=f"{found.zoning.label}, le {day(territory.on)}",
        title=f"{territory.name} ({territory.code.code})",
        lead=found.reason,
        figures=(KeyFigure(found.zoning.label, found.verdict.label),),
        sections=(
            Section("reponse", "Réponse", (zonings_grid((found,)),)),
            _text(found.zoning),
        ),
        sources=answer.sources,
        method=METHOD,
        on=territory.on,
    )


def zonings_grid(found: tuple[ZoningAnswer, ...]) -> Grid:
    """What zonings say of a territory."""
    rows = tuple((one.zoning.label, one.verdict, cells.share(one.share), _said(one)) for one in found)
    return Grid("Zonages", ("Zonage", "Réponse", "Population classée", "Précisions"), rows, frozenset({2}))


def document_here(answer: Answer[ZoningAnswer]) -> dict[str, Any]:
    """Plain values: :class:`ZoningHereDocument` is their schema."""
    return {**heading(answer), **answer.facts.as_json()}


def describe_list(answer: Answer[Page[Zoning]]) -> Sheet:
    """The zonings that are declared."""
    return Sheet(
        kicker="Zonages",
        title="Zonages et programmes déclarés",
        lead="Ce qu’Ancrage sait répondre d’une commune ou d’un territoire, et sur quel texte.",
        sections=(Section("zonages", "Zonages", (_dated("Zonages", "Zonage", answer.facts.items),)),),
        method=METHOD,
    )


def _dated(name: str, what: str, found: Sequence[Zoning] | Sequence[Edition]) -> Grid:
    """Zonings, or lists of one: their days and their text."""
    rows = tuple(
        (
            one.id,
            one.label if isinstance(one, Zoning) else one.source,
            cells.day_cell(one.since, unknown="non établi"),
            cells.day_cell(one.until, unknown=""),
            (one.definition if isinstance(one, Zoning) else one.text).title,
        )
        for one in found
    )
    return Grid(name, ("Identifiant", what, "Depuis", "Jusqu’au", "Texte"), rows)


def document_of_list(answer: Answer[Page[Zoning]]) -> dict[str, Any]:
    """Plain values: :class:`ZoningListDocument` is their schema."""
    return {**heading(answer), **paged(answer.facts, _declared)}


def describe_declared(answer: Answer[Zoning]) -> Sheet:
    """A zoning, its days, its text, its lists."""
    zoning, lists = answer.facts, "Listes publiées"
    return Sheet(
        kicker="Zonage",
        title=zoning.label,
        lead=zoning.summary,
        sections=(_text(zoning), Section("listes", lists, (_dated(lists, "Source", zoning.editions),))),
        method=METHOD,
    )


def document_of_declared(answer: Answer[Zoning]) -> dict[str, Any]:
    """Plain values: :class:`DeclaredZoningDocument` is their schema."""
    return {**heading(answer), **_declared(answer.facts)}


def _declared(one: Zoning) -> dict[str, Any]:
    return {
        "id": one.id,
        "label": one.label,
        "summary": one.summary,
        "since": one.since.isoformat() if one.since else None,
        "until": one.until.isoformat() if one.until else None,
        "text": one.definition.model_dump(mode="json"),
        "sources": sorted({edition.source for edition in one.editions}),
    }


TOPIC = Topic(describe, document, ZoningDocument, table=table)
TOPIC_HERE = Topic(describe_here, document_here, ZoningHereDocument)
TOPIC_OF_LIST = Topic(describe_list, document_of_list, ZoningListDocument)
TOPIC_OF_DECLARED = Topic(describe_declared, document_of_declared, DeclaredZoningDocument)
