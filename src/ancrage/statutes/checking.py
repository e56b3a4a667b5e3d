"""What became of each article cited: changed since it was read, or since the days it founds; changing."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from ancrage.statutes.citations import Citation, citations
from ancrage.statutes.gathering import CitedText
from ancrage.statutes.git_copy import State, state_on


class Fate(StrEnum):
    """What a copy tells of an article that is cited, the most urgent first."""

    CHANGED = "change_depuis_sa_lecture"
    REWORDED = "redige_depuis"
    TWO = "deux_redactions"
    CHANGING = "change_demain"
    STOPPED = "copie_arretee"
    ABSENT = "absent"
    UNREAD = "hors_de_la_copie"
    SAME = "inchange"

    @property
    def label(self) -> str:
        """French words shown to people."""
        return _FATES[self]


_FATES = {
    Fate.CHANGED: "a changé depuis sa lecture",
    Fate.REWORDED: "a changé depuis les jours qu'il fonde",
    Fate.TWO: "a deux rédactions à la fois dans la copie",
    Fate.CHANGING: "change un jour à venir",
    Fate.STOPPED: "n'a pas changé jusqu'au dernier jour de la copie, avant sa lecture",
    Fate.ABSENT: "n'est pas dans la copie de ce texte",
    Fate.UNREAD: "son texte n'est pas dans la copie",
    Fate.SAME: "n'a pas changé",
}


class Copy(Protocol):
    """A public copy of texts by day."""

    @property
    def until(self) -> date | None:
        """The last day it tells; ``None`` when it tells what is voted for later days."""

    def holds(self, name: str) -> bool:
        """Whether it has a text."""

    def states(self, name: str) -> tuple[State, ...]:
        """The states of a text, by day."""

    def wording(self, name: str, article: str, state: State) -> tuple[str, ...]:
        """The wordings of an article in a state: none when it is not there, several if the copy has them."""


@dataclass(frozen=True, slots=True)
class Checked:
    """An article cited somewhere. ``changed_on``: last day its wording changed; ``changes_on``: the next."""

    citation: Citation
    cited: CitedText
    fate: Fate
    changed_on: date | None = None
    changes_on: date | None = None


def check(copies: Sequence[Copy], texts: Iterable[CitedText], *, on: date) -> tuple[Checked, ...]:
    """Each article of each text still cited on a day, the most urgent first. Raises :class:`LawCopyError`."""
    states: dict[str, tuple[State, ...]] = {}
    found = [
        _checked(copies, states, citation, cited, on)
        for cited in texts
        if cited.until is None or cited.until >= on
        for citation in citations(cited.text.title)
    ]
    order = list(Fate)
    return tuple(sorted(found, key=lambda one: (order.index(one.fate), one.citation, one.cited.where)))


def _checked(
    copies: Sequence[Copy],
    known: dict[str, tuple[State, ...]],
    citation: Citation,
    cited: CitedText,
    on: date,
) -> Checked:
    copy = next((one for one in copies if one.holds(citation.code)), None)
    if copy is None:
        return Checked(citation, cited, Fate.UNREAD)
    if citation.code not in known:
        known[citation.code] = copy.states(citation.code)
    states = known[citation.code]
    now = state_on(states, on)
    wording = copy.wording(citation.code, citation.article, states[now]) if now >= 0 else ()
    changes = _next_change(copy, citation, states[now + 1 :], wording)
    if not wording:
        return Checked(citation, cited, Fate.CHANGING if changes else Fate.ABSENT, None, changes)
    earliest = min(filter(None, (cited.since, cited.text.checked_on)))
    changed = next(_changes(copy, citation, states[: now + 1], wording, earliest), None)
    fate = _fate(cited, wording, changed, changes)
    if fate is Fate.SAME and copy.until is not None and copy.until < cited.text.checked_on:
        fate = Fate.STOPPED
    return Checked(citation, cited, fate, changed, changes)


def _fate(cited: CitedText, wording: tuple[str, ...], changed: date | None, changes: date | None) -> Fate:
    if changed is not None:
        return Fate.CHANGED if changed > cited.text.checked_on else Fate.REWORDED
    if len(wording) > 1:
        return Fate.TWO
    return Fate.CHANGING if changes is not None else Fate.SAME


def _changes(
    copy: Copy, citation: Citation, states: tuple[State, ...], wording: tuple[str, ...], after: date
) -> Iterator[date]:
    """Days, from the last one back to ``after``, on which the wording became what it is."""
    for earlier, later in zip(reversed(states[:-1]), reversed(states), strict=False):
        if later.since <= after:
            return
        if copy.wording(citation.code, citation.article, earlier) != wording:
            yield later.since
            return


def _next_change(
    copy: Copy, citation: Citation, states: tuple[State, ...], wording: tuple[str, ...]
) -> date | None:
    for state in states:
        if copy.wording(citation.code, citation.article, state) != wording:
            return state.since
    return None
