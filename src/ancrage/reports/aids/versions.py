"""The versions of an aid in words: the one of the day whole, the others on a timeline, folded."""

from collections.abc import Iterator
from datetime import date

from ancrage.aids.answering import AidAnswer
from ancrage.aids.declaration import Aid, Condition, Version
from ancrage.aids.examples import Example, amounts_over_time
from ancrage.aids.telling import ExactRule, exact_rule
from ancrage.language.days import day
from ancrage.reasoning import Verdict
from ancrage.reports.aids import wording
from ancrage.reports.cells import Cell, away
from ancrage.reports.sheet import Block, Grid, Items, Outline, Paragraph, Point, Section
from ancrage.rules.telling import Told

STATUSES = {"etabli": "règle établie", "a_verifier": "règle à vérifier", "descriptif": "décrite seulement"}
EXACT = "Règle exacte"


def version_section(version: Version, on: date, *, current: bool) -> Section:
    """A version: its conditions, its amount, its days, its exact rule folded."""
    aside = f"{STATUSES[version.status.value]}{', en vigueur ce jour-là' if current else ''}"
    return Section(f"version-{version.since}", days_of(version), tuple(_blocks(version, on)), aside)


def days_of(version: Version) -> str:
    """« Du 22 janvier 2021 au 31 juillet 2021 »."""
    end = f" au {day(version.until)}" if version.until else ""
    return f"Du {day(version.since)}{end}" if end else f"Depuis le {day(version.since)}"


def timeline(aid: Aid, shown: Version, on: date, example: Example | None) -> Iterator[Section]:
    """Every version, the oldest first, what each gives to the example; then the rules of the others."""
    if len(aid.versions) < 2:
        return
    blocks: list[Block] = [_dated(aid, on, example)]
    blocks += [
        Outline(f"{days_of(one)} : ce qui était demandé", _points(one, on))
        for one in reversed(aid.versions)
        if one is not shown and (one.conditions or one.amount or one.note)
    ]
    yield Section("histoire", "Son histoire", tuple(blocks), f"{len(aid.versions)} versions")


def _dated(aid: Aid, on: date, example: Example | None) -> Grid:
    given = [] if example is None else list(map(_given, amounts_over_time(aid, example)))
    rows: list[tuple[Cell, ...]] = []
    for rank, version in enumerate(aid.versions):
        told = (days_of(version), STATUSES[version.status.value], *given[rank : rank + 1])
        rows.append((*told, away(version.text.title, version.text.href)))
    here = frozenset(rank for rank, one in enumerate(aid.versions) if on in one.period)
    columns = ("Jours", "Règle", *(("Donne, dans l’exemple",) if given else ()), "Texte")
    return Grid("Histoire", columns, tuple(rows), highlighted=here)


def _given(answer: AidAnswer) -> str:
    return "non" if answer.verdict is Verdict.NON else wording.amount_words(answer)


def _blocks(version: Version, on: date) -> Iterator[Block]:
    if version.conditions:
        rows = tuple((one.label, _established(one), one.note) for one in version.conditions)
        yield Grid("Conditions", ("Condition", "Règle", "À savoir"), rows)
    if version.amount and version.amount.label:
        yield Paragraph(f"Montant : {version.amount.label}.")
    if version.deadlines:
        yield Items(tuple(f"{one.label} : {day(one.day)}" for one in version.deadlines))
    rule = exact_rule(version, on)
    if points := _exactly(version, rule):
        yield Outline(f"{EXACT}, avec les chiffres du {day(rule.day)}", points)
    yield Paragraph(founding(version), "quiet")
    if version.note:
        yield Paragraph(version.note, "quiet")


def _points(version: Version, on: date) -> tuple[Point, ...]:
    note = (Point(version.note),) if version.note else ()
    return (*_exactly(version, exact_rule(version, on)), Point(founding(version)), *note)


def _established(condition: Condition) -> str:
    return "établie" if condition.status.value == "etabli" else "à vérifier"


def _exactly(version: Version, rule: ExactRule) -> tuple[Point, ...]:
    """What the engine reads, in sentences."""
    points = [Point(one.label, (_point(rule.conditions[one.id]),)) for one in version.conditions]
    if rule.amount:
        points.append(Point("Montant", (_point(rule.amount),)))
    return tuple(points)


def _point(told: Told) -> Point:
    return Point(told.written, tuple(map(_point, told.parts)))


def founding(version: Version) -> str:
    """The text of a version, how far it was read, its address."""
    return wording.cited_words(version.text.model_dump(mode="json"))
