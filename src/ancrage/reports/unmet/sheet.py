"""Needs as they are lived, in words: how many were asked, how many nobody met, by need and by place."""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from ancrage.contacts.unmet import STEP, Lived, LivedNeeds
from ancrage.language.days import day
from ancrage.language.typography import capitalised
from ancrage.questions.question import Answer
from ancrage.reports.cells import Figure
from ancrage.reports.columns import Column, grid, kept
from ancrage.reports.sheet import Grid, Paragraph, Section, Sheet, Where
from ancrage.reports.topic import Topic
from ancrage.reports.unmet.document import CAVEAT, LivedDocument, document

METHOD = "appuis"
KICKER = "Ce qui manque, tel qu’on le vit"
LEAD = (
    "Les demandes d’appui envoyées par ce site, et celles auxquelles personne n’a pu répondre : tous les "
    "supports demandés ont décliné, se sont tus quinze jours, ou n’ont pas pu être joints."
)
LEAST = f"Au moins, de {STEP} en {STEP} ; vide : moins de {STEP}, aucune comprise."
Row = tuple[str, Lived]
"""What a line counts by, and the line."""
EVERY_LINE: tuple[Column[Row], ...] = (
    Column("Compté par", lambda row: row[0]),
    Column("Quoi", lambda row: row[1].label),
    kept("Code", lambda row: row[1].code),
    kept("Demandes", lambda row: _count(row[1].told), note=LEAST),
    kept("Sans réponse", lambda row: _count(row[1].unmet), note=LEAST),
)


def count_words(number: int | None) -> str:
    """A count as it is told."""
    return f"moins de {STEP}" if number is None else f"au moins {number}"


def describe(answer: Answer[LivedNeeds]) -> Sheet:
    """The whole in a sentence, then each need that was asked five times, each place where it was."""
    where = answer.territory
    assert where is not None  # noqa: S101 it is always of a territory
    return Sheet(
        kicker=f"{KICKER}, au {day(answer.on)}",
        title=f"{where.name} ({where.code.code})",
        lead=LEAD,
        sections=tuple(_sections(answer.facts)),
        method=METHOD,
    )


def _sections(found: LivedNeeds) -> Iterator[Section]:
    whole = f"{count_words(found.whole.told)} demandes, {count_words(found.whole.unmet)} sans réponse."
    told = (Paragraph(capitalised(whole), "strong"), Paragraph(CAVEAT, "quiet"))
    yield Section("tout", "En tout", (*told, replace(_every_line(found), where=Where.KEPT)))
    if known := [one for one in found.kinds if one.told]:
        yield Section("besoins", "Par besoin", (_shown("Par besoin", "Besoin", known),))
    if found.parts:
        yield Section("territoires", "Par territoire", (_shown("Par territoire", "Territoire", found.parts),))


def _every_line(found: LivedNeeds) -> Grid:
    """Those under five included: what is left out of a file would say that nobody asked."""
    kinds, parts = (("besoin", one) for one in found.kinds), (("territoire", one) for one in found.parts)
    return grid("Besoins vécus", EVERY_LINE, (("tout", found.whole), *kinds, *parts))


def _shown(name: str, what: str, lines: Iterable[Lived]) -> Grid:
    columns: tuple[Column[Lived], ...] = (
        Column(what, lambda one: one.label),
        Column("Demandes", lambda one: _count(one.told)),
        Column("Sans réponse", lambda one: _count(one.unmet)),
    )
    return replace(grid(name, columns, lines), where=Where.READ)


def _count(number: int | None) -> Figure:
    return Figure(count_words(number), None if number is None else float(number))


TOPIC = Topic(describe, document, LivedDocument)
