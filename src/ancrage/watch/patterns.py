"""One regular expression for all the terms: every spelling of each, the longest first, whole words only."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ancrage.language.folding import LETTER, Folded, folded
from ancrage.watch.declaration import Term, spelling

# At most one end of line: a term never spreads over a blank line, hence over two paragraphs. Nothing is
# given back once taken (« ++ »), or a long blank would be tried at each of its places.
_GAP = r"[^\S\n]*+(?:\n[^\S\n]*+)?+"
_BLANK = r"(?:[^\S\n]++(?:\n[^\S\n]*+)?+|\n[^\S\n]*+)"
_DASH = "[-\u2010-\u2015\u2212]"
_HYPHEN = rf"(?:{_GAP}{_DASH}{_GAP}|{_BLANK})?"
_SPACE = rf"(?:{_BLANK}|{_DASH})"
_APOSTROPHE = rf"[^\S\n]?['\u2018\u2019\u02bc\u00b4`]{_GAP}"
_JOINTS = {"-": _HYPHEN, " ": _SPACE, "'": _APOSTROPHE}
_SHORTEST_PLURAL = 3


@dataclass(frozen=True, slots=True)
class Find:
    """A place where a term was found, in the plain text."""

    term: int
    start: int
    end: int


class Matcher:
    """Finds terms in plain texts. A place is given to the longest spelling that begins there, once."""

    def __init__(self, terms: Sequence[Term]) -> None:
        spellings = [_Spelling(one, rank) for rank, term in enumerate(terms) for one in term.variantes]
        left_out = [_Spelling(one, None) for term in terms for one in term.hors]
        # The sort keeps the longest first under each initial.
        by_length = sorted([*spellings, *left_out], key=lambda one: -len(spelling(one.variant)))
        ordered = sorted(by_length, key=lambda one: one.initial)
        self._terms = [one.term for one in ordered]
        self._pattern = re.compile(
            "|".join(
                _branch(initial, same) for initial, same in groupby(ordered, key=lambda one: one.initial)
            )
        )

    def find(self, text: Folded) -> Iterator[Find]:
        """Every occurrence, from left to right, none over another."""
        for found in self._pattern.finditer(text.text):
            # One group a spelling, and only one of them matches.
            term = self._terms[(found.lastindex or 1) - 1]
            if term is not None:
                yield Find(term, found.start(), found.end())


@dataclass(frozen=True, slots=True)
class _Spelling:
    """A spelling and the rank of its term; ``None``: an expression to pass over without counting."""

    variant: str
    term: int | None

    @property
    def initial(self) -> str:
        return _written(self.variant)[0]


def _branch(initial: str, same: Iterable[_Spelling]) -> str:
    """The spellings of one initial: a branch that begins by a letter lets the engine leap to that letter."""
    endings = "|".join(f"({_written(one.variant)[1:]})(?!{LETTER})" for one in same)
    return f"{initial}(?<!{LETTER}{initial})(?:{endings})"


def _written(variant: str) -> str:
    plain = re.sub(r"\s*['\u2018\u2019]\s*", "'", " ".join(folded(variant).split()))
    return "".join(_JOINTS.get(part) or _plural(part) for part in re.split(r"([-' ])", plain) if part)


def _plural(word: str) -> str:
    """A word and its plural: « partenariat(s) », « réseau(x) », « local, locaux »."""
    if len(word) < _SHORTEST_PLURAL or word[-1] in "sxz" or not word.isalpha():
        return re.escape(word)
    if word.endswith("al"):
        return rf"{word[:-2]}a(?:ls?|ux)"
    return f"{word}[sx]?" if word.endswith(("au", "eu")) else f"{word}s?"
