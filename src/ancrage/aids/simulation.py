"""A whole territory through the catalogue: who could claim what, what excludes, what is not known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ancrage.aids import counting
from ancrage.aids.answering import DayCatalogue
from ancrage.aids.catalogue import get_aid
from ancrage.aids.entries import AidEntry
from ancrage.aids.opening import open_day
from ancrage.aids.standing import Class
from ancrage.deferred import Deferred
from ancrage.facts.declaration import load_facts
from ancrage.facts.population import population
from ancrage.facts.situation import Audience
from ancrage.interval import Interval
from ancrage.territories.atlas import Atlas
from ancrage.territories.territory import Territory

if TYPE_CHECKING:
    import polars as pl
else:
    pl = Deferred("polars")

MOST = 5
"""Conditions and facts told for each aid."""


@dataclass(frozen=True, slots=True)
class Weight:
    """A condition or a fact, and how many structures it stops."""

    id: str
    label: str
    structures: int


@dataclass(frozen=True, slots=True)
class Bounds(Interval):
    """An amount for all: ``low`` over those surely entitled, ``high`` over all who may be."""

    unit: str


@dataclass(frozen=True, slots=True)
class Tally:
    """An aid over the structures of a territory."""

    entry: AidEntry
    yes: int
    to_check: int
    no: int
    amount: Bounds | None
    excluding: tuple[Weight, ...]
    blocking: tuple[Weight, ...]
    classes: Mapping[Class, int]
    """Structures of each class; one that holds none is left out."""

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        amount = self.amount
        return {
            "id": self.entry.id,
            "name": self.entry.name,
            "status": self.entry.status,
            "in_force": self.entry.in_force,
            "oui": self.yes,
            "a_verifier": self.to_check,
            "non": self.no,
            "amount": {"low": amount.low, "high": amount.high, "unit": amount.unit} if amount else None,
            "excluding": [_weight(one) for one in self.excluding],
            "blocking": [_weight(one) for one in self.blocking],
            "doubts": list(self.entry.doubts),
            "classes": {one.value: self.classes.get(one, 0) for one in Class},
        }


def _weight(one: Weight) -> dict[str, Any]:
    return {"id": one.id, "label": one.label, "structures": one.structures}


@dataclass(frozen=True, slots=True)
class Simulation:
    """Tallies on a day; ``supposed`` are the same aids with the parameters of ``overrides``."""

    territory: Territory
    on: date
    structures: int
    fictitious: bool
    tallies: tuple[Tally, ...]
    overrides: Mapping[str, float]
    supposed: tuple[Tally, ...] = ()
    served: int = 0
    """Structures that have, or may ask for, one of these aids at least."""

    def as_json(self) -> dict[str, Any]:
        """Plain values."""
        return {
            "structures": self.structures,
            "served": self.served,
            "aids": [tally.as_json() for tally in self.tallies],
            "overrides": dict(self.overrides),
            "supposed": [tally.as_json() for tally in self.supposed],
        }


def simulate(
    atlas: Atlas,
    territory: Territory,
    *,
    only: Sequence[str] = (),
    overrides: Mapping[str, float] | None = None,
    cache: Path | None = None,
) -> Simulation:
    """Every ESS structure of a territory through the aids of its day that structures may ask for.

    Counted on the larger engine when one was chosen (:mod:`ancrage.warehouse.choosing`), by the same rules.
    ``overrides`` answer beside today's law: « and if the threshold were… ». Raises
    :class:`UnknownAidError`, :class:`UnknownParameterError`.
    """
    for identifier in only:
        get_aid(identifier)
    frame = population(atlas, territory)
    today = open_day(territory.on, cache=cache)
    chosen = [entry.id for entry in today.entries if _is_asked(entry, only)]
    supposed: tuple[Tally, ...] = ()
    if overrides:
        supposed, _ = _tallies(open_day(territory.on, overrides=overrides), chosen, frame)
    tallies, served = _tallies(today, chosen, frame)
    return Simulation(
        territory=territory,
        on=territory.on,
        structures=frame.height,
        fictitious=bool(frame["fictitious"].any()),
        tallies=tallies,
        overrides=overrides or {},
        supposed=supposed,
        served=served,
    )


def _is_asked(entry: AidEntry, only: Sequence[str]) -> bool:
    if only:
        return entry.id in only
    return entry.in_force and Audience.STRUCTURE in entry.audience


def _tallies(day: DayCatalogue, chosen: Sequence[str], frame: pl.DataFrame) -> tuple[tuple[Tally, ...], int]:
    """The tally of each aid, and how many structures one of them at least can be had by."""
    asked = [entry for entry in day.entries if entry.id in chosen]
    counts = counting.counted(asked, day.program, frame)
    served = int(counts.get((counting.ALL, counting.SERVED, counting.ALL), 0))
    return tuple(_tally(entry, _Of(counts, entry), frame.height) for entry in asked), served


class _Of:
    """What is counted of one aid."""

    def __init__(self, counts: counting.Counts, entry: AidEntry) -> None:
        self.counts, self.aid = counts, entry.id

    def __call__(self, what: str, name: str = counting.ALL) -> float:
        return self.counts.get((self.aid, what, name), 0)

    def heaviest(self, what: str, labels: Mapping[str, str]) -> tuple[Weight, ...]:
        """Those that stop the most structures; in the order told when as many."""
        found = [(name, int(self(what, name))) for name in labels]
        first = sorted(found, key=lambda pair: -pair[1])[:MOST]
        return tuple(Weight(name, labels[name], number) for name, number in first if number)


def _tally(entry: AidEntry, of: _Of, structures: int) -> Tally:
    no = int(of(counting.NO))
    yes = 0 if counting.is_doubtful(entry) else int(of(counting.YES))
    certain = [one for one in entry.conditions if one.certain]
    facts = load_facts()
    read = dict.fromkeys(fact for one in certain for fact in one.facts)
    return Tally(
        entry=entry,
        yes=yes,
        to_check=structures - no - yes,
        no=no,
        amount=_amount(entry, of),
        excluding=of.heaviest(counting.EXCLUDED, {one.id: one.label for one in certain}),
        blocking=of.heaviest(counting.BLOCKED, {fact: facts[fact].label for fact in read}),
        classes={one: number for one in Class if (number := int(of(counting.CLASS, one.value)))},
    )


def _amount(entry: AidEntry, of: _Of) -> Bounds | None:
    told = entry.amount
    if told is None or not told.certain or told.unit not in counting.SUMMED:
        return None
    return Bounds(
        low=None if of(counting.LOW_UNKNOWN) else float(of(counting.LOW)),
        high=None if of(counting.HIGH_UNKNOWN) else float(of(counting.HIGH)),
        unit=told.unit,
    )
