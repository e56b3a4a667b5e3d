"""The names of a vintage, and the quick ways to them: whole, begun, by their words, by words mistyped."""

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import islice

from ancrage.collecting import uncollected
from ancrage.territories.gazetteer.place import Alias
from ancrage.territories.gazetteer.postings import Postings
from ancrage.territories.gazetteer.wording import LINKS, unlinked

SHORT, LONG = 4, 8
"""From so many letters on, a word may hold one mistake, or two."""
NEAR_WORDS, KEPT = 40, 256
ALIKE, SHORTER, LONGER = 75.0, 2, 5
MOST_READ = 6000
"""Names read of a beginning such as « s »; they are sorted by inhabitants first."""


class NameIndex:
    """Ranks of the names, by several keys. ``aliases`` come most inhabited first."""

    def __init__(self, aliases: Iterable[Alias]) -> None:
        self.aliases = sorted(aliases, key=lambda alias: -(alias.place.population or 0))
        # The words before the one being typed are asked again at each letter.
        self._near = lru_cache(KEPT)(self._near_words)

    @cached_property
    @uncollected()
    def _whole(self) -> Postings:
        found: dict[str, list[int]] = {}
        for number, alias in enumerate(self.aliases):
            found.setdefault(alias.words, []).append(number)
            if " " in alias.words:
                found.setdefault(unlinked(alias.words), []).append(number)
                found.setdefault(alias.words.replace(" ", ""), []).append(number)
        return Postings(found)

    @cached_property
    @uncollected()
    def _words(self) -> Postings:
        found: dict[str, list[int]] = {}
        for number, alias in enumerate(self.aliases):
            for word in alias.words.split():
                found.setdefault(word, []).append(number)
        return Postings(found)

    @cached_property
    def _by_letters(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for word in self._words.words:
            found.setdefault(len(word), []).append(word)
        return found

    def whole(self, words: str) -> Iterator[Alias]:
        """Names that are these words, with or without their small ones, spaces or none."""
        numbers = {number for key in _keys(words) for number in self._whole[key]}
        return (self.aliases[number] for number in sorted(numbers))

    def begun(self, words: str, keep: Callable[[Alias], bool], limit: int) -> list[Alias]:
        """The most inhabited of the names that begin so."""
        numbers: set[int] = set()
        for key in islice(self._whole.beginning(words), MOST_READ):
            numbers.update(self._whole[key])
        return self._kept(numbers, keep, limit)

    def with_words(self, words: str, keep: Callable[[Alias], bool], limit: int) -> list[Alias]:
        """Names that hold every word, the last one maybe unfinished."""
        *others, last = words.split()
        held = [set(self._words[word]) for word in others]
        begun = {number for word in self._words.beginning(last) for number in self._words[word]}
        return self._kept(set.intersection(begun, *held), keep, limit)

    def misspelt(self, words: str, keep: Callable[[Alias], bool], limit: int) -> list[Alias]:
        """Names that hold every word, give or take a few letters; small words may lack.

        A word some name holds is first taken for well written: to look for its neighbours costs the most.
        """
        told = [word for word in words.split() if word not in LINKS or word == words]
        for trusted in (self._words, frozenset[str]()):
            held = [set(self._words[word]) if word in trusted else self._near(word) for word in told]
            if held and (found := self._kept(set.intersection(*held), keep, limit)):
                return found
        return []

    def alike(self, words: str, keep: Callable[[Alias], bool], limit: int) -> list[Alias]:
        """Names that look like these words as a whole, of about the same length."""
        from rapidfuzz import fuzz, process  # a code needs no likeness

        lengths = range(len(words) - SHORTER, len(words) + LONGER + 1)
        pool = [name for letters in lengths for name in self._as_long.get(letters, ())]
        found = process.extract(words, pool, scorer=fuzz.ratio, score_cutoff=ALIKE, limit=limit)
        return self._kept({number for name, _, _ in found for number in self._whole[name]}, keep, limit)

    @cached_property
    def _as_long(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for name in self._whole.words:
            found.setdefault(len(name), []).append(name)
        return found

    def _near_words(self, word: str) -> set[int]:
        allowed = (len(word) >= SHORT) + (len(word) >= LONG)
        alike = [word, *self._words.beginning(word)] if len(word) >= SHORT else [word]
        if allowed:
            from rapidfuzz import process
            from rapidfuzz.distance import OSA

            lengths = range(len(word) - allowed, len(word) + allowed + 1)
            pool = [other for length in lengths for other in self._by_letters.get(length, ())]
            near = process.extract(word, pool, scorer=OSA.distance, score_cutoff=allowed, limit=NEAR_WORDS)
            alike += [other for other, _, _ in near]
        return {number for other in alike for number in self._words[other]}

    def _kept(self, numbers: set[int], keep: Callable[[Alias], bool], limit: int) -> list[Alias]:
        aliases = (self.aliases[number] for number in sorted(numbers))
        return list(islice((alias for alias in aliases if keep(alias)), limit))


def _keys(words: str) -> tuple[str, ...]:
    return words, unlinked(words), words.replace(" ", "")
