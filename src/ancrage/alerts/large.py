"""A large territory: its structures are not kept one by one; those that changed are read where they lie.

The reading kept of it tells so with one thing whose answer is not known, which no comparison tells. The next
reading compares the two editions, that of then and that of now, in the base itself.
"""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from typing import Any

from ancrage.aids.catalogue import load_catalogue
from ancrage.changes import structures
from ancrage.changes.comparing import Change, Turn, compare
from ancrage.changes.noting import Noted, Reading, Sort, Standing
from ancrage.changes.reading import read
from ancrage.changes.sides import Side
from ancrage.edition.kept import editions, is_whole
from ancrage.edition.opened import Opened
from ancrage.edition.opening import open_edition
from ancrage.errors import CeasedTerritoryError, UnknownTerritoryError
from ancrage.language.numbers import count
from ancrage.territories.atlas import Atlas
from ancrage.territories.resolving import resolve

MOST_KEPT = 10_000
"""Structures of a territory that are kept one by one between two readings."""
MOST_TOLD = 1_000
"""Of a larger one, those that are told one by one, the last first: past that they are counted."""
APART = Noted("structures:a_part", Sort.STRUCTURE, "Structures", Standing.INCONNU)
"""Says that the structures were not kept."""
ON_ONE_EDITION = (
    "l’édition lue la dernière fois n’est plus gardée : une structure que le registre a reçue depuis avec "
    "une date plus ancienne n’est pas dite"
)


def side_of(question: Any, opened: Opened, on: date, gone_since: date) -> Side:
    """The territory of a question, in the edition and catalogue of now. Raises what a territory raises."""
    territory = resolve(opened.atlas, question.territory, on=on)
    return Side(opened.atlas, opened.shelf, load_catalogue(), territory, on, gone_since)


def kept_of(side: Side, sorts: Collection[Sort]) -> Reading:
    """What is kept of a side: all that is noted, without the structures where they are too many."""
    if Sort.STRUCTURE not in sorts or structures.many(side) <= MOST_KEPT:
        return read(side, sorts)
    return {**read(replace(side, structures=()), sorts), APART.key: APART}


def differences(
    question: Any,
    opened: Opened,
    before: Reading,
    after: Reading,
    *,
    edition: str | None,
    since: date,
    on: date,
) -> tuple[Change, ...]:
    """What changed between two readings, structures kept apart being read on both days.

    ``edition``: that of the first reading; that of now when ``None``.
    """
    if APART.key not in {*before, *after}:
        return compare(before, after, since=since, on=on)
    now = side_of(question, opened, on, since)
    with _then(now, opened, edition, since) as (then, alone):
        listed, total = structures.changed(then, now, MOST_TOLD)
        was, here = (
            {one.key: one for one in structures.noted(replace(side, structures=listed))}
            for side in (then, now)
        )
    told = compare(_others(before) | was, _others(after) | here, since=since, on=on)
    return told + tuple(_untold(question.territory, total - len(listed), alone, on))


def _others(reading: Reading) -> dict[str, Noted]:
    return {key: one for key, one in reading.items() if one.sort is not Sort.STRUCTURE}


@contextmanager
def _then(now: Side, opened: Opened, edition: str | None, since: date) -> Iterator[tuple[Side, bool]]:
    """The side of then in its own edition; in that of now, and true, when its own is not kept any more."""
    if edition is None or edition == opened.edition:
        yield _back(now, now.atlas, since), False
        return
    name = edition.rpartition("-")[0]
    kept = (one for one in editions(opened.cache.parent) if one.name == name and is_whole(one))
    if (folder := next(kept, None)) is None:
        yield _back(now, now.atlas, since), True
        return
    with open_edition(folder) as warehouse:
        yield _back(now, Atlas(warehouse, today=opened.today), since), False


def _back(now: Side, atlas: Atlas, since: date) -> Side:
    """The same territory on an earlier day; as it is now, when it was not there yet."""
    try:
        territory = resolve(atlas, str(now.territory.code), on=since)
    except (CeasedTerritoryError, UnknownTerritoryError):
        territory = now.territory
    return replace(now, atlas=atlas, territory=territory, on=since)


def _untold(territory: str, more: int, alone: bool, on: date) -> Iterator[Change]:
    """What is not told one by one, so that nobody believes the list whole."""
    if more:
        words = count(more, "autre structure a changé", "autres structures ont changé")
        what = f"{words}, seulement comptées : la page « Nouveautés » du territoire en dit davantage"
        yield _about(territory, Turn.CHANGE, what, (("Autres structures", str(more)),), on)
    if alone:
        yield _about(territory, Turn.INCERTAIN, ON_ONE_EDITION, (), on)


def _about(territory: str, turn: Turn, what: str, after: tuple[tuple[str, str], ...], on: date) -> Change:
    key = f"structures:{territory}"
    return Change(key, Sort.STRUCTURE, turn, "Structures du territoire", what, (), after, on)
