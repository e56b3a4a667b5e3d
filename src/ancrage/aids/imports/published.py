"""An aid that several lists publish, told once: the one kept on a day, and what the others say of it."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ancrage.aids.imports.duplicates import Card, Duplicate, card_of, duplicates
from ancrage.aids.imports.imported import ImportedAid
from ancrage.aids.standing import Existence, State
from ancrage.language.days import short_day
from ancrage.sources.catalogue import get_source

ORDER = ("aides-transition-ecologique", "aides-dge", "aides-territoires")
"""Lists whose eligibility is the most precise first."""
FRESH = timedelta(days=365)
"""A list tells for so long that what stands in it without any day is still to be had."""
FORGOTTEN = timedelta(days=730)
"""Nothing closed for longer is told."""


@dataclass(frozen=True, slots=True)
class Published:
    """An aid on a day; ``twins`` are the same one as others publish it, or as its own list repeats it."""

    aid: ImportedAid
    twins: tuple[ImportedAid, ...]
    existence: Existence
    doubt: str
    """Why it may not be open, in French, when another list says that it is closed; else empty."""


def published(
    aids: Sequence[ImportedAid],
    told: Collection[Card],
    *,
    on: date,
    pairs: Sequence[Duplicate] | None = None,
) -> tuple[Published, ...]:
    """What is published on a day, each aid once, those that the cards ``told`` tell already left out.

    Aids closed for more than two years are left out too. ``pairs``: those of all ``aids``, and of them with
    all that may be told, where they were compared for another day: a pair hangs on nothing else.
    """
    kept = [aid for aid in aids if aid.closes is None or aid.closes >= on - FORGOTTEN]
    known = {card.id for card in told}
    groups = _Groups(aid.id for aid in kept)
    for pair in duplicates([card_of(aid) for aid in kept], list(told)) if pairs is None else pairs:
        if groups.knows(pair.first, known) and groups.knows(pair.second, known):
            groups.join(pair.first, pair.second)
    by_group: dict[str, list[ImportedAid]] = {}
    for aid in kept:
        by_group.setdefault(groups.of(aid.id), []).append(aid)
    elsewhere = {groups.of(identifier) for identifier in known}
    return tuple(_published(each, on) for group, each in by_group.items() if group not in elsewhere)


class _Groups:
    """Identifiers that go together, however many pairs tell it."""

    def __init__(self, identifiers: Iterator[str]) -> None:
        self._leader = {identifier: identifier for identifier in identifiers}

    def knows(self, identifier: str, others: Collection[str]) -> bool:
        """Whether it is one of those of the day, or of the ``others``."""
        return identifier in self._leader or identifier in others

    def of(self, identifier: str) -> str:
        while (leader := self._leader.setdefault(identifier, identifier)) != identifier:
            identifier = leader
        return identifier

    def join(self, one: str, other: str) -> None:
        self._leader[self.of(one)] = self.of(other)


def _published(same: Sequence[ImportedAid], on: date) -> Published:
    aid, *twins = sorted(same, key=lambda aid: (_closed(aid, on), _rank(aid.source)))
    return of_one(aid, twins, on)


def of_one(aid: ImportedAid, others: Sequence[ImportedAid], on: date) -> Published:
    """An aid on a day, beside the same one as ``others`` publish it."""
    twins = tuple(others)
    doubt = "" if _closed(aid, on) else _contradicted(aid, twins, on)
    return Published(aid, twins, _existence(aid, twins, on, doubtful=bool(doubt)), doubt)


def _rank(source: str) -> int:
    return ORDER.index(source) if source in ORDER else len(ORDER)


def _closed(aid: ImportedAid, on: date) -> bool:
    return aid.closes is not None and aid.closes < on


def _contradicted(aid: ImportedAid, twins: Sequence[ImportedAid], on: date) -> str:
    for twin in twins:
        if twin.source != aid.source and twin.closes is not None and twin.closes < on:
            who = get_source(twin.source).producer
            return f"{who} la dit close depuis le {short_day(twin.closes)}"
    return ""


def _existence(aid: ImportedAid, twins: Sequence[ImportedAid], on: date, *, doubtful: bool) -> Existence:
    proof = max((day for one in (aid, *twins) if (day := _seen(one)) and day <= on), default=None)
    fresh = proof is not None and on - proof <= FRESH
    return Existence(
        State.A_CONFIRMER if doubtful else _state(aid, on, fresh=fresh),
        aid.opens.isoformat() if aid.opens else None,
        aid.closes.isoformat() if aid.closes else None,
        proof.isoformat() if proof else None,
        aid.closes.isoformat() if aid.closes and aid.closes >= on else None,
    )


def _seen(aid: ImportedAid) -> date | None:
    """The last day on which its list shows it: that of its last change, or of the list itself."""
    told = (aid.provenance.updated_on, aid.provenance.listed_on)
    return max((date.fromisoformat(day) for day in told if day), default=None)


def _state(aid: ImportedAid, on: date, *, fresh: bool) -> State:
    if _closed(aid, on):
        return State.FERMEE
    if aid.opens is not None and aid.opens > on:
        return State.ANNONCEE
    if aid.closes is not None:
        return State.OUVERTE
    return State.EN_VIGUEUR if fresh else State.A_CONFIRMER
