"""The catalogue in words: an aid with its versions, all of them, the facts that rules read."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from ancrage.aids.declaration import Aid, Version
from ancrage.facts.declaration import Fact, load_facts
from ancrage.language.days import day
from ancrage.language.numbers import count
from ancrage.questions.aids import AidFacts
from ancrage.questions.fields import written
from ancrage.questions.paging import Page
from ancrage.questions.question import Answer
from ancrage.reports import cells
from ancrage.reports.aids import wording
from ancrage.reports.aids.catalogue_document import AidDocument, AidListDocument, FactListDocument
from ancrage.reports.aids.naming import aid_named, told_apart
from ancrage.reports.cells import Cell, Phrase, joined, territory
from ancrage.reports.documents import heading, paged
from ancrage.reports.sheet import Block, Grid, Items, Paragraph, Section, Sheet
from ancrage.reports.topic import Topic

METHOD = "aides"
STATUSES = {"etabli": "règle établie", "a_verifier": "règle à vérifier", "descriptif": "décrite seulement"}
STANDINGS = {True: "en vigueur", False: "pas en vigueur", None: "à vérifier"}


def describe(answer: Answer[AidFacts]) -> Sheet:
    """An aid: who, how, since when, by which texts; its last version first."""
    aid, version = answer.facts.aid, answer.facts.version
    told = f"Au {day(answer.on)} : {STANDINGS[_in_force(aid, answer.on)]}, d’après les versions lues."
    return Sheet(
        kicker=f"{wording.nature_words(aid.nature)} · {aid.funder}",
        title=aid.name,
        lead=aid.summary,
        sections=(
            Section("aide", "En bref", (Paragraph(told, "strong"), _brief(aid))),
            *(_version(one, current=one is version) for one in reversed(aid.versions)),
            *_cases(aid),
        ),
        sources=tuple(dict.fromkeys(map(_founding, reversed(aid.versions)))),
        method=METHOD,
        on=answer.on,
    )


def _brief(aid: Aid) -> Grid:
    desk = " ".join(part for part in (aid.desk.name, aid.desk.href, aid.desk.note) if part)
    rows: list[tuple[Cell, ...]] = [
        ("Identifiant", aid.id),
        ("Pour", wording.audience_words(aid.audience)),
        ("Thèmes", wording.theme_words(aid.themes)),
        ("Où", _places(aid.territory.includes)),
        ("Guichet", desk),
    ]
    if aid.territory.excludes:
        rows.append(("Sauf", _places(aid.territory.excludes)))
    if aid.cumulation and aid.cumulation.note:
        rows.append(("Cumul", aid.cumulation.note))
    return Grid("En bref", ("Quoi", "Réponse"), tuple(rows))


def _places(codes: Sequence[str]) -> Phrase:
    """Territories that an aid names by their codes, each leading to its page."""
    return joined(", ", *(territory("toute la France" if code == "fr" else code, code) for code in codes))


def _version(version: Version, *, current: bool) -> Section:
    end = f" au {day(version.until)}" if version.until else ""
    aside = f"{STATUSES[version.status.value]}{', en vigueur ce jour-là' if current else ''}"
    title = f"Du {day(version.since)}{end}"
    return Section(f"version-{version.since}", title, tuple(_blocks(version)), aside)


def _blocks(version: Version) -> Iterator[Block]:
    if version.conditions:
        rows = tuple(
            (one.label, "établie" if one.status.value == "etabli" else "à vérifier", one.rule, one.note)
            for one in version.conditions
        )
        yield Grid("Conditions", ("Condition", "Règle", "Expression", "À savoir"), rows)
    if version.amount:
        yield Paragraph(f"Montant : {version.amount.label or 'calculé par la règle'} : {version.amount.rule}")
    if version.deadlines:
        yield Items(tuple(f"{one.label} : {day(one.day)}" for one in version.deadlines))
    yield Paragraph(_founding(version), "quiet")
    if version.note:
        yield Paragraph(version.note, "quiet")


def _founding(version: Version) -> str:
    return wording.cited_words(version.text.model_dump(mode="json"))


def _cases(aid: Aid) -> Iterator[Section]:
    if aid.cases:
        rows = tuple(
            (
                one.title,
                cells.day_cell(one.day),
                ", ".join(f"{fact}={written(value)}" for fact, value in one.facts.items()),
                one.verdict,
                one.source,
            )
            for one in aid.cases
        )
        columns = ("Cas", "Jour", "Faits", "Réponse", "D’où il vient")
        yield Section("cas", "Cas, rejoués à chaque changement", (Grid("Cas", columns, rows),))


def document(answer: Answer[AidFacts]) -> dict[str, Any]:
    """Plain values: :class:`AidDocument` is their schema."""
    aid, version = answer.facts.aid, answer.facts.version
    return {
        **heading(answer),
        **aid.model_dump(mode="json", by_alias=True),
        "in_force": _in_force(aid, answer.on),
        "version": version.model_dump(mode="json", by_alias=True) if version else None,
    }


def _in_force(aid: Aid, on: date) -> bool | None:
    current = aid.version_on(on) is not None
    return None if not current and aid.history == "partial" else current


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
            STANDINGS[_in_force(aid, answer.on)],
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
    return {**aid.model_dump(mode="json", include=kept), "in_force": _in_force(aid, on)}


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


TOPIC = Topic(describe, document, AidDocument)
TOPIC_OF_LIST = Topic(describe_list, document_of_list, AidListDocument, table=table_of_list)
TOPIC_OF_FACTS = Topic(describe_facts, document_of_facts, FactListDocument, table=table_of_facts)
