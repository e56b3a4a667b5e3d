"""An aid in words: who, how, since when, by which texts, its versions, and the exact rule of each."""

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from ancrage.aids.declaration import Aid, Condition, Version
from ancrage.aids.telling import ExactRule, exact_rule
from ancrage.language.days import day
from ancrage.questions.aids import AidFacts
from ancrage.questions.fields import written
from ancrage.questions.question import Answer
from ancrage.reports import cells
from ancrage.reports.aids import wording
from ancrage.reports.aids.catalogue_document import AidDocument
from ancrage.reports.aids.desks import desk_lines
from ancrage.reports.cells import Cell, Phrase, joined, territory
from ancrage.reports.documents import heading
from ancrage.reports.sheet import Block, Grid, Items, Outline, Paragraph, Point, Section, Sheet
from ancrage.reports.topic import Topic
from ancrage.rules.telling import Told

METHOD = "aides"
STATUSES = {"etabli": "règle établie", "a_verifier": "règle à vérifier", "descriptif": "décrite seulement"}
EXACT = "Règle exacte"


def describe(answer: Answer[AidFacts]) -> Sheet:
    """An aid: who, how, since when, by which texts; its last version first."""
    aid, version = answer.facts.aid, answer.facts.version
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
            *(_version(one, answer.on, current=one is version) for one in reversed(aid.versions)),
            *_cases(aid),
        ),
        sources=tuple(dict.fromkeys(map(_founding, reversed(aid.versions)))),
        method=METHOD,
        on=answer.on,
    )


def _brief(aid: Aid) -> Grid:
    rows: list[tuple[Cell, ...]] = [
        ("Identifiant", aid.id),
        ("Pour", wording.audience_words(aid.audience)),
        ("Thèmes", wording.theme_words(aid.themes)),
        ("Où", _places(aid.territory.includes)),
    ]
    if aid.territory.excludes:
        rows.append(("Sauf", _places(aid.territory.excludes)))
    if aid.cumulation and aid.cumulation.note:
        rows.append(("Cumul", aid.cumulation.note))
    return Grid("En bref", ("Quoi", "Réponse"), tuple(rows))


def _desk(answer: Answer[AidFacts]) -> Items:
    facts = answer.facts
    told = desk_lines(facts.desk, answer.on, placed=facts.placed)
    return Items(tuple(filter(None, (*told, facts.aid.desk.note))))


def _places(codes: Sequence[str]) -> Phrase:
    """Territories that an aid names by their codes, each leading to its page."""
    return joined(", ", *(territory(_place(code), code) for code in codes))


def _place(code: str) -> str:
    """The name of a region or of a département; the code of a smaller place."""
    from ancrage.aids.imports.places import place_names

    kind, _, number = code.partition(":")
    if not number:
        return "toute la France"
    return place_names(kind).get(number, number) if kind in ("reg", "dep") else code


def _version(version: Version, on: date, *, current: bool) -> Section:
    end = f" au {day(version.until)}" if version.until else ""
    aside = f"{STATUSES[version.status.value]}{', en vigueur ce jour-là' if current else ''}"
    title = f"Du {day(version.since)}{end}"
    return Section(f"version-{version.since}", title, tuple(_blocks(version, on)), aside)


def _blocks(version: Version, on: date) -> Iterator[Block]:
    if version.conditions:
        rows = tuple((one.label, _established(one), one.note) for one in version.conditions)
        yield Grid("Conditions", ("Condition", "Règle", "À savoir"), rows)
    if version.amount and version.amount.label:
        yield Paragraph(f"Montant : {version.amount.label}.")
    if version.deadlines:
        yield Items(tuple(f"{one.label} : {day(one.day)}" for one in version.deadlines))
    yield from _exactly(version, exact_rule(version, on))
    yield Paragraph(_founding(version), "quiet")
    if version.note:
        yield Paragraph(version.note, "quiet")


def _established(condition: Condition) -> str:
    return "établie" if condition.status.value == "etabli" else "à vérifier"


def _exactly(version: Version, rule: ExactRule) -> Iterator[Block]:
    """What the engine reads, in sentences, folded on a page."""
    points = [Point(one.label, (_point(rule.conditions[one.id]),)) for one in version.conditions]
    if rule.amount:
        points.append(Point("Montant", (_point(rule.amount),)))
    if points:
        yield Outline(f"{EXACT}, avec les chiffres du {day(rule.day)}", tuple(points))


def _point(told: Told) -> Point:
    return Point(told.written, tuple(map(_point, told.parts)))


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
    versions = versions_as_json(aid, answer.on)
    return {
        **heading(answer),
        **aid.model_dump(mode="json", by_alias=True),
        "in_force": aid.in_force_on(answer.on),
        "desk": {**aid.desk.told},
        "next": {**answer.facts.desk.as_json(answer.on), "deadline": _deadline(version, answer.on)},
        "versions": versions,
        "version": versions[aid.versions.index(version)] if version else None,
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
