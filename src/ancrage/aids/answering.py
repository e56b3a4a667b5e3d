"""Answers: each aid yes, no or to be checked for a situation, with how much, why, and what is missing."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

from ancrage.aids.entries import AidEntry, DayEntries
from ancrage.aids.patterns import ConditionAnswer, Pattern, pattern_of, picking
from ancrage.aids.plain_answers import PlainAid, PlainFacts, amount_as_json
from ancrage.aids.reasons import Laws
from ancrage.aids.standing import Class
from ancrage.aids.vocabulary import Detail
from ancrage.facts.legislation import LAW_FACTS
from ancrage.facts.situation import Known, Situation, values
from ancrage.interval import Interval
from ancrage.reasoning import Verdict
from ancrage.rules.openness import Open, Openness
from ancrage.rules.program import Program
from ancrage.rules.python_engine import Evaluate, Outputs, compile_python, interpret
from ancrage.rules.residual import Residual
from ancrage.rules.values import Value

WORTH_COMPILING = 5
"""Situations from which compiling the program (some 20 ms) is repaid."""


class DayCatalogue:
    """The aids of a day, compiled: one call answers for all."""

    def __init__(self, day: DayEntries) -> None:
        self.entries = day.entries
        self.program = day.program
        self.on = day.on
        self.labels = day.labels
        self._asked = 0
        self._interpreted = interpret(day.program)

    @cached_property
    def evaluate(self) -> Evaluate:
        """The compiled function."""
        return compile_python(self.program)

    def answers(
        self, situation: Situation, *, among: Collection[str] | None = None
    ) -> tuple["AidAnswer", ...]:
        """One answer an aid, in the order of the catalogue; ``among``: only of these."""
        self._asked += 1
        run = self.evaluate if self._asked > WORTH_COMPILING else self._interpreted
        known = values(situation)
        asked = _Asked(self, situation, known, run(known), compiled=self._asked > WORTH_COMPILING)
        kept = self.prepared if among is None else [each for each in self.prepared if each.entry.id in among]
        return tuple([AidAnswer(each, asked, asked.steps) for each in kept])

    @cached_property
    def openness(self) -> Openness:
        """What tells which facts each answer waits for, compiled."""
        return Openness(self.program)

    @cached_property
    def askable(self) -> int:
        """The facts that a person can tell: all but what the law of a place is."""
        return self.openness.mask(fact for fact in self.program.facts if fact not in LAW_FACTS)

    @cached_property
    def prepared(self) -> tuple["Prepared", ...]:
        """Each aid, with what its answers share."""
        return tuple(Prepared(entry, self.program) for entry in self.entries)


class Prepared:
    """An aid of a day and what its answers share: patterns of verdicts, what is said whoever asks."""

    __slots__ = ("entry", "met", "pick", "told")

    def __init__(self, entry: AidEntry, program: Program) -> None:
        self.entry = entry
        self.told = PlainAid(entry)
        self.pick = picking(entry, program)
        self.met: dict[Any, Pattern] = {}

    def first_met(self, truths: Any) -> Pattern:
        """The pattern of truths just picked, kept for the next situation that has them."""
        found = self.met[truths] = pattern_of(self.entry, truths)
        return found


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
        self._open: Open | Residual | None = None

    @property
    def open(self) -> Open | Residual:
        if self._open is None:
            self._open = (
                self.day.openness.of(self.steps, self._known)
                if self._compiled
                else Residual(self.day.program, self._known)
            )
        return self._open

    def asks(self, key: str) -> bool:
        """Whether an answer of the reader could still change an output."""
        open_ = self._open or self.open
        if isinstance(open_, Open):
            return open_.hangs_on(key, self.day.askable)
        return not LAW_FACTS.issuperset(open_.unresolved(key))


class AidAnswer:
    """What can be said of one aid. Parts are worked out when they are asked for."""

    __slots__ = ("_asked", "_pattern", "_prepared", "entry")

    def __init__(self, prepared: Prepared, asked: _Asked, steps: Sequence[Any]) -> None:
        truths = prepared.pick(steps)
        self.entry = prepared.entry
        self._prepared = prepared
        self._pattern = prepared.met.get(truths) or prepared.first_met(truths)
        self._asked = asked

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
        told, asking = self._pattern.standings
        return asking if told is not asking and self._asked.asks(self.entry.key) else told

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
        told = self.entry.amount
        if told is None or not told.certain or self._pattern.verdict is Verdict.NON:
            return None
        found: Value = self._asked.outputs[told.key]
        return found if isinstance(found, Interval) else Interval(None, None)

    @property
    def missing(self) -> tuple[str, ...]:
        """Unknown facts on which the verdict still hangs."""
        open_ = self._pattern.verdict is Verdict.A_VERIFIER
        return self._asked.open.unresolved(self.entry.key) if open_ else ()

    @property
    def reasons(self) -> tuple[str, ...]:
        """French sentences: what refuses it, or what leaves it to be checked."""
        sentences = self._pattern.sentences
        return sentences.whole if sentences.whole is not None else sentences.said(self._asked.laws)

    def as_json(self, detail: Detail = Detail.TOUT) -> dict[str, Any]:
        """Keys other tools rely on, and the words shown beside them."""
        entry, told = self.entry, self._prepared.told
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
