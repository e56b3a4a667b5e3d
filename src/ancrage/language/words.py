"""French words: as they are written, folded and stemmed, and the nearest ones to what was typed."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import cache

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA
from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

EMPTY = ["a", "ou", "etre", "meme", "tres", "meme", "deja", "ete"]
"""Empty words of French once their accents are gone."""
LONGEST = 60
SHORT, LONG = 4, 8
"""From so many letters on, a word may hold one mistake, or two."""


def accented() -> TextAnalyzer:
    """Words as written, in lower case, without the empty ones."""
    return _lowered().build()


@cache
def folded() -> TextAnalyzer:
    """Words without accents: « trésorerie » and « tresorerie » are one."""
    return _folded().build()


@cache
def stemmed() -> TextAnalyzer:
    """Stems; accents go first, so that a word typed without them keeps its stem."""
    return _folded().filter(Filter.stemmer("french")).build()


def spelled() -> TextAnalyzer:
    """Every word without its accents, empty ones included: « Le Mans » is not « Mans »."""
    builder = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.remove_long(LONGEST))
    return builder.filter(Filter.lowercase()).filter(Filter.ascii_fold()).build()


def _lowered() -> TextAnalyzerBuilder:
    builder = TextAnalyzerBuilder(Tokenizer.simple()).filter(Filter.remove_long(LONGEST))
    return builder.filter(Filter.lowercase()).filter(Filter.stopword("french"))


def _folded() -> TextAnalyzerBuilder:
    return _lowered().filter(Filter.ascii_fold()).filter(Filter.custom_stopword(EMPTY))


def mistakes_allowed(word: str) -> int:
    """Letters that may be added, left out, replaced or swapped with the next: 0, 1 or 2."""
    return (len(word) >= SHORT) + (len(word) >= LONG)


class Words:
    """The words of an index: by what they begin with, and nearest to what was typed."""

    def __init__(self, found: Iterable[tuple[str, int]]) -> None:
        self._written: dict[str, str] = {}
        for word, _ in sorted(found, key=lambda each: each[1]):
            # The most frequent spelling comes last and stays.
            for form in folded().analyze(word):
                self._written[form] = word
        self._forms = sorted(self._written)
        self._by_length: dict[int, list[str]] = {}
        for form in self._forms:
            self._by_length.setdefault(len(form), []).append(form)

    def __len__(self) -> int:
        return len(self._forms)

    def written(self, form: str) -> str:
        """A folded word with its accents."""
        return self._written.get(form, form)

    def beginning(self, form: str, limit: int) -> Iterator[str]:
        """Words that begin so, in alphabetical order."""
        start = bisect_left(self._forms, form)
        for other in self._forms[start : start + limit]:
            if not other.startswith(form):
                return
            yield other

    def misspelt(self, form: str, limit: int) -> list[tuple[str, int]]:
        """Other words that the fewest typing mistakes turn into ``form``, with the number of mistakes."""
        allowed = mistakes_allowed(form)
        near: dict[str, int] = {}
        # A plural with a mistake stands one letter further from the singular that is written.
        for typed in {form, form[:-1] if form[-1] in "sx" else form} if allowed else set[str]():
            for other, mistakes, _ in process.extract(
                typed, self._as_long(typed, allowed), scorer=OSA.distance, score_cutoff=allowed, limit=limit
            ):
                if other != form:
                    near[other] = min(int(mistakes), near.get(other, allowed))
        fewest = min(near.values(), default=0)
        return sorted((other, mistakes) for other, mistakes in near.items() if mistakes == fewest)[:limit]

    def _as_long(self, form: str, give: int) -> list[str]:
        """Words of the same length, give or take: no other is so few mistakes away."""
        lengths = range(len(form) - give, len(form) + give + 1)
        return [other for length in lengths for other in self._by_length.get(length, ())]

    def nearest(self, form: str, limit: int) -> list[str]:
        """Words that look like it, most alike first, with their accents."""
        found = process.extract(form, self._forms, scorer=fuzz.ratio, score_cutoff=60, limit=limit)
        return list(dict.fromkeys(self.written(other) for other, _, _ in found))
