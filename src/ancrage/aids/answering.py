"""Answers: each aid yes, no or to be checked for a situation, with how much, why, and what is missing."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from ancrage.aids.entries import AidEntry, DayEntries
from ancrage.aids.patterns import Alike, Pattern, grouped
from ancrage.aids.plain_answers import PlainFacts, amount_as_json
from ancrage.aids.reasons import ConditionAnswer, Laws
from ancrage.aids.standing import Class
from ancrage.aids.vocabulary import Detail
from ancrage.facts.legislation import LAW_FACTS
from ancrage.facts.situation import Known, Situation, values
from ancrage.interval import Interval
from ancrage.reasoning import Verdict
from ancrage.rules.openness import Open, Openness
from ancrage.rules.python_engine import Evaluate, Outputs, compile_python, interpret
from ancrage.rules.values import Value

WORTH_COMPILING = 5
"""Situations from which compiling the program (some 20 ms) is repaid."""
LATELY = 2
"""Situations whose answers are kept until then: an authority, and a structure of the same place."""


class DayCatalogue:
    """The aids of a day, compiled: one call answers for all."""

    def __init__(self, day: DayEntries) -> None:
        self.entries = day.entries
        self.program = day.program
        self.on = day.on
        self.labels = day.labels
        self._asked = 0
        self._lately: tuple[tuple[Situation, _Asked], ...] = ()
        self._interpreted = interpret(day.program)

    @cached_property
    def evaluate(self) -> Evaluate:
        """The compiled function."""
        return compile_python(self.program)

    def answers(
        self, situation: Situation, *, among: Collection[str] | None = None
    ) -> tuple["AidAnswer", ...]:
        """One answer an aid, in the order of the catalogue; ``among``: only of these."""
        asked = self._put(situation)
        kept = self._patterns(asked.steps)
        if among is not None:
            kept = [pattern for pattern in kept if pattern.entry.id in among]
        return tuple([AidAnswer(pattern, asked) for pattern in kept])

    def _put(self, situation: Situation) -> "_Asked":
        """A situation worked out; several parts of a page ask the same one of a day."""
        if self._asked <= WORTH_COMPILING:
            for told, asked in self._lately:
                if told == situation:
                    return asked
        self._asked += 1
        compiled = self._asked > WORTH_COMPILING
        known = values(situation)
        outputs = (self.evaluate if compiled else self._interpreted)(known)
        asked = _Asked(self, situation, known, outputs, compiled=compiled)
        self._lately = () if compiled else ((dict(situation), asked), *self._lately[: LATELY - 1])
        return asked

    @cached_property
    def openness(self) -> Openness:
        """What tells which facts each answer waits for, compiled."""
        return Openness(self.program)

    @cached_property
    def openness_at_once(self) -> Openness:
        """The same for a few situations."""
        return Openness(self.program, compiled=False)

    @cached_property
    def askable(self) -> int:
        """The facts that a person can tell: all but what the law of a place is."""
        return self.openness_at_once.mask(fact for fact in self.program.facts if fact not in LAW_FACTS)

    @cached_property
    def alike(self) -> tuple[Alike, ...]:
        """The aids, those together whose answers hang on the same truths."""
        return grouped(self.entries, self.program)

    @cached_property
    def _order(self) -> tuple[int, ...]:
        """Where each aid of the catalogue stands among those that are grouped."""
        ranks = {
            entry.key: rank for rank, entry in enumerate(each for one in self.alike for each in one.entries)
        }
        return tuple(ranks[entry.key] for entry in self.entries)

    def _patterns(self, steps: Sequence[Any]) -> list[Pattern]:
        """The pattern of each aid, in the order of the catalogue, given the values of all steps."""
        found: list[Pattern] = []
        for one in self.alike:
            found += one.patterns(steps)
        return [found[rank] for rank in self._order]


class _Asked:
    """A situation put to a day: its outputs, and what it leaves open, worked out when first wanted."""

    __slots__ = ("_compiled", "_known", "_open", "day", "facts", "laws", "outputs", "situation", "steps")

    def __init__(
        self,
        day: DayCatalogue,
        situation: Situation,
        known: Mapping[str, Value],
        outputs: Outputs,
        *,
        compiled: bool,
    ) -> None:
        self.day = day
        self.situation = situation
        self.facts = PlainFacts(situation)
        self.laws = Laws(situation)
        self.outputs = outputs
        self.steps = outputs.steps
        self._known = known
        self._compiled = compiled
        self._open: Open | None = None

    @property
    def open(self) -> Open:
        if self._open is None:
            openness = self.day.openness if self._compiled else self.day.openness_at_once
            self._open = openness.of(self.steps, self._known)
        return self._open

    def asks(self, key: str) -> bool:
        """Whether an answer of the reader could still change an output."""
        return (self._open or self.open).hangs_on(key, self.day.askable)


class AidAnswer:
    """What can be said of one aid. Parts are worked out when they are asked for."""

    __slots__ = ("_asked", "_pattern")

    def __init__(self, pattern: Pattern, asked: _Asked) -> None:
        self._pattern = pattern
        self._asked = asked

    @property
    def entry(self) -> AidEntry:
        """The aid."""
        return self._pattern.entry

    @property
    def situation(self) -> Situation:
        """The situation answered."""
        return self._asked.situation

    @property
    def verdict(self) -> Verdict:
        """Yes, no or to be checked."""
        return self._pattern.verdict

    @property
    def qualifies(self) -> Verdict:
        """Whether the established conditions hold."""
        return self._pattern.qualifies

    @property
    def standing(self) -> Class:
        """What the reader can do of it, from the four answers."""
        pattern = self._pattern
        if pattern.waits and self._asked.asks(pattern.entry.key):
            return pattern.standings[1]
        return pattern.standings[0]

    @property
    def conditions(self) -> tuple[ConditionAnswer, ...]:
        """Every condition with its verdict."""
        return self._pattern.conditions

    def facts_of(self, condition: ConditionAnswer) -> dict[str, Known | None]:
        """Each fact that a condition reads and what is known of it."""
        return {fact: self.situation.get(fact) for fact in condition.entry.facts}

    @property
    def amount(self) -> Interval | None:
        """Bounds of the amount; ``None`` for an aid refused, or whose amount is not established."""
        key = self._pattern.amount_key
        if key is None:
            return None
        found: Value = self._asked.outputs[key]
        return found if isinstance(found, Interval) else Interval(None, None)

    @property
    def missing(self) -> tuple[str, ...]:
        """Unknown facts on which the verdict still hangs."""
        open_ = self._pattern.verdict is Verdict.A_VERIFIER
        return self._asked.open.unresolved(self.entry.key) if open_ else ()

    @property
    def reasons(self) -> tuple[str, ...]:
        """French sentences: what refuses it, or what leaves it to be checked."""
        pattern = self._pattern
        return pattern.reasons if pattern.reasons is not None else pattern.sentences.said(self._asked.laws)

    def as_json(self, detail: Detail = Detail.TOUT) -> dict[str, Any]:
        """Keys other tools rely on, and the words shown beside them."""
        entry, told = self.entry, self._pattern.told
        return told.aid | {
            "verdict": self.verdict.value,
            "class": self.standing.value,
            "qualifies": self.qualifies.value,
            "amount": amount_as_json(entry.amount, self.amount),
            "conditions": [told.condition(one, self._asked.facts) for one in self._shown(detail)],
            "missing": list(self.missing),
            "reasons": list(self.reasons),
        }

    def _shown(self, detail: Detail) -> tuple[ConditionAnswer, ...]:
        """The conditions a document tells: of what others publish, those that are not known to hold."""
        if detail is Detail.TOUT or (detail is Detail.UTILE and self.entry.ours):
            return self.conditions
        return self._pattern.open if detail is Detail.UTILE else ()


def by_verdict(answers: Iterable[AidAnswer]) -> dict[Verdict, list[AidAnswer]]:
    """Answers under their verdict, yes first."""
    found: dict[Verdict, list[AidAnswer]] = {Verdict.OUI: [], Verdict.A_VERIFIER: [], Verdict.NON: []}
    for answer in answers:
        found[answer.verdict].append(answer)
    return found


def by_class(answers: Iterable[AidAnswer]) -> dict[Class, list[AidAnswer]]:
    """Answers under their class, the most useful first."""
    found: dict[Class, list[AidAnswer]] = {standing: [] for standing in Class}
    for answer in answers:
        found[answer.standing].append(answer)
    return found
