"""How well a name answers what was typed so far, from 0 to 100."""

from collections.abc import Sequence
from typing import TypedDict

from rapidfuzz.distance import OSA

from ancrage.territories.naming import likeness

BEGUN, ELSEWHERE = 0.95, 0.6
"""What a word is worth that begins one of the name, or that only what surrounds the name holds."""


class Candidate(TypedDict):
    """What the index keeps of an entry; ``names`` are normalised."""

    kind: str
    code: str
    title: str
    detail: str
    names: list[str]
    codes: list[str]
    rank: int
    fictitious: bool


def score(typed: str, names: Sequence[str]) -> float:
    """The best of a name as a whole and of its words; ``typed`` and ``names`` are normalised.

    A second name (without its category) is worth half a point less.
    """
    words = typed.split()
    values = [
        max(likeness(typed, name), _by_words(words, name)) - (0.5 if rank else 0.0)
        for rank, name in enumerate(names)
    ]
    return max(values, default=0.0)


def _by_words(words: Sequence[str], name: str) -> float:
    """Every word counts the same; a name that holds nothing else is worth a little more."""
    held = name.split()
    met = sum(_best(word, held) for word in words) / max(len(words), 1)
    return 85.0 * met + 5.0 * min(1.0, sum(map(len, words)) / max(len(name), 1))


def _best(word: str, held: Sequence[str]) -> float:
    return max((_alike(word, other) for other in held), default=0.0) or ELSEWHERE


def _alike(word: str, other: str) -> float:
    if word == other:
        return 1.0
    if other.startswith(word):
        return BEGUN
    begun: float = OSA.normalized_similarity(word, other[: len(word)]) * BEGUN
    whole: float = OSA.normalized_similarity(word, other)
    return max(begun, whole, ELSEWHERE)
