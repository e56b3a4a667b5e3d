"""Which question to ask next: the one whose answer settles the most aids, whatever it is."""

from collections import Counter
from collections.abc import Collection, Iterator
from datetime import date, timedelta

from ancrage.aids.answering import DayCatalogue
from ancrage.aids.report import AidReport
from ancrage.facts.declaration import Fact, FactType, Origin, load_facts
from ancrage.facts.legislation import LAW_FACTS
from ancrage.facts.situation import Known
from ancrage.interval import Interval
from ancrage.reasoning import Verdict
from ancrage.rules import program as p
from ancrage.rules.residual import thresholds
from ancrage.rules.values import Value


def next_question(report: AidReport, *, passed: Collection[str] = ()) -> Fact | None:
    """The fact whose value would settle the most aids, on average over the outcomes it may lead to.

    ``passed`` were asked and are not known. ``None`` when no answer would change anything.
    """
    asked = [one for one in report.answers if one.verdict is Verdict.A_VERIFIER]
    # Those that others publish wait for the answers of ours, unless nothing else is left to ask.
    open_ = [one for one in asked if one.entry.ours and one.missing] or asked
    wanted = Counter(fact for one in open_ for fact in one.missing if fact not in LAW_FACTS.union(passed))
    if not wanted:
        return None
    names = {one.entry.id for one in open_}
    scores = {fact: (_settled(report, fact, names), count) for fact, count in wanted.items()}
    order = list(load_facts())
    best = max(scores, key=lambda fact: (*scores[fact], -order.index(fact)))
    return load_facts()[best]


def _settled(report: AidReport, fact: str, names: Collection[str]) -> float:
    """Aids settled by the answer, on average over the distinct outcomes of the values it may take.

    Outcomes, not values: ten kinds of SIAE that all lead to the same are one chance, not ten.
    """
    outcomes: set[frozenset[tuple[str, Verdict]]] = set()
    for value in possible_values(report.catalogue, load_facts()[fact], report.situation.get(fact)):
        told = {**report.situation, fact: Known(value, Origin.DECLARE)}
        answers = report.catalogue.answers(told, among=names)
        outcomes.add(frozenset((one.entry.id, one.verdict) for one in answers))
    settled = sum(verdict is not Verdict.A_VERIFIER for outcome in outcomes for _, verdict in outcome)
    return settled / len(outcomes) if outcomes else 0.0


def possible_values(catalogue: DayCatalogue, fact: Fact, known: Known | None) -> Iterator[Value]:
    """Values that stand for all those a fact may take: each side of every threshold the rules name."""
    match fact.type:
        case FactType.BOOLEEN:
            yield from (True, False)
        case FactType.CHOIX:
            yield from fact.choices
        case FactType.JOUR:
            yield from _days(catalogue, fact.id)
        case FactType.TEXTE:
            yield from sorted(_constants(catalogue, fact.id))
            yield ""
        case _:
            yield from _numbers(catalogue, fact, known)


def _numbers(catalogue: DayCatalogue, fact: Fact, known: Known | None) -> Iterator[Value]:
    value = known.value if known else None
    within = value if isinstance(value, Interval) else Interval(fact.low, fact.high)
    step = 1.0 if fact.type is FactType.ENTIER else 0.001
    points = {
        point
        for limit in thresholds(catalogue.program, fact.id)
        for point in (limit - step, limit, limit + step)
    }
    points |= {bound for bound in (within.low, within.high) if bound is not None}
    for point in sorted(points):
        if (within.low is None or point >= within.low) and (within.high is None or point <= within.high):
            yield Interval.exactly(point)


def _days(catalogue: DayCatalogue, fact: str) -> Iterator[Value]:
    known = sorted(day for day in _constants(catalogue, fact) if isinstance(day, date))
    for day in known or [date.fromisoformat(catalogue.on)]:
        yield from (day - timedelta(days=1), day)


def _constants(catalogue: DayCatalogue, fact: str) -> set[str | date]:
    """Texts or days a fact is compared with."""
    steps = catalogue.program.steps
    found: set[str | date] = set()
    for step in steps:
        if step.operation == p.COMPARE:
            sides = [steps[number] for number in step.inputs]
            if any(side.operation == p.FACT and side.parts[0] == fact for side in sides):
                found |= {side.parts[0] for side in sides if side.operation == p.CONSTANT}
    return found
