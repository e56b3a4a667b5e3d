"""Answers: each aid yes, no or to be checked for a situation, with how much, why, and what is missing."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ancrage.aids.entries import AidEntry, AmountEntry, ConditionEntry, DayEntries
from ancrage.aids.reasons import Reasons
from ancrage.aids.standing import GONE, Class
from ancrage.aids.vocabulary import Detail
from ancrage.facts.legislation import LAW_FACTS
from ancrage.facts.situation import Known, Situation, values
from ancrage.facts.values import plain
from ancrage.interval import Interval
from ancrage.reasoning import Verdict
from ancrage.rules.openness import Open, Openness
from ancrage.rules.python_engine import Evaluate, Outputs, compile_python, interpret
from ancrage.rules.residual import Residual
from ancrage.rules.values import Value

VERDICTS: Mapping[bool | None, Verdict] = {
    True: Verdict.OUI,
    False: Verdict.NON,
    None: Verdict.A_VERIFIER,
}


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
        asked = _Asked(self, known, run(known), compiled=self._asked > WORTH_COMPILING)
        kept = self.prepared if among is None else [each for each in self.prepared if each[0].id in among]
        return tuple([AidAnswer(entry, reasons, asked, situation) for entry, reasons in kept])

    @cached_property
    def openness(self) -> Openness:
        """What tells which facts each answer waits for, compiled."""
        return Openness(self.program)

    @cached_property
    def prepared(self) -> tuple[tuple[AidEntry, Reasons], ...]:
        """Each aid and its reasons, by pattern of its verdicts."""
        return tuple((entry, Reasons(entry, self.program)) for entry in self.entries)


class _Asked:
    """A situation put to a day: its outputs, and what it leaves open, worked out when first wanted."""

    __slots__ = ("_compiled", "_known", "_open", "day", "outputs")

    def __init__(
        self, day: DayCatalogue, known: Mapping[str, Value], outputs: Outputs, *, compiled: bool
    ) -> None:
        self.day = day
        self.outputs = outputs
        self._known = known
        self._compiled = compiled
        self._open: Open | Residual | None = None

    @property
    def open(self) -> Open | Residual:
        if self._open is None:
            self._open = (
                self.day.openness.of(self.outputs.steps, self._known)
                if self._compiled
                else Residual(self.day.program, self._known)
            )
        return self._open


@dataclass(frozen=True, slots=True)
class ConditionAnswer:
    """A condition's verdict; ``indication`` is what its rule gives when it is not established."""

    entry: ConditionEntry
    verdict: Verdict
    indication: Verdict
    situation: Situation

    @property
    def facts(self) -> dict[str, Known | None]:
        """Each fact it reads and what is known of it."""
        return {fact: self.situation.get(fact) for fact in self.entry.facts}

    def as_json(self) -> dict[str, Any]:
        """Keys other tools rely on: id, verdict, label, facts, text."""
        known = {fact: found for fact, found in self.facts.items() if found is not None}
        return {
            "id": self.entry.id,
            "verdict": self.verdict.value,
            "label": self.entry.label,
            "facts": {fact: plain(found.value) if found else None for fact, found in self.facts.items()},
            "origins": {
                fact: {"origin": found.origin.value, "note": found.note} for fact, found in known.items()
            },
            "established": self.entry.certain,
            "indication": self.indication.value,
            "text": dict(self.entry.text),
            "note": self.entry.note,
        }


