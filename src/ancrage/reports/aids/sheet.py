"""The answers of the aids as a sheet: what may be had, how much, why, on which text, and what to ask next."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from ancrage.aids.answering import AidAnswer, ConditionAnswer, by_verdict
from ancrage.aids.report import AidReport
from ancrage.facts.declaration import Fact, load_facts
from ancrage.facts.register import FICTITIOUS_STRUCTURE
from ancrage.language.days import day
from ancrage.language.numbers import count
from ancrage.reasoning import Verdict
from ancrage.reports.aids import wording
from ancrage.reports.sheet import Block, Cell, Grid, Items, KeyFigure, Paragraph, Section, Sheet

METHOD = "aides"
TITLES = {
    Verdict.OUI: "Aides possibles",
    Verdict.A_VERIFIER: "Aides à vérifier",
    Verdict.NON: "Aides refusées ou fermées",
}
COLUMNS = ("Aide", "Réponse", "Combien", "Pourquoi, et quoi savoir", "Guichet, texte, échéances")
LEAD = "Quelles aides, pour combien, à quelles conditions, et ce qu’il reste à savoir pour trancher."


def aids_sheet(
    report: AidReport, *, everything: bool = False, explained: bool = False, question: Fact | None = None
) -> Sheet:
    """What is answered to a structure or an authority on a day.

    ``everything`` lists the refused aids too; ``explained`` gives every condition of every aid listed, else
    those of the aids that an answer may still settle; ``question`` is the one to ask first.
    """
    found = by_verdict(report.answers)
    shown = [verdict for verdict in TITLES if verdict is not Verdict.NON or everything or explained]
    listed = [answer for verdict in shown for answer in found[verdict]]
    return Sheet(
        kicker=f"Aides au {day(report.on)}",
        title=report.name or "Aides",
        lead=LEAD,
        sections=(
            *_known(report),
            *_next(report, question),
            *(_group(verdict, found[verdict]) for verdict in shown if found[verdict]),
            *_conditions([one for one in listed if explained or not one.entry.doubts]),
            *_aside(report),
        ),
        figures=tuple(_figure(verdict, found[verdict]) for verdict in TITLES),
        warnings=report.warnings,
        sources=_sources(listed),
        method=METHOD,
        fictitious=FICTITIOUS_STRUCTURE in report.warnings,
        on=report.on,
    )


def _figure(verdict: Verdict, answers: Sequence[AidAnswer]) -> KeyFigure:
    closed = sum(not one.entry.in_force for one in answers)
    note = f"dont {count(closed, 'fermée', 'fermées')} ce jour-là" if closed else ""
    return KeyFigure(verdict.label.capitalize(), count(len(answers), "aide"), note)


def _known(report: AidReport) -> Iterator[Section]:
    """What the answers rest on, fact by fact."""
    known = {fact: each for fact, each in report.situation.items() if each.value is not None}
    if not known:
        nothing = Paragraph("Rien n’est déclaré : toutes les réponses dépendent de ce qui reste à savoir.")
        yield Section("faits", "Ce qui est su", (nothing,))
        return
    told = (wording.fact_words(fact, each).partition(" : ") for fact, each in known.items())
    rows = tuple((label, value) for label, _, value in told)
    table = Grid("Ce qui est su", ("Fait", "Valeur et provenance"), rows)
    yield Section("faits", "Ce qui est su", (table,), count(len(known), "fait"))


def _next(report: AidReport, question: Fact | None) -> Iterator[Section]:
    """What to ask: the question that settles the most, then every fact that some answer waits for."""
    waited = Counter(fact for one in report.answers for fact in one.missing)
    if not waited:
        return
    facts = load_facts()
    first = () if question is None else (Paragraph(f"À demander d’abord : {question.question}", "strong"),)
    rows = tuple(
        (facts[fact].label, facts[fact].question, str(aids))
        for fact, aids in sorted(waited.items(), key=lambda one: -one[1])
    )
    table = Grid(
        "Faits à connaître", ("Fait", "Question", "Aides qui en dépendent"), rows, right=frozenset({2})
    )
    yield Section("questions", "À demander ensuite", (*first, table), count(len(rows), "fait"))


def _group(verdict: Verdict, answers: Sequence[AidAnswer]) -> Section:
    # What an answer would settle comes before what nobody can settle.
    ordered = sorted(answers, key=lambda one: bool(one.entry.doubts))
    rows = tuple(_row(one) for one in ordered)
    name = TITLES[verdict]
    return Section(f"aides-{verdict.value}", name, (Grid(name, COLUMNS, rows),), count(len(rows), "aide"))


def _row(answer: AidAnswer) -> tuple[Cell, ...]:
    return (
        f"{answer.entry.name}\n{wording.nature_words(answer.entry.nature)}",
        answer.verdict,
        _amount(answer),
        "\n".join(_why(answer)),
        "\n".join(_where(answer)),
    )


def _amount(answer: AidAnswer) -> str:
    if answer.verdict is Verdict.NON:
        return ""
    told = answer.entry.amount
    words = wording.amount_words(answer)
    return f"{words}\n{told.label}" if told and told.label else words


def _why(answer: AidAnswer) -> Iterator[str]:
    yield answer.entry.summary
    if answer.verdict is Verdict.NON:
        yield f"Non : {' ; '.join(answer.reasons)}."
    if answer.missing:
        yield f"À savoir : {wording.missing_words(answer)}."
    if answer.verdict is Verdict.A_VERIFIER and answer.entry.doubts:
        yield f"À vérifier : {' ; '.join(answer.entry.doubts)}."
    unsure = [one.entry.label for one in answer.conditions if _is_unsure(one)]
    if unsure and answer.verdict is Verdict.A_VERIFIER:
        yield f"Condition à confirmer : {' ; '.join(unsure)}."


def _is_unsure(condition: ConditionAnswer) -> bool:
    return not condition.entry.certain and condition.entry.id != "periode"


def _where(answer: AidAnswer) -> Iterator[str]:
    desk = answer.entry.desk
    if answer.verdict is not Verdict.NON:
        yield " ".join(part for part in (desk["name"], desk["href"]) if part)
    yield wording.text_words(answer.entry.text)
    for deadline in answer.entry.deadlines:
        yield f"{deadline['label']} : {day(date.fromisoformat(deadline['day']))}"
    if answer.entry.cumulation and answer.entry.cumulation["note"]:
        yield f"Cumul : {answer.entry.cumulation['note']}"


def _conditions(answers: Sequence[AidAnswer]) -> Iterator[Section]:
    blocks = tuple(block for one in answers if one.conditions for block in _condition_blocks(one))
    if blocks:
        yield Section("conditions", "Conditions, aide par aide", blocks)


def _condition_blocks(answer: AidAnswer) -> Iterator[Block]:
    yield Grid(
        f"{answer.entry.name} : {answer.verdict.label}",
        ("Condition", "Réponse", "Ce qui est su", "Texte"),
        tuple(
            (
                condition.entry.label,
                wording.condition_sign(condition),
                "\n".join(wording.fact_words(fact, known) for fact, known in condition.facts.items()),
                "\n".join(part for part in (_text(condition, answer), condition.entry.note) if part),
            )
            for condition in answer.conditions
        ),
        note=answer.entry.note,
    )


def _text(condition: ConditionAnswer, answer: AidAnswer) -> str:
    """The text of a condition; the address of the aid's own text is with the sources already."""
    text = condition.entry.text
    if text["href"] == answer.entry.text["href"]:
        return wording.text_words(text)
    return " ".join(part for part in (wording.text_words(text), text["href"]) if part)


def _aside(report: AidReport) -> Iterator[Section]:
    if report.aside:
        lines = tuple(f"{one.answer.entry.name} : {one.reason}." for one in report.aside)
        yield Section("cote", "Mises de côté", (Items(lines),), count(len(lines), "aide"))


def _sources(answers: Sequence[AidAnswer]) -> tuple[str, ...]:
    """The founding text of each aid listed, once."""
    texts = (one.entry.text for one in answers)
    told = (" ".join(part for part in (wording.text_words(text), text["href"]) if part) for text in texts)
    return tuple(dict.fromkeys(told))
