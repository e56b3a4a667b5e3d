"""The same aid told twice, by two sources or by one and the catalogue: pairs with reasons, never merged."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import numpy as np
from rapidfuzz import fuzz, process

from ancrage.aids.declaration import Aid
from ancrage.aids.imports.imported import ImportedAid
from ancrage.dating import Period
from ancrage.language.days import short_day
from ancrage.language.folding import spaced

CATALOGUE = "catalogue"
SAME_NAME, NEAR_NAME, NEAR_FUNDER = 97.0, 86.0, 80.0
"""Likeness, out of 100, of what is the same name, a near one, a near funder."""
ROWS = 512
SHORTEST = 8
"""Names of fewer letters are too short for a likeness to mean anything."""


@dataclass(frozen=True, slots=True)
class Card:
    """What is compared of an aid. ``period`` is ``None`` when nothing is known of its days."""

    id: str
    source: str
    name: str
    funder: str
    links: frozenset[str]
    coverage: frozenset[str]
    period: Period | None


@dataclass(frozen=True, slots=True)
class Duplicate:
    """Two aids that are probably the same; ``reasons`` in French, ``likeness`` of names out of 100."""

    first: str
    second: str
    likeness: float
    reasons: tuple[str, ...]


def card_of(aid: ImportedAid) -> Card:
    """The card of an imported aid."""
    period = Period(aid.opens, aid.closes) if aid.opens or aid.closes else None
    return Card(
        aid.id, aid.source, normalised(aid.name), normalised(aid.funder), _links(aid.links),
        frozenset(aid.coverage), period,
    )  # fmt: skip


def card_of_catalogue(aid: Aid) -> Card:
    """The card of an aid of the catalogue."""
    texts = (version.text.href for version in aid.versions)
    links = _links(filter(None, (aid.desk.href, *texts)))
    return Card(
        aid.id, CATALOGUE, normalised(aid.name), normalised(aid.funder), links,
        frozenset(aid.territory.includes), Period(aid.versions[0].since, aid.versions[-1].until),
    )  # fmt: skip


def normalised(name: str) -> str:
    """Words of a name, folded, without signs."""
    return " ".join(re.findall(r"\w+", spaced(name)))


def same_address(address: str) -> str:
    """An address without what changes nothing: scheme, www, tracking, last slash."""
    parts = urlsplit(address.strip().lower())
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}"


def duplicates(new: Sequence[Card], known: Sequence[Card]) -> tuple[Duplicate, ...]:
    """Pairs between new aids, and between them and those known, most alike first."""
    cards = [*new, *known]
    if len(cards) < 2 or not new:
        return ()
    names = [card.name for card in cards]
    pairs = {*_alike(names, len(new)), *_linked(cards, len(new))}
    found = (_compared(cards[a], cards[b]) for a, b in pairs)
    kept = (pair for pair in found if pair.reasons)
    return tuple(sorted(kept, key=lambda one: (-one.likeness, one.first, one.second)))


def _alike(names: Sequence[str], new: int) -> Iterator[tuple[int, int]]:
    """Pairs whose names are near, some rows of the matrix at a time: whole, it grows with their square."""
    for start in range(0, new, ROWS):
        rows = names[start : min(start + ROWS, new)]
        likeness = process.cdist(
            rows, names, scorer=fuzz.token_sort_ratio, score_cutoff=NEAR_NAME, dtype=np.float32
        )
        yield from ((start + int(a), int(b)) for a, b in np.argwhere(likeness > 0) if start + a < b)


def linked_pairs(cards: Sequence[Card]) -> Iterator[tuple[str, str]]:
    """Aids of two lists that send to one page, and are probably the same: nothing is compared but these."""
    for a, b in _linked(cards, len(cards)):
        one, other = cards[a], cards[b]
        if one.source != other.source and _compared(one, other).reasons:
            yield one.id, other.id


def _compared(one: Card, other: Card) -> Duplicate:
    likeness = fuzz.token_sort_ratio(one.name, other.name)
    reasons = () if one.id == other.id else tuple(_reasons(one, other, likeness))
    return Duplicate(one.id, other.id, round(likeness, 1), reasons)


def _linked(cards: Sequence[Card], new: int) -> Iterator[tuple[int, int]]:
    """Pairs that share an address, of which one at least is new."""
    by_link: dict[str, list[int]] = {}
    for number, card in enumerate(cards):
        for link in card.links:
            by_link.setdefault(link, []).append(number)
    for numbers in by_link.values():
        yield from ((a, b) for a in numbers for b in numbers if a < b and a < new)


def _reasons(one: Card, other: Card, likeness: float) -> Iterator[str]:
    shared = sorted(one.links & other.links)
    near_funder = bool(one.funder) and fuzz.token_set_ratio(one.funder, other.funder) >= NEAR_FUNDER
    if not _probable(one, other, likeness, shared=bool(shared), near_funder=near_funder):
        return
    if likeness >= NEAR_NAME:
        yield "même nom" if likeness >= SAME_NAME else f"noms proches ({likeness:.0f} sur 100)"
    if near_funder:
        yield "même financeur"
    if shared:
        yield f"même adresse ({shared[0]})"
    if not _meet(one, other):
        yield "mais territoires différents"
    yield from _days(one.period, other.period)


def _probable(one: Card, other: Card, likeness: float, *, shared: bool, near_funder: bool) -> bool:
    """An address alone proves nothing inside one source: many aids of a desk share its page."""
    same_name = likeness >= SAME_NAME and len(one.name) >= SHORTEST
    if one.source == other.source:
        return same_name and near_funder and _meet(one, other)
    if shared:
        return True
    if not _meet(one, other):
        return False
    # Two pages of one site are two aids, unless they have one name.
    apart = bool(_sites(one) & _sites(other))
    return same_name or (likeness >= NEAR_NAME and near_funder and not apart)


def _sites(card: Card) -> frozenset[str]:
    return frozenset(link.split("/", 1)[0] for link in card.links)


def _meet(one: Card, other: Card) -> bool:
    """Whether they may cover one place: two regional variants of an aid are not one."""
    if not one.coverage or not other.coverage or "fr" in one.coverage | other.coverage:
        return True
    return bool(one.coverage & other.coverage)


def _days(one: Period | None, other: Period | None) -> Iterator[str]:
    if one is None or other is None:
        return
    for ours, theirs, what in ((one.since, other.since, "ouverture"), (one.until, other.until, "clôture")):
        if ours and theirs and ours != theirs:
            swapped = (ours.day, ours.month, ours.year) == (theirs.month, theirs.day, theirs.year)
            told = " : jour et mois intervertis dans l'une des deux" if swapped else ""
            yield f"{what} au {short_day(ours)} ou au {short_day(theirs)}{told}"


def _links(addresses: Iterable[str]) -> frozenset[str]:
    return frozenset(filter(lambda link: "/" in link, map(same_address, addresses)))
