"""How the articles cited are worded on a day, since when, and from when otherwise."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

from ancrage.statutes.checking import Copy
from ancrage.statutes.citations import Citation
from ancrage.statutes.copies import opened_copy
from ancrage.statutes.git_copy import State, git, state_on


@dataclass(frozen=True, slots=True)
class Wording:
    """An article on a day. ``words``: empty when it is not there.

    ``since``: the day they began, ``None`` as far as is looked back.
    ``changes_on``: the next day that they are known to change.
    """

    citation: Citation
    words: str
    since: date | None
    changes_on: date | None


def wordings(
    copies: Sequence[Copy], cited: Iterable[Citation], *, on: date, back_to: date
) -> tuple[Wording, ...]:
    """The wording of each article that a copy holds. Raises :class:`LawCopyError`."""
    held = ((one, next((copy for copy in copies if copy.holds(one.code)), None)) for one in cited)
    found = (_wording(copy, one, on, back_to) for one, copy in held if copy is not None)
    return tuple(one for one in found if one is not None)


def _wording(copy: Copy, citation: Citation, on: date, back_to: date) -> Wording | None:
    states = copy.states(citation.code)
    at = state_on(states, on)
    if at < 0:
        return None
    words = copy.wording(citation.code, citation.article, states[at])
    since = _since(copy, citation, states[: at + 1], words, back_to)
    later = (one for one in states[at + 1 :] if _words(copy, citation, one) != words)
    changes = next(later, None)
    return Wording(citation, " / ".join(words), since, changes.since if changes else None)


def _since(
    copy: Copy, citation: Citation, states: Sequence[State], words: tuple[str, ...], back_to: date
) -> date | None:
    """The day the wording began, looked for no further back than a day."""
    for earlier, later in zip(reversed(states[:-1]), reversed(states), strict=False):
        if later.since < back_to:
            return None
        if _words(copy, citation, earlier) != words:
            return later.since
    return None


def _words(copy: Copy, citation: Citation, state: State) -> tuple[str, ...]:
    return copy.wording(citation.code, citation.article, state)


def copies_in(folders: Iterable[str]) -> tuple[Copy, ...]:
    """The copies of some folders, opened once as long as they do not change. Raises :class:`LawCopyError`."""
    return tuple(_copy(folder, git(Path(folder), "rev-parse", "HEAD").strip()) for folder in folders)


@lru_cache(maxsize=4)
def _copy(folder: str, _head: str) -> Copy:
    return opened_copy(Path(folder))
