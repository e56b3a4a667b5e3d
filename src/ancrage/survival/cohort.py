"""Survival of a territory's structures from the register: who is watched, in which groups, what is shown.

The observation runs from a first day to the day asked. A unit created before it enters at the age it had
then: only those that had lasted so far could be seen (left truncation). A unit still open leaves at the age
it has on the day (right censoring). Groups under eleven units are not shown, nor what would reveal them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ancrage.errors import SurvivalError
from ancrage.language.days import short_day
from ancrage.repairs import GiveField
from ancrage.survival.curves import Comparison, Curve, Spells, compare, estimate

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


WHY = (
    ("created IS NULL", "date de création inconnue"),
    ("created > $on", "créés après le jour demandé"),
    ("closed < created", "fermés avant d'être créés (date fausse)"),
    ("NOT active AND closed IS NULL", "fermés un jour inconnu"),
    ("closed <= $since", "fermés avant l'observation"),
    ("created = $on", "créés le jour même"),
    ("closed = created", "fermés le jour de leur création"),
    ("position IS NULL", "groupe inconnu"),
)
"""Units that cannot be watched, and why: the first that holds."""


def spells_in(units: str) -> str:
    """SQL: the spells of units, alike ones counted together, so that a country holds in little memory.

    ``units``: a query that gives ``created``, ``closed`` (days, may be null), ``active`` (boolean),
    ``position`` (of the group, null when unknown) and ``fictitious``. Parameters: ``on`` and ``since``. Gives
    ``why`` (a place in ``WHY``, -1 for who is watched), ``position`` (-1 when unknown), ``entry``,
    ``leaving`` (ages in days), ``closed``, ``fictitious`` and ``count``.
    """
    cases = " ".join(f"WHEN {condition} THEN {place}" for place, (condition, _) in enumerate(WHY))
    return (
        "SELECT why, CASE WHEN why < 0 THEN position ELSE -1 END AS position, "
        "CASE WHEN why < 0 THEN greatest(created, $since) - created ELSE 0 END AS entry, "
        "CASE WHEN why < 0 THEN CASE WHEN closed <= $on THEN closed ELSE $on END - created ELSE 0 END "
        "AS leaving, coalesce(why < 0 AND closed <= $on, false) AS closed, "
        "coalesce(fictitious, false) AS fictitious, count(*) AS count "
        f"FROM (SELECT *, CASE {cases} ELSE -1 END AS why FROM ({units})) GROUP BY ALL"
    )


def survive(found: Mapping[str, NDArray[Any]], labels: tuple[str, ...], setting: Setting) -> Survival:
    """Curves and test of what :func:`spells_in` gave; ``labels``: of the groups, by position.

    Too few units give no curve, and say so. Raises :class:`SurvivalError` for an observation that would end
    before it begins.
    """
    if setting.since >= setting.on:
        raise SurvivalError(
            f"L'observation commencerait le {short_day(setting.since)}, et finirait le "
            f"{short_day(setting.on)}.",
            "Donnez un premier jour antérieur.",
            GiveField("depuis", ("AAAA-MM-JJ",)),
        )
    left_out = _left_out(found)
    watched = {name: values[found["why"] < 0] for name, values in found.items()}
    if watched["count"].sum() < FEWEST:
        why = f"Moins de {FEWEST} {setting.counted} peuvent être suivis : rien n’est montré."
        return unwatched(setting, why)
    spells, hidden = _large_groups(_spells(watched, labels))
    if not spells.labels:
        return unwatched(setting, f"Chaque groupe compte moins de {FEWEST} unités : rien n’est montré.")
    curves = tuple(_curve(spells, position) for position in range(len(spells.labels)))
    return Survival(setting, curves, hidden, compare(spells), left_out, bool(found["fictitious"].any()))


def _left_out(found: Mapping[str, NDArray[Any]]) -> dict[str, int]:
    """Units that are not watched, by the reason why."""
    out = found["why"] >= 0
    counts = np.bincount(found["why"][out], weights=found["count"][out], minlength=len(WHY))
    told = ((why, int(count)) for (_, why), count in zip(WHY, counts, strict=True) if count)
    return dict(sorted(told))


def _spells(watched: Mapping[str, NDArray[Any]], labels: tuple[str, ...]) -> Spells:
    """Ages in years at which units begin and end to be watched; groups in the order they are shown."""
    present = np.unique(watched["position"])
    shown = sorted(present, key=lambda place: (not labels[place].startswith(BEFORE), labels[place]))
    rank = np.zeros(len(labels), dtype=np.int64)
    rank[shown] = np.arange(len(shown))
    told = Spells(
        watched["entry"] / YEAR,
        watched["leaving"] / YEAR,
        watched["closed"].astype(np.bool_),
        rank[watched["position"]],
        tuple(labels[place] for place in shown),
        watched["count"].astype(np.int64),
    )
    return told.where(told.leaving > told.entry)


def _large_groups(spells: Spells) -> tuple[Spells, int]:
    """The spells of the groups that may be shown, and how many may not."""
    sizes = np.bincount(spells.group, weights=spells.counts, minlength=len(spells.labels))
    kept = [position for position, size in enumerate(sizes) if size >= FEWEST]
    inside = spells.where(np.isin(spells.group, kept))
    renumbered = np.searchsorted(np.array(kept), inside.group)
    labels = tuple(spells.labels[position] for position in kept)
    return (
        Spells(inside.entry, inside.leaving, inside.closed, renumbered, labels, inside.counts),
        len(spells.labels) - len(kept),
    )


def _curve(spells: Spells, position: int) -> GroupCurve:
    mine = spells.of(position)
    return GroupCurve(spells.labels[position], estimate(mine), int(mine.counts[mine.closed].sum()))


def cohorts(setting: Setting) -> tuple[str, tuple[str, ...]]:
    """Five-year cohorts of creation (« 2015-2019 »), the earlier ones together: SQL and labels."""
    start = setting.since.year - setting.since.year % COHORT_YEARS
    firsts = range(start, setting.on.year + 1, COHORT_YEARS)
    labels = (f"{BEFORE} {start}", *(f"{first}-{first + COHORT_YEARS - 1}" for first in firsts))
    return f"greatest(0, (year(created) // {COHORT_YEARS}) - {start // COHORT_YEARS} + 1)", labels
