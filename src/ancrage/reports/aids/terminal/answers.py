"""The terminal view of aids: those that can be had, those to be checked and what is missing, the others."""

from collections.abc import Iterator, Sequence
from datetime import date

from rich.console import Console, Group, RenderableType
from rich.text import Text

from ancrage.aids.answering import AidAnswer, by_verdict
from ancrage.aids.report import AidReport
from ancrage.language.days import day
from ancrage.language.numbers import count
from ancrage.reasoning import Verdict
from ancrage.repairs import GiveField
from ancrage.reports.aids import wording
from ancrage.reports.formats.terminal.layout import (
    ACCENT,
    MAX_WIDTH,
    QUIET,
    STYLES,
    TITLE,
    Page,
    heading,
    lines,
    table,
    words,
)
from ancrage.reports.wording import VERDICT_SIGNS
from ancrage.shell import sentence

NAMES = 38
"""Widest column of names, so that the rest has room."""
TITLES = {Verdict.OUI: "Oui", Verdict.A_VERIFIER: "À vérifier", Verdict.NON: "Non"}


def render_aids(report: AidReport, console: Console, *, everything: bool, explained: bool) -> None:
    """Write the report; ``everything`` lists refused aids too, ``explained`` every condition."""
    blocks = [*_head(report)]
    found = by_verdict(report.answers)
    for verdict in (Verdict.OUI, Verdict.A_VERIFIER):
        # What an answer would settle comes before what nobody can settle.
        ordered = sorted(found[verdict], key=lambda one: bool(one.entry.doubts))
        blocks += _group(verdict, ordered, explained=explained)
    if everything or explained:
        blocks += _group(Verdict.NON, found[Verdict.NON], explained=explained)
    blocks += _foot(report, found, everything=everything, explained=explained)
    console.print(Page(Group(*blocks)), width=min(console.width, MAX_WIDTH))


def _head(report: AidReport) -> Iterator[RenderableType]:
    yield words("")
    yield words(f"Aides, {report.name}" if report.name else "Aides", f"{TITLE} {ACCENT}")
    yield words(f"Au {day(report.on)}", QUIET)
    for warning in report.warnings:
        yield Text.assemble(words("Attention : ", "bold yellow"), words(warning))
    known = {fact: each for fact, each in report.situation.items() if each.value is not None}
    if known:
        listed = table("Fait", "Valeur et provenance")
        for fact, each in known.items():
            label, _, rest = wording.fact_words(fact, each).partition(" : ")
            listed.add_row(words(label), words(rest, QUIET))
        yield words("")
        yield heading("Ce qui est su", count(len(known), "fait"))
        yield listed


def _group(verdict: Verdict, answers: Sequence[AidAnswer], *, explained: bool) -> Iterator[RenderableType]:
    if not answers:
        return
    yield words("")
    yield heading(TITLES[verdict], count(len(answers), "aide"))
    if explained:
        for answer in answers:
            yield from _explanation(answer)
        return
    listed = table("Aide", "Combien, pourquoi, où demander")
    listed.columns[0].max_width = NAMES
    listed.leading = 1
    for answer in answers:
        listed.add_row(_name(answer), lines(*_brief(answer)))
    yield listed


def _name(answer: AidAnswer) -> Text:
    return lines(
        words(f"{VERDICT_SIGNS[answer.verdict]} {answer.entry.name}", STYLES[answer.verdict]),
        words(f"{answer.entry.id}, {wording.nature_words(answer.entry.nature)}", QUIET),
    )


def _brief(answer: AidAnswer) -> Iterator[Text]:
    amount = wording.amount_words(answer)
    if amount and answer.verdict is not Verdict.NON:
        label = answer.entry.amount.label if answer.entry.amount else ""
        yield words(f"{amount}{f' : {label}' if label else ''}", TITLE)
    if answer.missing:
        yield words(f"À savoir : {wording.missing_words(answer)}")
    if answer.verdict is Verdict.NON:
        yield words(f"Non : {' ; '.join(answer.reasons)}")
    elif answer.entry.doubts:
        yield words(f"À vérifier : {' ; '.join(answer.entry.doubts)}")
    unsure = [
        one.entry.label for one in answer.conditions if not one.entry.certain and one.entry.id != "periode"
    ]
    if unsure and answer.verdict is Verdict.A_VERIFIER:
        yield words(f"Condition à confirmer : {' ; '.join(unsure)}")
    if answer.verdict is not Verdict.NON:
        yield from _next(answer)


def _next(answer: AidAnswer) -> Iterator[Text]:
    desk = answer.entry.desk
    yield words(f"{desk['name']}{' ' + desk['href'] if desk['href'] else ''}", QUIET)
    for deadline in answer.entry.deadlines:
        yield words(f"{deadline['label']} : {day(date.fromisoformat(deadline['day']))}", QUIET)


def _explanation(answer: AidAnswer) -> Iterator[RenderableType]:
    yield words("")
    yield lines(_name(answer), words(answer.entry.summary), *_brief(answer))
    listed = table("Condition", "Verdict, valeur, texte")
    listed.leading = 1
    for condition in answer.conditions:
        facts = [wording.fact_words(fact, known) for fact, known in condition.facts.items()]
        listed.add_row(
            words(condition.entry.label),
            lines(
                words(wording.condition_sign(condition), STYLES[condition.verdict]),
                *(words(fact) for fact in facts),
                words(condition.entry.note, QUIET),
                words(wording.text_words(condition.entry.text), QUIET),
                words(condition.entry.text["href"] or "", QUIET),
            ),
        )
    yield listed
    if answer.entry.cumulation and answer.entry.cumulation["note"]:
        yield words(f"Cumul : {answer.entry.cumulation['note']}")
    if answer.entry.note:
        yield words(answer.entry.note, QUIET)


def _foot(
    report: AidReport, found: dict[Verdict, list[AidAnswer]], *, everything: bool, explained: bool
) -> Iterator[RenderableType]:
    yield words("")
    for one in report.aside:
        yield words(f"Mise de côté, {one.answer.entry.name} : {one.reason}.", QUIET)
    refused = found[Verdict.NON]
    if refused and not everything and not explained:
        closed = sum(not one.entry.in_force for one in refused)
        rest = len(refused) - closed
        yield words(
            f"Non : {count(rest, 'aide refusée', 'aides refusées')}, "
            f"{count(closed, 'aide fermée', 'aides fermées')} ce jour-là. "
            + sentence("Vous pouvez les voir.", [GiveField("tout")]),
            QUIET,
        )
    if found[Verdict.A_VERIFIER] and not explained:
        yield words(sentence("Pour trancher, répondez aux questions.", [GiveField("interactif")]), QUIET)
