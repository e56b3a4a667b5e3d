"""Survival from a file of units, as extracted from SIRENE, that tells their state on one day only."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from ancrage.declarations.csv_text import Reject
from ancrage.declarations.reader import LIST, Reader
from ancrage.deferred import Deferred
from ancrage.errors import SurvivalError
from ancrage.language.numbers import count
from ancrage.register.catalogue import families
from ancrage.repairs import GiveField
from ancrage.survival.cohort import COHORT_YEARS, FEWEST, YEAR
from ancrage.survival.curves import Comparison, score_test
from ancrage.survival.dated import DatedUnits, column_of, read_dated
from ancrage.survival.status import StatusCurve, estimate_status

if TYPE_CHECKING:
    import polars as pl
else:
    pl = Deferred("polars")

READER = Reader(SurvivalError, "Donnez un CSV ou un classeur, avec une ligne de titres.", LIST, guessed=True)
ACTIVE = ("est_active", "etatAdministratifUniteLegale", "etatAdministratifEtablissement")
STATES: Mapping[str, bool] = {
    "true": True, "vrai": True, "oui": True, "1": True, "a": True,
    "false": False, "faux": False, "non": False, "0": False, "c": False, "f": False,
}  # fmt: skip
GROUPS: Mapping[str, tuple[str, ...]] = {
    "famille": ("famille_ess",),
    "activite": ("naf", "activitePrincipaleUniteLegale"),
}
ASKED = ("ess", "cohorte", *GROUPS)
"""What the units may be compared by; the first two need no column of their own."""
UNKNOWN_CREATION = date(1900, 1, 1)
"""What SIRENE writes when the day is not known."""


@dataclass(frozen=True, slots=True)
class StatusGroup:
    """The curve of a group, with its name."""

    label: str
    curve: StatusCurve


@dataclass(frozen=True, slots=True)
class StatusSurvival:
    """Survival of the units of a file whose state alone is known on the day of the extract."""

    observed_on: date
    groups: tuple[StatusGroup, ...]
    hidden: int
    test: Comparison | None
    left_out: Mapping[str, int]
    rejects: tuple[Reject, ...] = ()


def survive_from_file(path: Path, *, by: str, observed_on: date) -> StatusSurvival:
    """Curves of the units of a file, by family, activity, cohort or all together (``ess``).

    Raises :class:`SurvivalError` for a file that cannot be read, lacks a column, or has too few units.
    """
    table = READER.table(path)
    with READER.telling(path.name):
        units = read_dated(table)
        told = _sorted_out(units, by, observed_on)
    left_out = dict(told.drop_nulls("why").group_by("why").len().sort("why").iter_rows())
    watched = told.filter(pl.col("why").is_null())
    sizes = dict(watched.group_by("group").len().sort("group").iter_rows())
    kept = [label for label, size in sizes.items() if size >= FEWEST]
    if not kept:
        raise _too_few(path.name, units, max(sizes.values(), default=0))
    watched = watched.filter(pl.col("group").is_in(kept))
    groups = tuple(StatusGroup(label, _curve(watched.filter(pl.col("group") == label))) for label in kept)
    hidden, test = len(sizes) - len(kept), _test(watched, kept)
    return StatusSurvival(observed_on, groups, hidden, test, left_out, units.rejects)


def _too_few(name: str, units: DatedUnits, largest: int) -> SurvivalError:
    """No group is large enough: the days are the cause when those not understood could fill one."""
    misread = int(units.is_misread.sum())
    if units.fault and largest + misread >= FEWEST:
        told = count(misread, "date n'est pas comprise", "dates ne sont pas comprises")
        return SurvivalError(
            f"{units.fault.told(name)} Sur {count(len(units.created), 'ligne')}, {told} : il reste moins de "
            f"{FEWEST} unités par groupe.",
            units.fault.repair,
        )
    return SurvivalError(
        f"Aucun groupe de « {name} » ne compte {FEWEST} unités.",
        "Comparez autrement.",
        GiveField("par", ASKED),
    )


def _sorted_out(units: DatedUnits, by: str, observed_on: date) -> pl.DataFrame:
    """Age on the day, state, group, and the reason a unit cannot be watched."""
    cells = units.cells
    state = pl.col(column_of(cells, ACTIVE, "l'état (active ou cessée)")).str.strip_chars().str.to_lowercase()
    told = cells.select(
        created=units.created,
        is_misread=units.is_misread,
        active=state.replace_strict(STATES, default=None, return_dtype=pl.Boolean),
        group=_group(cells, by, pl.lit(units.created)),
    )
    on = pl.lit(observed_on)
    return told.with_columns(
        age=(on - pl.col("created")).dt.total_days() / YEAR,
        why=pl.when(pl.col("is_misread"))
        .then(pl.lit("date de création non comprise"))
        .when(pl.col("created").is_null() | (pl.col("created") <= UNKNOWN_CREATION))
        .then(pl.lit("date de création inconnue"))
        .when(pl.col("created") > on)
        .then(pl.lit("créées après le jour d'observation"))
        .when(pl.col("active").is_null())
        .then(pl.lit("état inconnu"))
        .when(pl.col("group").is_null())
        .then(pl.lit("groupe inconnu")),
    )


def _group(units: pl.DataFrame, by: str, created: pl.Expr) -> pl.Expr:
    if by == "ess":
        return pl.lit("toutes les unités du fichier")
    if by == "cohorte":
        year = created.dt.year()
        begins = year - year % COHORT_YEARS
        return pl.format("{}-{}", begins, begins + COHORT_YEARS - 1)
    if by not in GROUPS:
        raise SurvivalError(
            f"Un fichier d'unités ne se compare pas par {by}.",
            f"Choisissez parmi : {', '.join(ASKED)}.",
            GiveField("par", ASKED),
        )
    found = pl.col(column_of(units, GROUPS[by], by)).str.strip_chars()
    named = found.replace({name: family.plural for name, family in families().items()})
    return pl.when(found != "").then(named)


def _curve(units: pl.DataFrame) -> StatusCurve:
    ages, ceased = units["age"].to_numpy(), (~units["active"]).cast(pl.Float64)
    return estimate_status(ages, ceased.to_numpy()).until(float(np.sort(ages)[-FEWEST]))


def _test(units: pl.DataFrame, labels: list[str]) -> Comparison | None:
    """Mantel's test on the states, a table for each five-year cohort: like ages are set side by side."""
    if len(labels) < 2:
        return None
    year = pl.col("created").dt.year()
    cohorts = units.with_columns(cohort=year - year % COHORT_YEARS)
    shape = (len(labels), cohorts["cohort"].n_unique())
    at_risk, ceased = np.zeros(shape), np.zeros(shape)
    columns = {start: place for place, start in enumerate(cohorts["cohort"].unique().sort())}
    for row in cohorts.group_by("group", "cohort").agg(pl.len(), lost=(~pl.col("active")).sum()).to_dicts():
        place = labels.index(row["group"]), columns[row["cohort"]]
        at_risk[place], ceased[place] = row["len"], row["lost"]
    return score_test(at_risk, ceased)
