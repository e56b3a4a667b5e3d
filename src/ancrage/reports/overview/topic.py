"""The overview as a sheet and as a document."""

from collections.abc import Iterator
from typing import Any

from ancrage.diagnosis.overview.model import Badge, Badges, Caller, Glance, Overview, Priority, Window
from ancrage.language.days import day
from ancrage.language.typography import capitalised
from ancrage.questions.question import Answer
from ancrage.reports import cells
from ancrage.reports.cells import Ref, Subject
from ancrage.reports.documents import Heading, heading
from ancrage.reports.overview import wording
from ancrage.reports.sheet import Block, Grid, Items, KeyFigure, Paragraph, Section, Sheet
from ancrage.reports.topic import Topic


class OverviewDocument(Heading, Overview, title="Aperçu", description="Un territoire en un écran."):
    """Everything one screen says of a territory."""


def describe(answer: Answer[Overview]) -> Sheet:
    """The overview in the order people need it: what it is, what to do, whom to call, what opens soon."""
    found = answer.facts
    return Sheet(
        kicker=f"{capitalised(found.place.kind_label)}, le {day(answer.on)}",
        title=found.place.name,
        lead=wording.identity(found.place),
        figures=tuple(_figure(one, found.place.kind) for one in found.ess.figures),
        warnings=tuple(filter(None, (found.place.note,))),
        sections=tuple(_sections(found)),
        sources=answer.sources,
        method="methodes",
        on=answer.on,
    )


def _figure(one: Glance, kind: str) -> KeyFigure:
    notes = (wording.bounds_of(one), wording.rank_words(one, kind), one.why_unknown)
    return KeyFigure(one.label, wording.figure_of(one), " ; ".join(filter(None, notes)))


def _sections(found: Overview) -> Iterator[Section]:
    yield Section("zonages", "Zonages et programmes", tuple(_badges(found.badges)))
    if found.priorities and found.priorities.tools:
        who = wording.AUTHORITIES[found.priorities.authority]
        yield Section("a-faire", f"À faire ici, pour {who}", (_tools(found.priorities.tools),))
    if found.callers:
        yield Section("qui-appeler", "Qui appeler", (_callers(found.callers),))
    if found.soon:
        yield Section("bientot", "Ce qui s’ouvre ou se ferme bientôt", (_windows(found.soon),))
    if found.missing:
        yield Section("manque", "Ce qui n’est pas encore su", tuple(_missing(found)))


def _badges(badges: Badges) -> Iterator[Block]:
    rows = tuple((one.label, one.verdict, _extent(one)) for one in badges.here)
    if rows:
        yield Grid("Zonages", ("Zonage", "Réponse", "Étendue"), rows)
    for title, told in (("Non", badges.absent), ("Pas encore su", badges.unknown)):
        if told:
            yield Paragraph(f"{title} : {', '.join(one.short for one in told)}.", "quiet")


def _extent(badge: Badge) -> cells.Phrase:
    links = (cells.territory(one.name, one.code) for one in badge.leads_to)
    return cells.joined(" ; ", badge.extent, *links)


def _tools(tools: tuple[Priority, ...]) -> Grid:
    rows = tuple(
        (cells.Link(one.name, Ref(Subject.TOOL, str(one.number))), wording.grounds(one), one.lever)
        for one in tools
    )
    return Grid("Outils", ("Outil", "Pourquoi ici", "Levier"), rows)


def _callers(callers: tuple[Caller, ...]) -> Grid:
    columns = ("Qui", "Ce que c’est", "Comment joindre", "Distance", "Lu dans")
    rows = tuple(
        (
            one.name,
            wording.role(one),
            cells.joined(" · ", one.phone, one.email, cells.away(one.website, one.website)),
            wording.where(one),
            wording.seen(one),
        )
        for one in callers
    )
    return Grid("Contacts", columns, rows)


def _windows(windows: tuple[Window, ...]) -> Grid:
    rows = tuple(
        (cells.aid_cell(one.name, one.aid), one.funder, wording.event(one), wording.left(one))
        for one in windows
    )
    return Grid("Échéances", ("Aide", "Financeur", "Quand", "Reste"), rows)


def _missing(found: Overview) -> Iterator[Block]:
    yield Items(tuple(f"{one.subject} : {one.why}." for one in found.missing))
    repairs = tuple(repair for one in found.missing for repair in one.repairs)
    if repairs:
        yield Paragraph("", "quiet", repairs[:1])


def document(answer: Answer[Overview]) -> dict[str, Any]:
    """Plain values: :class:`OverviewDocument` is their schema."""
    return {**heading(answer), **answer.facts.model_dump(mode="json")}


TOPIC = Topic(describe, document, OverviewDocument)
