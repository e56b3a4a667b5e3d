"""The answers of the aids as a sheet: what may be had, how much, why, on which text, and what to ask next."""

import itertools
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from ancrage.aids.answering import AidAnswer, by_class
from ancrage.aids.ordering import ranked
from ancrage.aids.reasons import ConditionAnswer
from ancrage.aids.report import AidReport
from ancrage.aids.standing import Class
from ancrage.aids.vocabulary import WORDS
from ancrage.facts.declaration import Origin, load_facts
from ancrage.language.days import day
from ancrage.language.numbers import count
from ancrage.questions.eligibility import EligibilityFacts
from ancrage.questions.question import Answer
from ancrage.reasoning import Verdict
from ancrage.repairs import GiveField
from ancrage.reports.aids import wording
from ancrage.reports.aids.desks import DIRECTORY, desk_lines, is_unknown, short_desk_lines
from ancrage.reports.aids.document import EligibilityDocument
from ancrage.reports.aids.naming import aid_named
from ancrage.reports.cells import Figure, Phrase, aid_cell, figure, lines
from ancrage.reports.documents import heading
from ancrage.reports.sheet import Block, Cell, Grid, Items, KeyFigure, Paragraph, Section, Sheet
from ancrage.reports.topic import Topic

METHOD = "aides"
FOLDED = frozenset({Class.DECRITE, Class.FERMEE, Class.NON})
"""Classes nothing can be done of: counted in brief, listed last."""
AT_HAND = frozenset({Class.DROIT, Class.A_DEMANDER})
"""Classes of what can be had now."""
MOST_WAITING = 4
"""In brief, aids of ours under each class of what cannot be had yet; of those that others publish, one."""
MOST_PUBLISHED = 5
"""In brief, those that others publish under each class of what can be had."""
PAGES = 2
"""Pages that the paper holds on, in brief."""
LONGEST_DOUBT = 140
"""Letters of what is to be checked, in brief: the page of the aid tells it whole."""
COLUMNS = ("Aide", "Réponse", "Combien", "Pourquoi, et quoi savoir", "Guichet, texte, échéances")
IN_BRIEF = ("Aide", "Combien, pourquoi, où demander")
LEAD = "Quelles aides, pour combien, à quelles conditions, et ce qu’il reste à savoir pour trancher."


def describe(answer: Answer[EligibilityFacts]) -> Sheet:
    """What is answered to a structure or an authority on a day.

    In brief, aids of which nothing can be done are only counted, conditions and texts left out.
    """
    facts, report = answer.facts, answer.facts.report
    found = by_class(report.told)
    listed = [one for one in Class if found[one] and (facts.whole or one not in FOLDED)]
    explained = [one for each in listed for one in found[each] if report.only or each not in FOLDED]
    return Sheet(
        kicker=f"Aides au {day(report.on)}",
        title=report.name or "Aides",
        lead=LEAD,
        sections=(
            *(_group(report, one, found[one], whole=facts.whole) for one in listed if one in AT_HAND),
            *_next(facts),
            *(_group(report, one, found[one], whole=facts.whole) for one in listed if one not in AT_HAND),
            *(_conditions(explained) if facts.whole else _left_out(report, found)),
            *_aside(report),
            *_known(report, whole=facts.whole),
        ),
        figures=tuple(_figure(one, found[one]) for one in Class if found[one]),
        sources=(*answer.sources, *(_texts(report.answers) if facts.whole else ())),
        method=METHOD,
        on=report.on,
        fitted=0 if facts.whole else PAGES,
    )


def document(answer: Answer[EligibilityFacts]) -> dict[str, Any]:
    """Plain values: :class:`EligibilityDocument` is their schema."""
    return {"territory": None, **heading(answer), **answer.facts.report.as_json(answer.facts.detail)}


def table(answer: Answer[EligibilityFacts]) -> Grid:
    """A line an aid, refused ones too."""
    columns = ("Aide", "Identifiant", "Réponse", "Au moins", "Au plus", "Unité", "À savoir", "Pourquoi")
    standing = ("Ce qu’on peut en faire", "Comment elle est accordée", "Dernière preuve")
    report = answer.facts.report
    rows = tuple(_line(one, report.next_of(one)) for one in report.answers)
    where = ("Guichet", "Téléphone du guichet", "Adresse du guichet", "Vu le", "Adresse", "Texte")
    return Grid("Aides", (*columns, *standing, *where), rows, right=frozenset({3, 4}))


