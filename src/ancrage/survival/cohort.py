"""Survival of a territory's structures from the register: who is watched, in which groups, what is shown.

The observation runs from a first day to the day asked. A unit created before it enters at the age it had
then: only those that had lasted so far could be seen (left truncation). A unit still open leaves at the age
it has on the day (right censoring). Groups under eleven units are not shown, nor what would reveal them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from ancrage.deferred import Deferred
from ancrage.errors import SurvivalError
from ancrage.language.days import short_day
from ancrage.repairs import GiveField
from ancrage.survival.curves import Comparison, Curve, Spells, compare, estimate

if TYPE_CHECKING:
    import polars as pl
else:
    pl = Deferred("polars")

FEWEST = 11
"""Units a group must have to be shown, as in the statistical secret of establishments."""
YEAR = 365.25
WATCHED_YEARS = 15
COHORT_YEARS = 5
BEFORE = "avant"


@dataclass(frozen=True, slots=True)
class Setting:
    """How the structures are watched: until when, since when, and what is counted, in French."""

    on: date
    since: date
    counted: str = "établissements"


@dataclass(frozen=True, slots=True)
class GroupCurve:
    """The curve of a group, with its name."""

    label: str
    curve: Curve
    closures: int


@dataclass(frozen=True, slots=True)
class Survival:
    """What is known of how long structures last.

    ``left_out`` counts units by the French reason they could not be watched; ``hidden`` is the number of
    groups too small to be shown (0 when none, and then never 1 with a total that would reveal it);
    ``unknown`` is the French reason why there is no curve at all.
    """

    setting: Setting
    groups: tuple[GroupCurve, ...]
    hidden: int
    test: Comparison | None
    left_out: Mapping[str, int]
    fictitious: bool
    unknown: str = ""


def unwatched(setting: Setting, why: str) -> Survival:
    """No curve, and why: the question is a good one, the data lacks."""
    return Survival(setting, (), 0, None, {}, fictitious=False, unknown=why)


def first_day(on: date, years: int = WATCHED_YEARS) -> date:
    """The first day of the observation when none is asked: so many years before."""
    try:
        return on.replace(year=on.year - years)
    except ValueError:
        return on.replace(year=on.year - years, day=28)


def survive(units: pl.DataFrame, setting: Setting) -> Survival:
    """Curves and test of units, one row each.

    ``units`` has columns ``created``, ``closed`` (days, may be null), ``active`` (boolean), ``group``
    (text, null when unknown) and ``fictitious``. Too few of them give no curve, and say so. Raises
    :class:`SurvivalError` for an observation that would end before it begins.
    """
    if setting.since >= setting.on:
        raise SurvivalError(
            f"L'observation commencerait le {short_day(setting.since)}, et finirait le "
            f"{short_day(setting.on)}.",
            "Donnez un premier jour antérieur.",
            GiveField("depuis", ("AAAA-MM-JJ",)),
        )
    told = _sorted_out(units, setting)
    watched = told.filter(pl.col("why").is_null())
    left_out = {
        row["why"]: row["len"]
        for row in told.drop_nulls("why").group_by("why").len().sort("why").iter_rows(named=True)
    }
    if watched.height < FEWEST:
        why = f"Moins de {FEWEST} {setting.counted} peuvent être suivis : rien n’est montré."
        return unwatched(setting, why)
    spells, hidden = _large_groups(_spells(watched, setting))
    if not spells.labels:
        return unwatched(setting, f"Chaque groupe compte moins de {FEWEST} unités : rien n’est montré.")
    curves = tuple(_curve(spells, position) for position in range(len(spells.labels)))
    return Survival(
        setting, curves, hidden, compare(spells), left_out, bool(units["fictitious"].fill_null(False).any())
    )


def _sorted_out(units: pl.DataFrame, setting: Setting) -> pl.DataFrame:
    """Each unit with the reason it cannot be watched, if there is one."""
    created, closed = pl.col("created"), pl.col("closed")
    since, on = pl.lit(setting.since), pl.lit(setting.on)
    why = (
        pl.when(created.is_null())
        .then(pl.lit("date de création inconnue"))
        .when(created > on)
        .then(pl.lit("créés après le jour demandé"))
        .when(closed < created)
        .then(pl.lit("fermés avant d'être créés (date fausse)"))
        .when(~pl.col("active") & closed.is_null())
        .then(pl.lit("fermés un jour inconnu"))
        .when(closed <= since)
        .then(pl.lit("fermés avant l'observation"))
        .when(created == on)
        .then(pl.lit("créés le jour même"))
        .when(closed == created)
        .then(pl.lit("fermés le jour de leur création"))
        .when(pl.col("group").is_null())
        .then(pl.lit("groupe inconnu"))
    )
    return units.with_columns(why=why)


def _spells(watched: pl.DataFrame, setting: Setting) -> Spells:
    """Ages in years at which each unit begins and ends to be watched."""
    labels = tuple(sorted(watched["group"].unique(), key=lambda label: (not label.startswith(BEFORE), label)))
    position = {label: number for number, label in enumerate(labels)}
    created, on = pl.col("created"), pl.lit(setting.on)
    entered = pl.max_horizontal(created, pl.lit(setting.since))
    closed_in = pl.col("closed").is_not_null() & (pl.col("closed") <= on)
    left = pl.when(closed_in).then(pl.col("closed")).otherwise(on)
    ages = watched.select(
        entry=(entered - created).dt.total_days() / YEAR,
        leaving=(left - created).dt.total_days() / YEAR,
        closed=closed_in,
        group=pl.col("group").replace_strict(position, return_dtype=pl.Int64),
    ).filter(pl.col("leaving") > pl.col("entry"))
    return Spells(
        ages["entry"].to_numpy().astype(np.float64),
        ages["leaving"].to_numpy().astype(np.float64),
        ages["closed"].to_numpy().astype(np.bool_),
        ages["group"].to_numpy().astype(np.int64),
        labels,
    )


def _large_groups(spells: Spells) -> tuple[Spells, int]:
    """The spells of the groups that may be shown, and how many may not."""
    sizes = np.bincount(spells.group, minlength=len(spells.labels))
    kept = [position for position, size in enumerate(sizes) if size >= FEWEST]
    inside = np.isin(spells.group, kept)
    renumbered = np.searchsorted(np.array(kept), spells.group[inside])
    labels = tuple(spells.labels[position] for position in kept)
    return (
        Spells(spells.entry[inside], spells.leaving[inside], spells.closed[inside], renumbered, labels),
        len(spells.labels) - len(kept),
    )


def _curve(spells: Spells, position: int) -> GroupCurve:
    mine = spells.of(position)
    return GroupCurve(spells.labels[position], estimate(mine), int(mine.closed.sum()))


def cohort(first_years: Sequence[int]) -> pl.Expr:
    """Five-year cohort of creation (« 2015-2019 »), those before the first of them together."""
    start = min(first_years)
    year = pl.col("created").dt.year()
    begins = year - year % COHORT_YEARS
    return (
        pl.when(year < start)
        .then(pl.lit(f"{BEFORE} {start}"))
        .otherwise(pl.format("{}-{}", begins, begins + COHORT_YEARS - 1))
    )
