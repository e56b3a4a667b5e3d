"""An aid in words: who, how, since when, by which texts, its versions, and the exact rule of each."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from ancrage.aids.declaration import Aid, Version
from ancrage.aids.examples import Example, example_of, facts_of
from ancrage.aids.plain_answers import amount_as_json
from ancrage.aids.procedures import request_of
from ancrage.aids.telling import exact_rule
from ancrage.aids.texts import readings
from ancrage.facts.values import plain
from ancrage.language.days import day
from ancrage.questions.aids import AidFacts
from ancrage.questions.question import Answer
from ancrage.reports import cells
from ancrage.reports.aids import wording
from ancrage.reports.aids.asking import asking_section, example_section, fact_lines, readings_section
from ancrage.reports.aids.catalogue_document import AidDocument
from ancrage.reports.aids.desks import desk_lines
from ancrage.reports.aids.versions import timeline, version_section
from ancrage.reports.cells import Cell, Phrase, joined, territory
from ancrage.reports.documents import heading
from ancrage.reports.sheet import Grid, Items, Paragraph, Section, Sheet
from ancrage.reports.topic import Topic

METHOD = "aides"


def describe(answer: Answer[AidFacts]) -> Sheet:
    """An aid: who, how, since when, by which texts; its last version first."""
    aid, version = answer.facts.aid, answer.facts.version
    shown = version or aid.versions[-1]
    example = example_of(aid, shown)
    told = (
        f"Au {day(answer.on)} : {wording.STANDINGS[aid.in_force_on(answer.on)]}, d’après les versions lues."
    )
    return Sheet(
        kicker=f"{wording.nature_words(aid.nature)} · {aid.funder}",
        title=aid.name,
        lead=aid.summary,
        sections=(
            Section("aide", "En bref", (Paragraph(told, "strong"), _brief(aid))),
            Section("guichet", "À qui s’adresser", (_desk(answer),)),
            asking_section(aid),
            *example_section(example),
            version_section(shown, answer.on, current=shown is version),
            *timeline(aid, shown, answer.on, example),
            readings_section(aid),
            *_cases(aid),
        ),
        method=METHOD,
        on=answer.on,
    )


def _brief(aid: Aid) -> Grid:
    rows: list[tuple[Cell, ...]] = [
        ("Pour", wording.audience_words(aid.audience)),
        ("Thèmes", wording.theme_words(aid.themes)),
        ("Où", places_named(aid.territory.includes)),
    ]
    if aid.territory.excludes:
        rows.append(("Sauf", places_named(aid.territory.excludes)))
    if aid.cumulation and aid.cumulation.note:
        rows.append(("Cumul", aid.cumulation.note))
    return Grid("En bref", ("Quoi", "Réponse"), tuple(rows))


def _desk(answer: Answer[AidFacts]) -> Items:
    facts = answer.facts
    told = desk_lines(facts.desk, answer.on, placed=facts.placed)
    return Items(tuple(filter(None, (*told, facts.aid.desk.note))))


def places_named(codes: Sequence[str]) -> Phrase:
    """Territories that an aid names by their codes, each leading to its page."""
    return joined(", ", *(territory(_place(code), code) for code in codes))


def _place(code: str) -> str:
    """The name of a region or of a département; the code of a smaller place."""
    from ancrage.aids.imports.places import place_names

    kind, _, number = code.partition(":")
    if not number:
        return "toute la France"
    return place_names(kind).get(number, number) if kind in ("reg", "dep") else code


def _cases(aid: Aid) -> Iterator[Section]:
    if aid.cases:
        rows = tuple(
            (
                one.title,
                cells.day_cell(one.day),
                "\n".join(fact_lines(facts_of(one))),
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
    versions = versions_as_json(aid, answer.on)
    return {
        **heading(answer),
        **aid.model_dump(mode="json", by_alias=True),
        "in_force": aid.in_force_on(answer.on),
        "desk": {**aid.desk.told},
        "application": _application(aid),
        "example": _example(example_of(aid, version or aid.versions[-1])),
        "readings": _readings(aid),
        "next": {**answer.facts.desk.as_json(answer.on), "deadline": _deadline(version, answer.on)},
        "versions": versions,
        "version": versions[aid.versions.index(version)] if version else None,
    }


def _application(aid: Aid) -> dict[str, Any] | None:
    if aid.application is None:
        return None
    told = request_of(aid)
    return {
        "procedure": aid.application.procedure,
        "steps": list(told.steps.says),
        "documents": list(told.documents.says),
        "delay": " ".join(told.delay.says),
        "note": " ".join(told.notes),
        "texts": [text.model_dump(mode="json") for text in told.texts],
    }


def _example(found: Example | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "title": found.title,
        "day": found.day.isoformat(),
        "facts": {fact: plain(value) for fact, value in found.facts.items()},
        "amount": amount_as_json(found.answer.entry.amount, found.amount),
    }


def _readings(aid: Aid) -> dict[str, Any]:
    found = readings(aid)
    return {
        "official": [text.model_dump(mode="json") for text in found.official],
        "others": [text.model_dump(mode="json") for text in found.others],
    }


def _deadline(version: Version | None, on: date) -> str | None:
    closing = (
        [one.day for one in version.deadlines if one.kind == "cloture" and one.day >= on] if version else []
    )
    return min(closing).isoformat() if closing else None


def versions_as_json(aid: Aid, on: date) -> list[dict[str, Any]]:
    """Every version, the oldest first, with the numbers of a day."""
    return [_version_as_json(one, on) for one in aid.versions]


def _version_as_json(version: Version, on: date) -> dict[str, Any]:
    """A version as it is declared, with the exact rule beside the text of each."""
    plain, rule = version.model_dump(mode="json", by_alias=True), exact_rule(version, on)
    for one in plain["conditions"]:
        one["exact"] = rule.conditions[one["id"]].as_json()
    if rule.amount:
        plain["amount"]["exact"] = rule.amount.as_json()
    return plain


TOPIC = Topic(describe, document, AidDocument)