def _line(answer: AidAnswer, step: Mapping[str, Any]) -> tuple[Cell, ...]:
    entry, amount = answer.entry, answer.amount
    low, high = (amount.low, amount.high) if amount else (None, None)
    return (
        aid_cell(entry.name, entry.id),
        entry.id,
        answer.verdict,
        _bound(low),
        _bound(high),
        entry.amount.unit if entry.amount else "",
        wording.missing_words(answer),
        " ; ".join(answer.reasons),
        answer.standing.label,
        WORDS[entry.grant],
        entry.existence.last_proof or "",
        step["desk"],
        step["phone"] or "",
        step["address"] or "",
        step["seen_on"] or "",
        step["url"] or "",
        wording.text_words(entry.text),
    )


def _bound(value: float | None) -> Figure:
    return figure(value, 0 if value is None or value.is_integer() else 2, unknown="")


def _figure(standing: Class, answers: Sequence[AidAnswer]) -> KeyFigure:
    return KeyFigure(standing.heading, count(len(answers), "aide"))


def _known(report: AidReport, *, whole: bool) -> Iterator[Section]:
    """What the answers rest on, fact by fact; in brief, what a person told."""
    everything = report.worth_telling
    told = {fact: each for fact, each in everything.items() if each.origin is Origin.DECLARE}
    known = everything if whole or not told else told
    if not known:
        nothing = Paragraph("Rien n’est déclaré : toutes les réponses dépendent de ce qui reste à savoir.")
        yield Section("faits", "Ce qui est su", (nothing,))
        return
    words = (wording.fact_words(fact, each).partition(" : ") for fact, each in known.items())
    rows = tuple((label, value) for label, _, value in words)
    blocks: tuple[Block, ...] = (Grid("Ce qui est su", ("Fait", "Valeur et provenance"), rows),)
    if left := len(everything) - len(known):
        others = f"Et {count(left, 'fait')} que le territoire, le registre ou un texte disent."
        blocks = (*blocks, Paragraph(others, "quiet", (GiveField("tout"),)))
    yield Section("faits", "Ce qui est su", blocks, count(len(everything), "fait"))


def _next(told: EligibilityFacts) -> Iterator[Section]:
    """What to ask: the question that settles the most, then every fact that some answer waits for."""
    waited = Counter(fact for one in told.report.answers for fact in one.missing)
    if not waited:
        return
    blocks: list[Block] = []
    if told.following is not None:
        blocks.append(Paragraph(f"À demander d’abord : {told.following.question}", "strong"))
    if told.whole:
        blocks.append(_waited(waited))
    blocks.append(Paragraph("", "quiet", (GiveField("interactif"),)))
    yield Section("questions", "À demander ensuite", tuple(blocks), count(len(waited), "fait"))


def _waited(waited: Counter[str]) -> Grid:
    facts = load_facts()
    rows = tuple(
        (facts[fact].label, facts[fact].question, figure(aids)) for fact, aids in waited.most_common()
    )
    columns = ("Fait", "Question", "Aides qui en dépendent")
    return Grid("Faits à connaître", columns, rows, right=frozenset({2}))


def _group(report: AidReport, standing: Class, answers: Sequence[AidAnswer], *, whole: bool) -> Section:
    # An aid known to be open comes before one that may have ended since it was last seen.
    ordered = ranked(answers)
    shown = ordered if whole else list(_shown(standing, ordered))
    rows = tuple(_row(report, one) if whole else _brief(report, one) for one in shown)
    name, columns = standing.heading, COLUMNS if whole else IN_BRIEF
    blocks: tuple[Block, ...] = (Grid(name, columns, rows),)
    if left := len(ordered) - len(shown):
        more = f"{count(left, 'autre aide', 'autres aides')} de même."
        blocks = (*blocks, Paragraph(more, "quiet", (GiveField("tout"),)))
    return Section(f"aides-{standing.value}", name, blocks, count(len(ordered), "aide"))


