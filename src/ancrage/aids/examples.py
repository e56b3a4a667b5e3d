"""An example with numbers: a case of the aid, its amount worked out by the engine under each version."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from ancrage.aids.answering import AidAnswer, DayCatalogue
from ancrage.aids.catalogue import load_catalogue
from ancrage.aids.compiling import compile_day
from ancrage.aids.declaration import Aid, Case, Version
from ancrage.facts.situation import completed, declared
from ancrage.facts.values import get_fact, read_value
from ancrage.interval import Interval
from ancrage.reasoning import Verdict
from ancrage.rules.values import Value

LOCAL = frozenset({"commune", "epci", "departement", "region"})


@dataclass(frozen=True, slots=True)
class Example:
    """What somebody told, on a day, and what the aid answers; its amount is known."""

    title: str
    day: date
    facts: Mapping[str, Value]
    answer: AidAnswer

    @property
    def amount(self) -> Interval | None:
        """Bounds of what may be had."""
        return self.answer.amount


def example_of(aid: Aid, version: Version) -> Example | None:
    """The plainest case of a version that gives an amount; ``None`` when none does.

    A yes before an answer to be checked, a case of anywhere before one of a place, the first written first.
    """
    cases = [case for case in aid.cases if case.day in version.period and case.verdict is not Verdict.NON]
    for case in sorted(cases, key=_plainness):
        found = _worked_out(aid, case, case.day)
        if is_known(found.amount):
            return found
    return None


def amounts_over_time(aid: Aid, example: Example) -> Iterator[AidAnswer]:
    """What the same facts give under each version, on the day of the example or the nearest of its days."""
    for version in aid.versions:
        on = min(max(example.day, version.since), version.until or date.max)
        yield _answered(aid, example.facts, on)


def is_known(amount: Interval | None) -> bool:
    """Whether something can be said of an amount."""
    return amount is not None and (amount.low is not None or amount.high is not None)


def _plainness(case: Case) -> tuple[bool, bool]:
    return case.verdict is not Verdict.OUI, not LOCAL.isdisjoint(case.facts)


def facts_of(case: Case) -> dict[str, Value]:
    """The facts of a case, read."""
    return {name: read_value(get_fact(name), value) for name, value in case.facts.items()}


def _worked_out(aid: Aid, case: Case, on: date) -> Example:
    facts = facts_of(case)
    return Example(case.title, on, facts, _answered(aid, facts, on))


def _answered(aid: Aid, facts: Mapping[str, Value], on: date) -> AidAnswer:
    day = DayCatalogue(compile_day(on, catalogue=replace(load_catalogue(), aids={aid.id: aid})))
    (answer,) = day.answers(completed(declared(facts), on=on))
    return answer
