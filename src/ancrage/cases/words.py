"""Words searched in cases as elsewhere on the site: no accent, any number, a mistake forgiven."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from ancrage.cases.case import Case
from ancrage.language.words import Words, folded, stemmed
from ancrage.levers.catalogue import read_levers

KEPT = 2_000
"""Texts whose words are held."""
NEAR = 5
"""Spellings that a word mistyped may be taken for."""
LEAST_BEGUN = 4
"""Letters from which what was typed may be the beginning of a word."""


class Searched:
    """Words typed, among cases; ``read_as``: those mistyped, each with what it was taken for."""

    def __init__(self, typed: str, among: Iterable[Case]) -> None:
        counts: Counter[str] = Counter()
        for one in among:
            counts.update(words_of(text_of(one)))
        self._known = Words(counts.items())
        self.read_as: dict[str, tuple[str, ...]] = {}
        self._wanted = [self._forms(word) for word in dict.fromkeys(folded().analyze(typed))]

    def held_by(self, case: Case) -> bool:
        """Whether a case holds every word."""
        text = text_of(case)
        stems, words = stems_of(text), words_of(text)
        return all(
            any(form in words or stem in stems for form in forms for stem in stemmed().analyze(form))
            for forms in self._wanted
        )

    def _forms(self, word: str) -> Sequence[str]:
        """What stands for a word: itself and those it begins; when there is none, the nearest."""
        begun = list(self._known.beginning(word, NEAR)) if len(word) >= LEAST_BEGUN else []
        if begun or self._has_stem(word):
            return (word, *begun)
        near = tuple(form for form, _ in self._known.misspelt(word, NEAR))
        if near:
            self.read_as[word] = tuple(map(self._known.written, near))
        return near or (word,)

    def _has_stem(self, word: str) -> bool:
        (stem, *_) = (*stemmed().analyze(word), word)
        return any(stem in stemmed().analyze(form) for form in self._known.beginning(stem[:3], 500))

    def told(self) -> Iterator[str]:
        """What each word mistyped was taken for, in French."""
        for word, forms in self.read_as.items():
            yield f"« {word} » n’est dans aucun cas : lu « {' » ou « '.join(forms)} »."


def text_of(case: Case) -> str:
    """All that a case says in words, the names of its tools among them."""
    tools = read_levers().tools
    told = (case.title, case.told, case.learnt, case.publics, case.where)
    return " ".join((*told, *(tools[one].name for one in case.tools), *(one.name for one in case.shares)))


@lru_cache(KEPT)
def words_of(text: str) -> frozenset[str]:
    """Its words, folded."""
    return frozenset(folded().analyze(text))


@lru_cache(KEPT)
def stems_of(text: str) -> frozenset[str]:
    """Its stems."""
    return frozenset(stemmed().analyze(text))
