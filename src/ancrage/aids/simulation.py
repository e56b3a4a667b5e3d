"""A whole territory through the catalogue: who could claim what, what excludes, what is not known."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl

from ancrage.aids.answering import DayCatalogue
from ancrage.aids.catalogue import get_aid
from ancrage.aids.entries import AidEntry, ConditionEntry
from ancrage.aids.opening import open_day
from ancrage.aids.patterns import classes_of
from ancrage.aids.standing import Class
from ancrage.aids.vocabulary import Unit
from ancrage.facts.declaration import load_facts
from ancrage.facts.legislation import LAW_FACTS
from ancrage.facts.population import population
from ancrage.facts.situation import Audience
from ancrage.interval import Interval
from ancrage.reasoning import Verdict
from ancrage.rules.polars_engine import evaluate_frame
from ancrage.territories.atlas import Atlas
from ancrage.territories.territory import Territory

MOST = 5
"""Conditions and facts told for each aid."""
SUMMED = frozenset(unit.value for unit in Unit) - {Unit.SHARE.value, Unit.MONTHS.value}
"""Units whose amounts can be added from one structure to another."""


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
    asked = [(entry, classes_of(entry)) for entry in day.entries if entry.id in chosen]
    answers = evaluate_frame(day.program, frame, outputs=[key for entry, _ in asked for key in _keys(entry)])
    served = _all(frame, value=False)
    for entry, classes in asked:
        if entry.in_force and classes[Verdict.OUI, False] in USABLE:
            served |= answers[entry.key].fill_null(value=False)
    return tuple(_tally(entry, classes, answers, frame) for entry, classes in asked), int(served.sum())


USABLE = frozenset({Class.DROIT, Class.A_DEMANDER})
"""Classes of what can be had."""
Classes = Mapping[tuple[Verdict, bool], Class]


def _keys(entry: AidEntry) -> Iterator[str]:
    yield entry.key
    yield from (condition.key for condition in entry.conditions)
    if entry.amount and entry.amount.certain:
        yield entry.amount.key


def _tally(entry: AidEntry, classes: Classes, answers: pl.DataFrame, frame: pl.DataFrame) -> Tally:
    truth = answers[entry.key]
    no = int((~truth).sum() or 0)
    sure = int(truth.sum() or 0)
    # What is still to be checked for everybody leaves no sure yes.
    doubtful = bool(entry.doubts) or not all(one.certain for one in entry.conditions)
    yes = 0 if doubtful else sure
    return Tally(
        entry=entry,
        yes=yes,
        to_check=frame.height - no - yes,
        no=no,
        amount=_amount(entry, answers, doubtful=doubtful),
        excluding=tuple(_excluding(entry.conditions, answers)),
        blocking=tuple(_blocking(entry, answers, frame)),
        classes=_classed(entry, classes, answers, frame),
    )


def _classed(entry: AidEntry, classes: Classes, answers: pl.DataFrame, frame: pl.DataFrame) -> Counter[Class]:
    """Structures of each class: what the conditions say, and whether an answer of theirs would tell."""
    found: Counter[Class] = Counter()
    if not entry.in_force:  # its conditions are not read: nothing says whether they hold
        found[classes[Verdict.A_VERIFIER, False]] = frame.height
        return +found
    truth = answers[entry.key]
    waiting = truth.is_null() & _waiting(entry, answers, frame)
    asked, open_ = int(waiting.sum()), int(truth.null_count())
    found[classes[Verdict.OUI, False]] += int(truth.sum() or 0)
    found[classes[Verdict.NON, False]] += int((~truth).sum() or 0)
    found[classes[Verdict.A_VERIFIER, True]] += asked
    found[classes[Verdict.A_VERIFIER, False]] += open_ - asked
    return +found


def _waiting(entry: AidEntry, answers: pl.DataFrame, frame: pl.DataFrame) -> pl.Series:
    """Whether an undecided condition reads a fact that the structure could tell."""
    found = _all(frame, value=False)
    for one in entry.conditions:
        if one.certain:
            for fact in sorted(set(one.facts) - LAW_FACTS):
                found |= answers[one.key].is_null() & _unknown(fact, frame)
    return found


def _amount(entry: AidEntry, answers: pl.DataFrame, *, doubtful: bool) -> Bounds | None:
    told = entry.amount
    if told is None or not told.certain or told.unit not in SUMMED:
        return None
    possible = answers[entry.key].fill_null(value=True)
    entitled = answers[entry.key].fill_null(value=False) if not doubtful else _all(answers, value=False)
    low = answers[f"{told.key}_low"].filter(entitled)
    high = answers[f"{told.key}_high"].filter(possible)
    return Bounds(
        low=None if low.null_count() else float(low.sum()),
        high=None if high.null_count() else float(high.sum()),
        unit=told.unit,
    )


def _excluding(conditions: Sequence[ConditionEntry], answers: pl.DataFrame) -> Iterator[Weight]:
    counts = [(one, int((~answers[one.key]).sum() or 0)) for one in conditions if one.certain]
    for condition, count in sorted(counts, key=lambda pair: -pair[1])[:MOST]:
        if count:
            yield Weight(condition.id, condition.label, count)


def _blocking(entry: AidEntry, answers: pl.DataFrame, frame: pl.DataFrame) -> Iterator[Weight]:
    """Unknown facts read by a condition that is undecided, where the aid itself is."""
    open_ = answers[entry.key].is_null()
    counts: dict[str, int] = {}
    facts = load_facts()
    for fact in dict.fromkeys(fact for one in entry.conditions if one.certain for fact in one.facts):
        undecided = _all(frame, value=False)
        for one in entry.conditions:
            if one.certain and fact in one.facts:
                undecided |= answers[one.key].is_null()
        counts[fact] = int((open_ & undecided & _unknown(fact, frame)).sum())
    for fact, count in sorted(counts.items(), key=lambda pair: -pair[1])[:MOST]:
        if count:
            yield Weight(fact, facts[fact].label, count)


def _unknown(fact: str, frame: pl.DataFrame) -> pl.Series:
    if load_facts()[fact].type.is_number:
        if f"{fact}_low" not in frame.columns:
            return _all(frame, value=True)
        return ~(frame[f"{fact}_low"] == frame[f"{fact}_high"]).fill_null(value=False)
    return frame[fact].is_null() if fact in frame.columns else _all(frame, value=True)


def _all(frame: pl.DataFrame, *, value: bool) -> pl.Series:
    """The same truth for every row, typed even when there is none."""
    return pl.Series([value] * frame.height, dtype=pl.Boolean)
