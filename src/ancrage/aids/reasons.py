"""Why an aid is refused or left to be checked: sentences worked out once for each pattern of its verdicts."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Any

from ancrage.aids.entries import AidEntry, ConditionEntry
from ancrage.aids.standing import Class, class_of
from ancrage.declarations.texts import Status
from ancrage.facts.situation import Situation
from ancrage.reasoning import Verdict
from ancrage.rules.program import Program

LAW, WINDOW = "droit", "periode"
"""Conditions that say why in words of their own: the law of a place, the days of an aid."""


Written = tuple[str, ConditionEntry | None]
"""A sentence and, when it depends on the situation, its condition."""


@dataclass(frozen=True, slots=True)
class Sentences:
    """Sentences in their order; ``whole`` when none depends on the situation."""

    parts: tuple[Written, ...]
    whole: tuple[str, ...] | None

    @classmethod
    def of(cls, written: Iterable[Written]) -> "Sentences":
        """From each sentence and, beside one that depends on the situation, its condition."""
        parts = tuple(written)
        plain = all(law is None for _, law in parts)
        return cls(parts, tuple(said for said, _ in parts) if plain else None)

    def said(self, situation: Situation) -> tuple[str, ...]:
        """The same; why a law does not hold where the reader is, as the place says it."""
        return tuple(said if law is None else _law(law, situation) for said, law in self.parts)


def _law(condition: ConditionEntry, situation: Situation) -> str:
    known = (situation.get(fact) for fact in condition.facts)
    return next((one.note for one in known if one and one.note), condition.label)


class Reasons:
    """The reasons of one aid, by the truth of its conditions."""

    __slots__ = ("_entry", "_pick", "_told", "classes")

    def __init__(self, entry: AidEntry, program: Program) -> None:
        steps = [program.outputs[one.key].low for one in entry.conditions]
        self._entry = entry
        self.classes = _classes(entry)
        """Its class, by whether one qualifies and whether an answer of the reader would tell."""
        self._pick: Callable[[Sequence[Any]], Any] = itemgetter(*steps) if steps else lambda _: ()
        self._told: dict[tuple[Verdict, Any], Sentences] = {}

    def of(self, verdict: Verdict, steps: Sequence[Any], situation: Situation) -> tuple[str, ...]:
        """Sentences, most decisive first, given the values of all steps."""
        key = verdict, self._pick(steps)
        found = self._told.get(key)
        if found is None:
            truths = key[1] if len(self._entry.conditions) != 1 else (key[1],)
            found = self._told[key] = Sentences.of(self._written(verdict, truths))
        return found.whole if found.whole is not None else found.said(situation)

    def _written(
        self, verdict: Verdict, truths: Sequence[bool | None]
    ) -> Iterator[tuple[str, ConditionEntry | None]]:
        pairs = list(zip(self._entry.conditions, truths, strict=True))
        if verdict is Verdict.NON:
            for entry, truth in pairs:
                if entry.certain and truth is False:
                    yield refusal(entry), entry if entry.id == LAW else None
            return
        yield from ((doubt, None) for doubt in self._entry.doubts)
        for entry, truth in pairs:
            if entry.id != WINDOW and not (entry.certain and truth is not None):
                yield entry.label, entry if entry.id == LAW else None


def _classes(entry: AidEntry) -> Mapping[tuple[Verdict, bool], Class]:
    told = entry.status != Status.DESCRIPTIF
    sure = entry.status == Status.ETABLI and all(one.certain for one in entry.conditions)
    return {
        (verdict, asks): class_of(entry.existence, verdict, entry.grant, told=told, sure=sure, asks=asks)
        for verdict in Verdict
        for asks in (True, False)
    }


def refusal(entry: ConditionEntry) -> str:
    """What a condition that fails says."""
    return entry.note if entry.id == WINDOW else entry.label
