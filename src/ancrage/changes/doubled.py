"""An aid that several lists publish, named once among what changed: its lists told, and where they differ."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from ancrage.aids.catalogue import Catalogue
from ancrage.aids.imports.duplicates import CATALOGUE, Card, card_of, card_of_catalogue
from ancrage.aids.imports.shelf import Shelf
from ancrage.aids.search.grouping import leaders
from ancrage.changes.comparing import Change
from ancrage.changes.noting import Parts, Sort
from ancrage.sources.catalogue import get_source

OF_AIDS = (Sort.AIDE, Sort.ECHEANCE)
Said = Sequence[tuple[str, str]]
"""Words, and the list that says them."""


def folded(changes: Sequence[Change], catalogue: Catalogue, shelf: Shelf) -> tuple[Change, ...]:
    """The changes in their order, those of one aid in several lists together, under the first of them.

    Variants that one list publishes, and aids of the same name that serve different places, stay apart.
    """
    subjects = {one.subject for one in changes if one.sort in OF_AIDS}
    cards = _cards(subjects, catalogue, shelf) if len(subjects) > 1 else {}
    heads = leaders(list(cards), cards.values())
    groups: dict[tuple[object, ...], list[Change]] = {}
    for one in changes:
        told = heads.get(one.subject, "") if one.sort in OF_AIDS else ""
        groups.setdefault((one.sort, one.turn, told) if told else (one.key, one.turn), []).append(one)
    kept = [one for group in groups.values() for one in _one(group, cards)]
    order = {id(one): rank for rank, one in enumerate(changes)}
    return tuple(change for _, change in sorted(((order[id(at)], told) for at, told in kept), key=_rank))


def _rank(placed: tuple[int, Change]) -> int:
    return placed[0]


def _cards(subjects: set[str], catalogue: Catalogue, shelf: Shelf) -> Mapping[str, Card]:
    own = (card_of_catalogue(aid) for name, aid in catalogue.aids.items() if name in subjects)
    published = (card_of(aid) for aid in shelf.aids() if aid.id in subjects)
    return {card.id: card for card in (*own, *published)}


def _one(group: Sequence[Change], cards: Mapping[str, Card]) -> Iterable[tuple[Change, Change]]:
    """Each change that is told, after the one whose place it takes."""
    told = [cards[one.subject] for one in group if one.subject in cards]
    distinct = len({card.source for card in told}) == len(group)
    if len(group) == 1 or not distinct or not frozenset.intersection(*(card.coverage for card in told)):
        return [(one, one) for one in group]
    lists = [_list(card.source) for card in told]
    head = group[0]
    titles = "\u00a0; ".join(dict.fromkeys(one.title for one in group if one.title))
    return [
        (
            head,
            replace(
                head,
                what=_joined([(one.what, name) for one, name in zip(group, lists, strict=True)]),
                before=_parts([one.before for one in group], lists),
                after=_parts([one.after for one in group], lists),
                title=f"{titles} (listes\u00a0: {', '.join(lists)})",
            ),
        )
    ]


def _list(source: str) -> str:
    return "catalogue d’Ancrage" if source == CATALOGUE else get_source(source).producer


def _parts(sides: Sequence[Parts], lists: Sequence[str]) -> Parts:
    said: dict[str, list[tuple[str, str]]] = {}
    for parts, name in zip(sides, lists, strict=True):
        for part, words in parts:
            said.setdefault(part, []).append((words, name))
    return tuple((part, _joined(told)) for part, told in said.items())


def _joined(said: Said) -> str:
    """The words once where all say the same; else each with its list."""
    if len({words for words, _ in said}) == 1:
        return said[0][0]
    return "\u00a0; ".join(f"{words} (selon {name})" for words, name in said)
