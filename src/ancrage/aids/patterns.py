"""What one aid answers, worked out once for each pattern of the truths of its conditions.

Situations by the thousand meet the same few patterns: the second one reads what the first one wrote.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import Any

from ancrage.aids.entries import AidEntry, ConditionEntry
from ancrage.aids.reasons import Sentences, written
from ancrage.aids.standing import Class, class_of
from ancrage.declarations.texts import Status
from ancrage.reasoning import Verdict
from ancrage.rules.program import Program

VERDICTS: Mapping[bool | None, Verdict] = {
    True: Verdict.OUI,
    False: Verdict.NON,
    None: Verdict.A_VERIFIER,
}
Truths = tuple[bool | None, ...]


@dataclass(frozen=True, slots=True)
class ConditionAnswer:
    """A condition's verdict; ``indication`` is what its rule gives when it is not established."""

    entry: ConditionEntry
    verdict: Verdict
    indication: Verdict


class Pattern:
    """The part of an answer that the truths of the conditions are enough to tell."""

    def __init__(self, entry: AidEntry, certain: bool | None, truths: Truths) -> None:
        self._entry = entry
        self._truths = truths
        # Conditions of an aid that is not in force are not read: nothing says whether they hold.
        self.qualifies = VERDICTS[certain if entry.in_force else None]
        self.verdict = settled(entry, certain)
        classes = classes_of(entry)
        asks = self.qualifies is Verdict.A_VERIFIER
        self.standings = classes[self.qualifies, False], classes[self.qualifies, asks]
        """Its class when no answer of the reader would tell, and when one would."""
        self.conditions = tuple(
            ConditionAnswer(one, VERDICTS[truth if one.certain else None], VERDICTS[truth])
            for one, truth in zip(entry.conditions, truths, strict=True)
        )

    @cached_property
    def open(self) -> tuple[ConditionAnswer, ...]:
        """The conditions that are not known to hold."""
        return tuple(one for one in self.conditions if one.verdict is not Verdict.OUI)

    @cached_property
    def sentences(self) -> Sentences:
        """What refuses it, or what leaves it to be checked, most decisive first."""
        return Sentences.of(written(self._entry, self.verdict, self._truths))


def picking(entry: AidEntry, program: Program) -> Callable[[Sequence[Any]], Any]:
    """What picks among the values of all steps the truths that make the pattern of an aid."""
    keys = (entry.key, *(one.key for one in entry.conditions))
    return itemgetter(*(program.outputs[key].low for key in keys))


def pattern_of(entry: AidEntry, picked: Any) -> Pattern:
    """The pattern of truths as :func:`picking` gives them: one alone, or several."""
    certain, *others = picked if entry.conditions else (picked,)
    return Pattern(entry, certain, tuple(others))


def settled(entry: AidEntry, certain: bool | None) -> Verdict:
    """The verdict: what its certain conditions say, and never yes when something is still to be checked."""
    if certain is True and (entry.doubts or not all(one.certain for one in entry.conditions)):
        return Verdict.A_VERIFIER
    return VERDICTS[certain]


def classes_of(entry: AidEntry) -> Mapping[tuple[Verdict, bool], Class]:
    """Its class, by whether one qualifies and whether an answer of the reader would tell."""
    told = entry.status != Status.DESCRIPTIF
    sure = entry.status == Status.ETABLI and all(one.certain for one in entry.conditions)
    return {
        (verdict, asks): class_of(entry.existence, verdict, entry.grant, told=told, sure=sure, asks=asks)
        for verdict in Verdict
        for asks in (True, False)
    }
