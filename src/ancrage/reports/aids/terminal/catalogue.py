"""The terminal view of the catalogue: facts, and one aid with its versions."""

from collections.abc import Iterator, Sequence
from datetime import date

from rich.console import Console, Group, RenderableType

from ancrage.aids.declaration import Aid, Version
from ancrage.facts.declaration import Fact
from ancrage.language.days import day
from ancrage.language.numbers import count
from ancrage.reports.aids import wording
from ancrage.reports.formats.terminal.layout import (
    ACCENT,
    MAX_WIDTH,
    QUIET,
    TITLE,
    Page,
    heading,
    lines,
    table,
    words,
)

ORIGINS = {
    "registre": "registre",
    "territoire": "territoire",
    "declare": "déclaré",
    "calcule": "calculé",
    "diagnostic": "diagnostic",
}
STATUSES = {"etabli": "règle établie", "a_verifier": "règle à vérifier", "descriptif": "décrite seulement"}


def render_facts(facts: Sequence[Fact], console: Console) -> None:
    """One row a fact, under its theme."""
    blocks: list[RenderableType] = []
    for theme in dict.fromkeys(fact.theme for fact in facts):
        mine = [fact for fact in facts if fact.theme == theme]
        blocks += [words(""), heading(theme or "Autres", count(len(mine), "fait"))]
        listed = table("Fait", "Question", "D'où il vient", no_wrap=[0])
        for fact in mine:
            possible = ", ".join(fact.choices) or fact.unit
            listed.add_row(
                words(fact.id, TITLE),
                lines(words(fact.question), words(possible, QUIET)),
                words(ORIGINS[fact.origin.value]),
            )
        blocks.append(listed)
    console.print(Page(Group(*blocks)), width=min(console.width, MAX_WIDTH))


def render_aid(aid: Aid, on: date, console: Console) -> None:
    """An aid: who, how, since when, by which texts."""
    console.print(Page(Group(*_aid(aid, on))), width=min(console.width, MAX_WIDTH))


def _aid(aid: Aid, on: date) -> Iterator[RenderableType]:
    in_force = aid.version_on(on)
    yield words("")
    yield words(aid.name, f"{TITLE} {ACCENT}")
    yield words(f"{aid.id} · {wording.nature_words(aid.nature)} · {aid.funder}", QUIET)
    yield words(aid.summary)
    yield words(f"Pour : {wording.audience_words(aid.audience)}. Thèmes : {wording.theme_words(aid.themes)}.")
    yield words(f"Guichet : {aid.desk.name} {aid.desk.href or ''}")
    yield words(f"Au {day(on)} : {'en vigueur' if in_force else 'pas en vigueur'}.", TITLE)
    for version in aid.versions:
        yield words("")
        yield heading(_period(version), STATUSES[version.status.value])
        yield from _version(version)


def _period(version: Version) -> str:
    end = f" au {day(version.until)}" if version.until else ""
    return f"Du {day(version.since)}{end}"


def _version(version: Version) -> Iterator[RenderableType]:
    for condition in version.conditions:
        doubt = "" if condition.status.value == "etabli" else " (à vérifier)"
        yield lines(words(f"– {condition.label}{doubt}"), words(f"    {condition.rule}", QUIET))
    if version.amount:
        yield lines(
            words(f"Montant : {version.amount.label or 'calculé'}", TITLE),
            words(f"    {version.amount.rule}", QUIET),
        )
    for deadline in version.deadlines:
        yield words(f"{deadline.label} : {day(deadline.day)}")
    yield words(wording.text_words(version.text.model_dump(mode="json")), QUIET)
    yield words(version.text.href or "", QUIET)
    if version.note:
        yield words(version.note, QUIET)
