"""Why an aid is refused or left to be checked, in French sentences."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ancrage.aids.entries import AidEntry, ConditionEntry
from ancrage.facts.situation import Situation
from ancrage.reasoning import Verdict

LAW, WINDOW = "droit", "periode"
"""Conditions that say why in words of their own: the law of a place, the days of an aid."""


@dataclass(frozen=True, slots=True)
class ConditionAnswer:
    """A condition's verdict; ``indication`` is what its rule gives when it is not established."""

    entry: ConditionEntry
    verdict: Verdict
    indication: Verdict


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

    def said(self, laws: "Laws") -> tuple[str, ...]:
        """The same; why a law does not hold where the reader is, as the place says it."""
        if len(self.parts) == 1 and (law := self.parts[0][1]) is not None:
            return laws.alone(law)
        return tuple([said if law is None else laws.why(law) for said, law in self.parts])


class Laws:
    """Why laws do not hold where a situation is: hundreds of aids ask it of the same few facts."""

    __slots__ = ("_alone", "_notes", "_situation")

    def __init__(self, situation: Situation) -> None:
        self._situation = situation
        self._notes: dict[tuple[str, ...], str] = {}
        self._alone: dict[tuple[tuple[str, ...], str], tuple[str, ...]] = {}

    def alone(self, condition: ConditionEntry) -> tuple[str, ...]:
        """What it says, when it is all that there is to say."""
        key = condition.facts, condition.label
        return self._alone.get(key) or self._alone.setdefault(key, (self.why(condition),))

    def why(self, condition: ConditionEntry) -> str:
        """What the place says of it; the words of the condition where it says nothing."""
        note = self._notes.get(condition.facts)
        if note is None:
            known = (self._situation.get(fact) for fact in condition.facts)
            note = self._notes[condition.facts] = next((one.note for one in known if one and one.note), "")
        return note or condition.label


def written(entry: AidEntry, verdict: Verdict, truths: Sequence[bool | None]) -> Iterator[Written]:
    """Sentences of a verdict, most decisive first, given the truths of its conditions; none for a yes."""
    pairs = list(zip(entry.conditions, truths, strict=True))
    if verdict is Verdict.NON:
        for one, truth in pairs:
            if one.certain and truth is False:
                yield refusal(one), one if one.id == LAW else None
    if verdict is not Verdict.A_VERIFIER:
        return
    yield from ((doubt, None) for doubt in entry.doubts)
    for one, truth in pairs:
        if one.id != WINDOW and not (one.certain and truth is not None):
            yield one.label, one if one.id == LAW else None


def refusal(entry: ConditionEntry) -> str:
    """What a condition that fails says."""
    return entry.note if entry.id == WINDOW else entry.label
