"""One aid that several lists publish, or its variants from place to place: named together, shown once."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from ancrage.aids.imports.duplicates import SHORTEST, Card, linked_pairs
from ancrage.aids.search.documents import AidDocument


def grouped(documents: Sequence[AidDocument], cards: Iterable[Card]) -> tuple[AidDocument, ...]:
    """The documents, each with the group it is of: that of the first of those told the same."""
    heads = leaders([document.id for document in documents], cards)
    return tuple(replace(document, group=heads[document.id]) for document in documents)


def leaders(ids: Sequence[str], cards: Iterable[Card]) -> dict[str, str]:
    """Of each aid, the first of those told the same.

    ``cards`` say of each what is compared: the same name is a variant wherever it is given; another name is
    the same aid when two lists send to one page for it.
    """
    told = list(cards)
    leader: dict[str, str] = {}

    def first(identifier: str) -> str:
        while identifier in leader:
            identifier = leader[identifier]
        return identifier

    def join(one: str, other: str) -> None:
        head, rest = sorted((first(one), first(other)), key=rank.__getitem__)
        if head != rest:
            leader[rest] = head

    rank = {identifier: number for number, identifier in enumerate(ids)}
    by_name: dict[str, str] = {}
    for card in told:
        if len(card.name) >= SHORTEST:
            join(by_name.setdefault(card.name, card.id), card.id)
    for one, other in linked_pairs(told):
        join(one, other)
    return {identifier: first(identifier) for identifier in ids}
