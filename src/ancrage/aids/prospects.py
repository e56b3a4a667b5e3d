"""What the catalogue of a day can answer at best: for each aid, a situation it says yes to, looked for.

The search is exact where it succeeds, since the situation found is answered by the engine itself; where it
fails it says only that none was found among the values worth trying.
"""

import itertools
import math
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from ancrage.aids.answering import AidAnswer, DayCatalogue
from ancrage.aids.catalogue import Catalogue, load_catalogue
from ancrage.aids.compiling import compile_day
from ancrage.aids.declaration import Aid
from ancrage.aids.standing import Class
from ancrage.facts.declaration import Fact, FactType, load_facts
from ancrage.facts.situation import Audience, completed, declared
from ancrage.facts.values import read_value
from ancrage.interval import Interval
from ancrage.reasoning import Verdict
from ancrage.rules import program as p
from ancrage.rules.program import Program
from ancrage.rules.residual import thresholds, unresolved
from ancrage.rules.values import Value
from ancrage.rules.vocabulary import Kind

MOST_TRIED = 1500
"""Situations tried for one aid and one sort of reader."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """The best answer found for an aid: its class, the facts declared, whether an amount comes with it."""

    id: str
    nature: str
    best: Class
    yes: bool
    amount: bool
    facts: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Prospects:
    """Every aid of a day at its best, and the classes of all aids over the situations found."""

    on: date
    aids: tuple[Prospect, ...]
    answers: Mapping[Class, int]
    situations: int

    @property
    def classes(self) -> Mapping[Class, int]:
        """Aids by the best class found."""
        return Counter(one.best for one in self.aids)

    @property
    def yes(self) -> tuple[Prospect, ...]:
        """Aids that say yes to somebody."""
        return tuple(one for one in self.aids if one.yes)


def prospects(on: date, catalogue: Catalogue | None = None) -> Prospects:
    """Look for the best answer of each aid on a day, then ask all aids in each situation found."""
    source = catalogue or load_catalogue()
    found = tuple(_prospect(aid, on, source) for aid in source.aids.values())
    told = [dict(one.facts) for one in found if one.yes]
    day = DayCatalogue(compile_day(on, catalogue=source))
    answers: Counter[Class] = Counter()
    for facts in told:
        answers.update(one.standing for one in day.answers(completed(declared(facts), on=on)))
    return Prospects(on, found, answers, len(told))


def _prospect(aid: Aid, on: date, source: Catalogue) -> Prospect:
    alone = DayCatalogue(compile_day(on, catalogue=replace(source, aids={aid.id: aid})))
    tried = [_searched(alone, who, on) for who in aid.audience]
    ranks = list(Class)
    answer, facts = min(tried, key=lambda one: (ranks.index(one[0].standing), one[0].amount is None))
    return Prospect(
        aid.id,
        aid.nature.value,
        answer.standing,
        answer.verdict is Verdict.OUI,
        _has_bound(answer.amount),
        facts,
    )


def _searched(day: DayCatalogue, who: Audience, on: date) -> tuple[AidAnswer, dict[str, Value]]:
    """The best answer to one sort of reader: yes with an amount, else yes, else what nothing told gives."""
    found = None
    for answer, facts in _yeses(day, who, on):
        if found is None or _has_bound(answer.amount):
            found = answer, facts
        if answer.amount is None or _has_bound(answer.amount):
            break
    start: dict[str, Value] = {"demandeur": who.value}
    return found or (_asked(day, start, on), start)


def _asked(day: DayCatalogue, facts: Mapping[str, Value], on: date) -> AidAnswer:
    (answer,) = day.answers(completed(declared(facts), on=on))
    return answer


def _yeses(day: DayCatalogue, who: Audience, on: date) -> Iterator[tuple[AidAnswer, dict[str, Value]]]:
    """Situations in which its certain conditions hold, one fact more at a time, backwards from a no."""
    (entry,) = day.entries
    tries = MOST_TRIED
    waiting: list[dict[str, Value]] = [{"demandeur": who.value}]
    while waiting and tries:
        tries -= 1
        facts = waiting.pop()
        answer = _asked(day, facts, on)
        if answer.qualifies is Verdict.NON or not entry.in_force:
            continue
        open_ = _open(day, answer, facts, on)
        if answer.qualifies is Verdict.OUI:
            yield answer, facts
        if open_:
            values = _worth_trying(day.program, open_, on)
            waiting += [{**facts, open_: value} for value in reversed(values)]


def _open(day: DayCatalogue, answer: AidAnswer, facts: Mapping[str, Value], on: date) -> str | None:
    """A fact the conditions still wait for, or else the amount."""
    told = answer.entry.amount
    keys = [answer.entry.key] if answer.qualifies is not Verdict.OUI else []
    if not keys and told is not None and told.certain and not _has_bound(answer.amount):
        keys = [told.key]
    known = {fact: one.value for fact, one in completed(declared(facts), on=on).items()}
    open_ = [fact for key in keys for fact in unresolved(day.program, key, known) if fact not in facts]
    return open_[0] if open_ else None


def _has_bound(found: Interval | None) -> bool:
    return found is not None and (found.low is not None or found.high is not None)


def _worth_trying(program: Program, fact: str, on: date) -> Sequence[Value]:
    """Values on each side of what rules compare it with; every one of a closed list."""
    told = load_facts()[fact]
    if told.type is FactType.BOOLEEN:
        return (True, False)
    if told.type is FactType.CHOIX:
        return tuple(told.choices)
    if told.type.is_number:
        return _numbers(told, thresholds(program, fact))
    named = _constants(program, fact)
    if told.type is FactType.JOUR:
        days = [one for one in named if isinstance(one, date)]
        return (on, *(day + timedelta(days=side) for day in days for side in (-1, 0, 1)))
    return (*named, *((read_value(told, told.example),) if told.example else ()))


def _numbers(told: Fact, edges: Sequence[float]) -> tuple[Value, ...]:
    """Each edge and a value on each side of it, within what can be believed; its two ends come last."""
    low = told.low if told.low is not None else 0.0
    high = told.high if told.high is not None else max((low, *edges)) + 1
    marks = sorted({low, *(edge for edge in edges if low <= edge <= high), high})
    between = [(one + other) / 2 for one, other in itertools.pairwise(marks)]
    near = {*marks, *between}
    if told.type is FactType.ENTIER:
        near = {float(math.floor(value)) for value in near}
    return tuple(Interval.exactly(value) for value in sorted(near, key=lambda one: (one in (low, high), one)))


def _constants(program: Program, fact: str) -> tuple[Value, ...]:
    """Texts and days a fact is compared with in a program, in its order."""
    found: dict[Value, None] = {}
    for step in program.steps:
        if step.operation != p.COMPARE:
            continue
        sides = [program.steps[number] for number in step.inputs]
        for one, other in (sides, sides[::-1]):
            named = one.operation == p.FACT and one.parts[0] == fact
            if named and other.operation == p.CONSTANT and program.facts[fact] is not Kind.NUMBER:
                found[other.parts[0]] = None
    return tuple(found)
