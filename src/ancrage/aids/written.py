"""What was written of aids for one day and serves on others, kept by a process.

A new day differs from the last one by a few aids among a thousand: the others are found again, the very same
objects, so that what was worked out of them elsewhere serves too.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TypeVar

from ancrage.aids.catalogue import Catalogue
from ancrage.aids.declaration import Aid
from ancrage.aids.entries import AidEntry
from ancrage.aids.imports.compiling import imported_entry
from ancrage.aids.imports.duplicates import Card, card_of_catalogue
from ancrage.aids.imports.imported import ImportedAid
from ancrage.aids.imports.published import Published
from ancrage.aids.stretches import Stretches, stretches_of
from ancrage.rules.parsing import Rule
from ancrage.rules.vocabulary import Vocabulary
from ancrage.rules.weaving import Loom

K = TypeVar("K")
W = TypeVar("W")
Told = tuple[AidEntry, Mapping[str, Rule]]
"""An aid on a day, and its rules by key."""
Words = tuple[Vocabulary, frozenset[str]]
MOST = 8_192
"""Entries of imported aids that are kept: a list of a thousand changes some of them each day."""


class WrittenCatalogue:
    """Entries of a catalogue by stretch of days: as many as its declarations tell."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue
        self.loom = Loom()
        parameters = catalogue.parameters
        self._stretches = {aid.id: stretches_of(aid, parameters) for aid in catalogue.aids.values()}
        self._of_parameters = Stretches(parameters.values())
        self._entries: dict[tuple[str, int], Told] = {}
        self._words: dict[int, Words] = {}
        self._cards: dict[str, Card] = {}

    def words(self, on: date, read: Callable[[], Words]) -> Words:
        """What ``read`` gives on a day: facts, and the values of parameters."""
        stretch = self._of_parameters.of(on)
        if (found := self._words.get(stretch)) is None:
            found = self._words[stretch] = read()
        return found

    def entry(self, aid: Aid, on: date, write: Callable[[Aid], Told]) -> Told:
        """What ``write`` gives of an aid on a day."""
        key = aid.id, self._stretches[aid.id].of(on)
        if (found := self._entries.get(key)) is None:
            found = self._entries[key] = write(aid)
        return found

    def card(self, identifier: str) -> Card:
        """What is compared of an aid, whatever the day."""
        if (found := self._cards.get(identifier)) is None:
            found = self._cards[identifier] = card_of_catalogue(self.catalogue.aids[identifier])
        return found


class WrittenImports:
    """Entries of aids that others publish: the same one beside the same others, existing as it did."""

    def __init__(self, aids: Sequence[ImportedAid]) -> None:
        self.aids = aids
        self._entries: dict[object, Told] = {}

    def entry(self, each: Published, vocabulary: Vocabulary) -> Told:
        """As :func:`ancrage.aids.imports.compiling.imported_entry`."""
        key = each.aid.id, tuple([twin.id for twin in each.twins]), each.existence, each.doubt
        if (found := self._entries.get(key)) is not None:
            return found
        entry, rules = imported_entry(each, vocabulary)
        if not any(rule.parameters for rule in rules.values()):  # their values are those of a day
            if len(self._entries) >= MOST:
                self._entries.clear()
            self._entries[key] = entry, rules
        return entry, rules


_catalogues: list[tuple[Catalogue, WrittenCatalogue]] = []
_imports: list[tuple[Sequence[ImportedAid], WrittenImports]] = []


def of_catalogue(catalogue: Catalogue) -> WrittenCatalogue:
    """What was written of this very catalogue; of the last two that were asked."""
    return _among_last(_catalogues, catalogue, WrittenCatalogue)


def of_imports(aids: Sequence[ImportedAid]) -> WrittenImports:
    """What was written of these very aids; of the last two lists that were asked."""
    return _among_last(_imports, aids, WrittenImports)


def _among_last(held: list[tuple[K, W]], asked: K, begin: Callable[[K], W]) -> W:
    for known, written in tuple(held):
        if known is asked:
            return written
    written = begin(asked)
    held[:] = [(asked, written), *held[:1]]
    return written