class AidAnswer:
    """What can be said of one aid. Parts are worked out when they are asked for."""

    __slots__ = (
        *("_asked", "_missing", "_reasons", "_standing"),
        *("entry", "qualifies", "situation", "verdict"),
    )

    def __init__(self, entry: AidEntry, reasons: Reasons, asked: _Asked, situation: Situation) -> None:
        self.entry = entry
        self.situation = situation
        self._reasons = reasons
        self._asked = asked
        self._missing: tuple[str, ...] | None = None
        self._standing: Class | None = None
        truth = asked.outputs.truth(entry.key)
        # Conditions of an aid that is not in force are not read: nothing says whether they hold.
        self.qualifies = VERDICTS[truth if entry.in_force else None]
        self.verdict = settled(entry, truth)

    @property
    def standing(self) -> Class:
        """What the reader can do of it, from the four answers."""
        if self._standing is None:
            self._standing = self._class()
        return self._standing

    def _class(self) -> Class:
        qualifies, classes = self.qualifies, self._reasons.classes
        if qualifies is not Verdict.A_VERIFIER or self.entry.existence.state in GONE:
            return classes[qualifies, False]
        return classes[qualifies, not LAW_FACTS.issuperset(self.missing)]

    @property
    def conditions(self) -> tuple[ConditionAnswer, ...]:
        """Every condition with its verdict."""
        truth = self._asked.outputs.truth
        found = []
        for entry in self.entry.conditions:
            given = VERDICTS[truth(entry.key)]
            found.append(
                ConditionAnswer(entry, given if entry.certain else Verdict.A_VERIFIER, given, self.situation)
            )
        return tuple(found)

    @property
    def _open(self) -> tuple[ConditionAnswer, ...]:
        """The conditions that are not known to hold."""
        return tuple(one for one in self.conditions if one.verdict is not Verdict.OUI)

    @property
    def amount(self) -> Interval | None:
        """Bounds of the amount; ``None`` for an aid refused, or whose amount is not established."""
        told = self.entry.amount
        if told is None or not told.certain or self.verdict is Verdict.NON:
            return None
        found: Value = self._asked.outputs[told.key]
        return found if isinstance(found, Interval) else Interval(None, None)

    @property
    def missing(self) -> tuple[str, ...]:
        """Unknown facts on which the verdict still hangs."""
        if self._missing is None:
            open_ = self.verdict is Verdict.A_VERIFIER
            self._missing = self._asked.open.unresolved(self.entry.key) if open_ else ()
        return self._missing

    @property
    def reasons(self) -> tuple[str, ...]:
        """French sentences: what refuses it, or what leaves it to be checked."""
        if self.verdict is Verdict.OUI:
            return ()
        return self._reasons.of(self.verdict, self._asked.outputs.steps, self.situation)

    def as_json(self, detail: Detail = Detail.TOUT) -> dict[str, Any]:
        """Keys other tools rely on, and the words shown beside them."""
        entry = self.entry
        told = detail is Detail.TOUT or (detail is Detail.UTILE and entry.ours)
        shown = self.conditions if told else self._open if detail is Detail.UTILE else ()
        return {
            "id": entry.id,
            "name": entry.name,
            "verdict": self.verdict.value,
            "status": entry.status,
            "class": self.standing.value,
            "exists": entry.existence.as_json(),
            "qualifies": self.qualifies.value,
            "grant": entry.grant.value,
            "amount": amount_as_json(entry.amount, self.amount),
            "conditions": [condition.as_json() for condition in shown],
            "missing": list(self.missing),
            "from": entry.since,
            "to": entry.until,
            "in_force": entry.in_force,
            "reasons": list(self.reasons),
            "doubts": list(entry.doubts),
            "summary": entry.summary,
            "funder": entry.funder,
            "desk": dict(entry.desk),
            "nature": entry.nature,
            "audience": list(entry.audience),
            "themes": list(entry.themes),
            "levers": list(entry.levers),
            "family": entry.family,
            "coverage": list(entry.coverage),
            "text": dict(entry.text),
            "note": entry.note,
            "deadlines": [dict(deadline) for deadline in entry.deadlines],
            "cumulation": dict(entry.cumulation) if entry.cumulation else None,
            "source": entry.source,
            "also": [dict(other) for other in entry.also],
        }


def settled(entry: AidEntry, certain: bool | None) -> Verdict:
    """The verdict: what its certain conditions say, and never yes when something is still to be checked."""
    if certain is True and (entry.doubts or not all(one.certain for one in entry.conditions)):
        return Verdict.A_VERIFIER
    return VERDICTS[certain]


def amount_as_json(told: AmountEntry | None, found: Interval | None) -> dict[str, Any] | None:
    """Bounds with their unit; both ``None`` when unknown, nothing at all when the aid has no amount."""
    if told is None:
        return None
    low, high = (found.low, found.high) if found else (None, None)
    return {
        "low": low,
        "high": high,
        "unit": told.unit,
        "label": told.label,
        "ceiling": told.ceiling,
        "period": told.period,
        "established": told.certain,
        "text": dict(told.text),
    }


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
