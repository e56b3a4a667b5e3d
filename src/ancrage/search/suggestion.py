"""What the box may find, and what it shows of it."""

from dataclasses import dataclass
from enum import StrEnum


class Found(StrEnum):
    """Kinds of things that can be found."""

    TERRITORY = "territoire"
    STRUCTURE = "structure"
    AID = "aide"
    TOOL = "outil"
    LEVER = "levier"
    MONOGRAPH = "monographie"
    TERM = "mot"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Something found: ``code`` designates it, ``detail`` tells homonyms apart; ``score``: 0 to 100.

    The code of a word of the glossary is its part and the word: ``les-territoires:qpv``.
    """

    kind: Found
    code: str
    title: str
    detail: str
    score: float
    fictitious: bool


@dataclass(frozen=True, slots=True)
class Entry:
    """Something to index.

    ``names``: what it may be called, the title first; none for what must not be found by its name.
    ``about``: other words that lead to it. ``codes``: what designates it exactly. ``rank``: at equal likeness
    the greatest comes first (inhabitants, or employees).
    """

    kind: Found
    code: str
    title: str
    detail: str
    names: tuple[str, ...]
    codes: tuple[str, ...]
    rank: int = 0
    about: str = ""
    fictitious: bool = False
