"""Numbers by words, in few bytes: a list for each of a hundred thousand would weigh most of a vintage."""

from array import array
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence


class Postings:
    """Where each word is found. Words are in alphabetical order; nothing is ever added."""

    __slots__ = ("_numbers", "_starts", "words")

    def __init__(self, found: Mapping[str, Sequence[int]]) -> None:
        self.words = sorted(found)
        self._starts, self._numbers = array("I", [0]), array("I")
        for word in self.words:
            self._numbers.extend(found[word])
            self._starts.append(len(self._numbers))

    def __contains__(self, word: str) -> bool:
        rank = self.rank(word)
        return rank < len(self.words) and self.words[rank] == word

    def __getitem__(self, word: str) -> Sequence[int]:
        """The numbers of a word; none when it is not there."""
        rank = self.rank(word)
        if rank == len(self.words) or self.words[rank] != word:
            return ()
        return self._numbers[self._starts[rank] : self._starts[rank + 1]]

    def rank(self, word: str) -> int:
        """Where a word is among the others, or would be."""
        return bisect_left(self.words, word)

    def beginning(self, words: str) -> Iterator[str]:
        """Every one that begins so, in order."""
        for rank in range(self.rank(words), len(self.words)):
            if not self.words[rank].startswith(words):
                return
            yield self.words[rank]
