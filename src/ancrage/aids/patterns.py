"""What one aid answers, worked out once for each pattern of the truths of its conditions.

Situations by the thousand meet the same few patterns: the second one reads what the first one wrote.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from operator import itemgetter
from typing import Any

from ancrage.aids.entries import AidEntry
from ancrage.aids.plain_answers import PlainAid
from ancrage.aids.reasons import ConditionAnswer, Sentences, written
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


class Pattern:
    """The part of an answer that the truths of the conditions are enough to tell."""

    def __init__(self, entry: AidEntry, told: PlainAid, certain: bool | None, truths: Truths) -> None:
        self.entry = entry
        self.told = told
        self._truths = truths
        # Conditions of an aid that is not in force are not read: nothing says whether they hold.
        self.qualifies = VERDICTS[certain if entry.in_force else None]
        self.verdict = settled(entry, certain)
        classes = classes_of(entry)
        asks = self.qualifies is Verdict.A_VERIFIER
        self.standings = classes[self.qualifies, False], classes[self.qualifies, asks]
        """Its class when no answer of the reader would tell, and when one would."""
        self.waits = self.standings[0] is not self.standings[1]
        self.amount_key = amount_key(entry, self.verdict)
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
        return Sentences.of(written(self.entry, self.verdict, self._truths))

    @cached_property
    def reasons(self) -> tuple[str, ...] | None:
        """The same when it is said whoever asks; ``None`` when the place has its word to say."""
        return self.sentences.whole


class _Told:
    """An aid as some days tell it, with the patterns met on any of them."""

    __slots__ = ("_met", "entry", "plain")

    def __init__(self, entry: AidEntry) -> None:
        self.entry, self.plain = entry, PlainAid(entry)
        self._met: dict[tuple[bool | None, Truths], Pattern] = {}

    def pattern(self, certain: bool | None, truths: Truths) -> Pattern:
        key = certain, truths
        if (found := self._met.get(key)) is None:
            if len(self._met) >= MOST_PATTERNS:
                self._met.clear()
            found = self._met[key] = Pattern(self.entry, self.plain, certain, truths)
        return found


_told: dict[int, _Told] = {}
"""By the identity of the entry, which is held: two days tell most aids by the very same entry."""
MOST_TOLD, MOST_PATTERNS = 8_192, 12


def _of(entry: AidEntry) -> _Told:
    found = _told.get(id(entry))
    if found is None or found.entry is not entry:
        if len(_told) >= MOST_TOLD:
            _told.clear()
        found = _told[id(entry)] = _Told(entry)
    return found


class Alike:
    """Aids whose answers hang on the same truths: these are picked and looked up once for all.

    Lists publish by the hundred aids under the same conditions.
    """

    __slots__ = ("_met", "_pick", "_told", "entries")

    def __init__(self, entries: Sequence[AidEntry], steps: Sequence[int]) -> None:
        self.entries = tuple(entries)
        self._told = tuple([_of(entry) for entry in entries])
        self._pick = itemgetter(*steps)
        self._met: dict[Any, tuple[Pattern, ...]] = {}

    def patterns(self, steps: Sequence[Any]) -> tuple[Pattern, ...]:
        """The pattern of each, from the values of all steps; kept for the next situation that has them."""
        truths = self._pick(steps)
        return self._met.get(truths) or self._first_met(truths)

    def _first_met(self, picked: Any) -> tuple[Pattern, ...]:
        certain, *others = picked if self.entries[0].conditions else (picked,)
        truths = tuple(others)
        found = self._met[picked] = tuple([told.pattern(certain, truths) for told in self._told])
        return found


def grouped(entries: Iterable[AidEntry], program: Program) -> tuple[Alike, ...]:
    """Aids whose verdict and conditions are, one by one, the same steps of the program, together."""
    found: dict[tuple[int, ...], list[AidEntry]] = {}
    for entry in entries:
        keys = (entry.key, *(one.key for one in entry.conditions))
        found.setdefault(tuple(program.outputs[key].low for key in keys), []).append(entry)
    return tuple(Alike(alike, steps) for steps, alike in found.items())


def amount_key(entry: AidEntry, verdict: Verdict) -> str | None:
    """The output that tells the amount; ``None`` for an aid refused, or whose amount is not established."""
    told = entry.amount
    return told.key if told is not None and told.certain and verdict is not Verdict.NON else None


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