def _shown(standing: Class, ordered: Sequence[AidAnswer]) -> Iterator[AidAnswer]:
    """The first of ours, all of them when they can be had; then the first of those that others publish."""
    ours = (one for one in ordered if one.entry.ours)
    yield from ours if standing in AT_HAND else itertools.islice(ours, MOST_WAITING)
    published = MOST_PUBLISHED if standing in AT_HAND else 1
    yield from itertools.islice((one for one in ordered if not one.entry.ours), published)


def _row(report: AidReport, answer: AidAnswer) -> tuple[Cell, ...]:
    return (
        _name(answer),
        answer.verdict,
        _amount(answer),
        "\n".join((answer.entry.summary, *_why(answer))),
        lines(*_where(report, answer), *_founded(answer)),
    )


def _brief(report: AidReport, answer: AidAnswer) -> tuple[Cell, ...]:
    amount = _amount(answer).replace("\n", " : ")
    why = (_shortened(one) for one in _why(answer))
    return _name(answer), lines(amount, *why, *_where(report, answer, whole=False))


def _shortened(sentence: str) -> str:
    if len(sentence) <= LONGEST_DOUBT:
        return sentence
    return f"{sentence[:LONGEST_DOUBT].rsplit(maxsplit=1)[0].rstrip(' ;:,')}…"


def _name(answer: AidAnswer) -> Phrase:
    entry = answer.entry
    return aid_named(entry.name, entry.id, wording.nature_words(entry.nature))


def _amount(answer: AidAnswer) -> str:
    if answer.verdict is Verdict.NON:
        return ""
    told = answer.entry.amount
    words = wording.amount_words(answer)
    return f"{words}\n{told.label}" if told and told.label else words


def _why(answer: AidAnswer) -> Iterator[str]:
    if answer.standing not in FOLDED:
        yield wording.standing_words(answer)
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


def _where(report: AidReport, answer: AidAnswer, *, whole: bool = True) -> Iterator[str]:
    if answer.standing not in FOLDED:
        desk = report.desk_of(answer)
        lines_of_it = desk_lines(desk, report.on, placed=report.placed)
        yield from lines_of_it if whole else short_desk_lines(desk, report.on)
    for deadline in answer.entry.deadlines:
        yield f"{deadline['label']} : {day(date.fromisoformat(deadline['day']))}"
    if not answer.entry.ours:
        yield wording.publisher_words(answer.entry)


def _founded(answer: AidAnswer) -> Iterator[str]:
    yield wording.text_words(answer.entry.text)
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
                "\n".join(
                    wording.fact_words(fact, known) for fact, known in answer.facts_of(condition).items()
                ),
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
    return wording.cited_words(text)


def _aside(report: AidReport) -> Iterator[Section]:
    if report.aside:
        lines = tuple(f"{one.answer.entry.name} : {one.reason}." for one in report.aside)
        yield Section("cote", "Mises de côté", (Items(lines),), count(len(lines), "aide"))


def _left_out(report: AidReport, found: Mapping[Class, Sequence[AidAnswer]]) -> Iterator[Section]:
    """How many are not listed, in brief; once for all, the desks of which no contact is known."""
    folded = [standing for standing in Class if standing in FOLDED]
    counted = tuple(f"{one.heading} : {count(len(found[one]), 'aide')}." for one in folded)
    told = Paragraph("Elles ne sont pas listées ici.", "quiet", (GiveField("tout"),))
    blocks: tuple[Block, ...] = (Items(counted), told, *_unknown_desks(report, found))
    yield Section("aides-repliees", "Les autres", blocks)


def _unknown_desks(report: AidReport, found: Mapping[Class, Sequence[AidAnswer]]) -> Iterator[Block]:
    desks = (report.desk_of(one) for each in Class if each not in FOLDED for one in found[each])
    kinds = sorted({desk.kind.label for desk in desks if desk.kind and is_unknown(desk)})
    if kinds:
        what = (
            "Coordonnées locales inconnues d’Ancrage" if report.placed else "À trouver dans votre territoire"
        )
        yield Paragraph(f"{what} : {', '.join(kinds)}. {DIRECTORY}.")


def _texts(answers: Sequence[AidAnswer]) -> tuple[str, ...]:
    """The founding text of each aid listed, once."""
    return tuple(dict.fromkeys(wording.cited_words(one.entry.text) for one in answers))


TOPIC = Topic(
    describe, document, EligibilityDocument, table=table, own={"ics": "ancrage.reports.aids.calendar:write"}
)
