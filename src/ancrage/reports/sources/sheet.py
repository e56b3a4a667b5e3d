"""Public data sets in words."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from typing import Any

from ancrage.language.days import day
from ancrage.language.numbers import count, plain_number
from ancrage.language.typography import NO_BREAK_SPACE
from ancrage.questions.paging import Page
from ancrage.questions.question import Answer
from ancrage.questions.sources import SourceFacts
from ancrage.reports import cells
from ancrage.reports.cells import Cell, Figure, Link, Ref, Subject
from ancrage.reports.documents import heading, paged
from ancrage.reports.sheet import Block, Grid, Items, Paragraph, Section, Sheet
from ancrage.reports.sources.absence import absence_of
from ancrage.reports.sources.document import SourceDocument, SourcesDocument, SourceStateDocument
from ancrage.reports.topic import Topic
from ancrage.sources.declaration import Resource
from ancrage.sources.status import ResourceStatus

METHOD = "donnees"


def describe(answer: Answer[Page[SourceFacts]]) -> Sheet:
    """Every source, and what the edition took of it."""
    found = answer.facts
    number = count(found.total or 0, "source déclarée", "sources déclarées")
    rows = tuple(tuple(COLUMNS[name](one) for name in SHOWN) for one in found.items)
    return Sheet(
        kicker="Sources",
        title="Les jeux de données publics",
        lead=f"{number}. Une source absente rend ses réponses à vérifier ou inconnues, jamais non.",
        sections=(Section("sources", "Sources", (Grid("Sources", SHOWN, rows),)),),
        method=METHOD,
    )


COLUMNS: dict[str, Callable[[SourceFacts], Cell]] = {
    "Identifiant": lambda one: Link(one.source.id, Ref(Subject.SOURCE, one.source.id)),
    "Titre": lambda one: one.source.title,
    "Producteur": lambda one: one.source.producer,
    "Millésime": lambda one: one.source.vintage,
    "Licence": lambda one: one.source.licence,
    "Dans l’édition": lambda one: _taken(one),
    "Reçue ici": lambda one: " ; ".join(f"{each.resource} : {each.freshness.value}" for each in one.states),
    "Ce que son absence change": lambda one: absence_of(one.source.id),
    "Page": lambda one: one.source.home,
    "Texte de la licence": lambda one: one.source.licence_url,
}
"""The columns of the list to take away, each with what it reads: one more is one line."""
SHOWN = ("Identifiant", "Titre", "Producteur", "Millésime", "Licence")


def _taken(one: SourceFacts) -> str:
    if one.used is None:
        return "absente"
    marks = [mark for key, mark in (("fictitious", "fictive"), ("sample", "échantillon")) if one.used[key]]
    return ", ".join((f"millésime {one.used['vintage']}", *marks))


def table(answer: Answer[Page[SourceFacts]]) -> Grid:
    """Every source, all that is said of it in a line."""
    rows = tuple(tuple(read(one) for read in COLUMNS.values()) for one in answer.facts.items)
    return Grid("Sources", tuple(COLUMNS), rows)


def document(answer: Answer[Page[SourceFacts]]) -> dict[str, Any]:
    """Plain values: :class:`SourcesDocument` is their schema."""
    return {**heading(answer), **paged(answer.facts, _source)}


def _source(one: SourceFacts) -> dict[str, Any]:
    return {
        **one.source.model_dump(mode="json"),
        "used": one.used,
        "state": [_state(each) for each in one.states],
        "snapshots": [each.as_json() for each in one.snapshots],
        "absence": absence_of(one.source.id),
    }


def _state(one: ResourceStatus) -> dict[str, Any]:
    moments = {name: getattr(one, name) for name in ("fetched_at", "checked_at")}
    told = {name: moment.isoformat() if moment else None for name, moment in moments.items()}
    return asdict(one) | {"freshness": one.freshness.value} | told


def describe_one(answer: Answer[SourceFacts]) -> Sheet:
    """Where a source comes from, what it holds, what is here of it."""
    source = answer.facts.source
    about = (
        ("Producteur", source.producer),
        ("Page", source.home),
        ("Licence", f"{source.licence} ({source.licence_url})"),
        ("Millésime déclaré", source.vintage),
        ("Fréquence", source.frequency),
        ("Dans l’édition", _taken(answer.facts)),
        ("Ce que son absence change", absence_of(source.id)),
        *((("Départements couverts", ", ".join(source.departements)),) if source.departements else ()),
        *((("Note", source.note),) if source.note else ()),
    )
    return Sheet(
        kicker=f"Source {source.id}",
        title=source.title,
        lead=source.description,
        sections=(
            Section("source", "D’où elle vient", (Grid("D’où elle vient", ("", "Valeur"), about),)),
            *(
                Section(f"ressource-{one.id}", f"{source.id}/{one.id}", tuple(_resource(one, answer.facts)))
                for one in source.resources
            ),
            Section("etat", "Ce qui est là", (_states(answer.facts.states),)),
        ),
        method=METHOD,
    )


def _resource(one: Resource, facts: SourceFacts) -> Iterator[Block]:
    yield Paragraph(f"{one.format.value} {one.title}".strip())
    mirror = one.mirror
    lines = [
        *(f"Adresse : {address.url}" for address in one.addresses),
        *(f"Miroir : {path}" for path in (mirror.paths if mirror else ())),
        *([f"Dans le miroir, un échantillon : {mirror.note}"] if mirror and mirror.sample else []),
        *([f"Note : {one.note}"] if one.note else []),
        *([f"Colonnes : {', '.join(one.columns)}"] if one.columns else []),
        *(
            f"Reçue le {day(kept.fetched_at.date())}, {_size(kept.size)}, de {kept.origin}"
            for kept in facts.snapshots
            if kept.resource == one.id
        ),
    ]
    yield Items(tuple(lines))


def document_of_one(answer: Answer[SourceFacts]) -> dict[str, Any]:
    """Plain values: :class:`SourceDocument` is their schema."""
    return {**heading(answer), **_source(answer.facts)}


def describe_state(answer: Answer[list[ResourceStatus]]) -> Sheet:
    """What is here, since when, and what grew old."""
    absent = sum(one.size is None for one in answer.facts)
    return Sheet(
        kicker=f"Sources, le {day(answer.on)}",
        title="Ce qui est là",
        lead=f"{count(len(answer.facts), 'ressource')}, dont {count(absent, 'absente')}.",
        sections=(Section("etat", "Ressources", (_states(answer.facts),)),),
        method=METHOD,
    )


STATE_COLUMNS: dict[str, Callable[[ResourceStatus], Cell]] = {
    "Ressource": lambda one: f"{one.source}/{one.resource}",
    "État": lambda one: one.freshness.value,
    "Reçue le": lambda one: cells.day_cell(one.fetched_at.date() if one.fetched_at else None, unknown=""),
    "Âge (jours)": lambda one: cells.figure(one.age_days, unknown=""),
    "Taille": lambda one: Figure(_size(one.size), one.size, unit="o"),
    "Lignes": lambda one: cells.figure(one.rows, unknown=""),
    "Rejets": lambda one: cells.figure(one.rejected or None, unknown=""),
    "Fréquence": lambda one: one.frequency,
    "Millésime": lambda one: one.vintage,
}


def _states(found: Sequence[ResourceStatus]) -> Grid:
    rows = tuple(tuple(read(one) for read in STATE_COLUMNS.values()) for one in found)
    return Grid("Ressources", tuple(STATE_COLUMNS), rows, frozenset({3, 4, 5, 6}))


def _size(size: int | None) -> str:
    if size is None:
        return ""
    unit, divisor = next(
        (unit, divisor)
        for unit, divisor in (("Go", 10**9), ("Mo", 10**6), ("ko", 10**3), ("o", 1))
        if size >= divisor or divisor == 1
    )
    return f"{plain_number(round(size / divisor, 1))}{NO_BREAK_SPACE}{unit}"


def document_of_state(answer: Answer[list[ResourceStatus]]) -> dict[str, Any]:
    """Plain values: :class:`SourceStateDocument` is their schema."""
    return {**heading(answer), "items": [_state(one) for one in answer.facts]}


TOPIC = Topic(describe, document, SourcesDocument, table=table)
TOPIC_OF_ONE = Topic(describe_one, document_of_one, SourceDocument)
TOPIC_OF_STATE = Topic(describe_state, document_of_state, SourceStateDocument)
