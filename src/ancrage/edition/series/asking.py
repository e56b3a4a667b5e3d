"""What a territory holds, month after month: one query over all the months of a series."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ibis import _

from ancrage.edition.series.marks import Mark, marks_of
from ancrage.edition.series.stocks import following, month_name
from ancrage.errors import InvalidQuestionError, NoEditionError
from ancrage.reasoning import Verdict
from ancrage.register.fabric import JobCount, Places
from ancrage.register.reach import Reach, RegisterCoverage
from ancrage.register.tables import REGISTER_COUNT
from ancrage.register.territory_places import register_places
from ancrage.sources.depot import Depot
from ancrage.territories.atlas import Atlas
from ancrage.territories.territory import Territory
from ancrage.warehouse.partitions import partitioned

COLUMN = "mois"
CENTS = 2
"""Decimals of a sum of jobs: whatever the order its terms were added in, engines tell the same."""
MEASURES = ("establishments", "employers", "low", "central", "high", "unbounded", "unknown")


@dataclass(frozen=True, slots=True)
class MonthCount:
    """A territory at the end of a month. Counts are ``None`` where no register of that month covers it.

    ``month``: « 2026-10 »; ``reach``: how much of the territory its register knows, ``None`` when the series
    has not this month. ``jobs``: those of the ESS. ``to_check``: establishments that may be of the ESS.
    """

    month: str
    counted_on: date | None
    reach: Reach | None
    fictitious: bool = False
    establishments: int | None = None
    employers: int | None = None
    jobs: JobCount | None = None
    to_check: int | None = None
    everything: int | None = None
    everything_employers: int | None = None


@dataclass(frozen=True, slots=True)
class Series:
    """The months of a territory, in order, those that lack between two others included.

    ``wider``: communes counted whole because the register cannot tell a former one apart.
    """

    territory: Territory
    months: tuple[MonthCount, ...]
    wider: tuple[str, ...] = ()


def ask_series(
    place: Depot, atlas: Atlas, territory: Territory, *, since: date | None = None, until: date | None = None
) -> Series:
    """Count a territory in every month from ``since`` to ``until`` (first days; all when not given).

    Its perimeter is that of the day it was resolved on, the same for all months. The engine is that chosen
    (:mod:`ancrage.warehouse.choosing`). Raises :class:`NoEditionError` when the place has no such month,
    :class:`InvalidQuestionError` for a quarter, which is not counted by month.
    """
    found = register_places(atlas, territory)
    if found.places.quarter:
        raise InvalidQuestionError([("territoire", "une série se compte par commune, pas par quartier")])
    marks = {
        month: mark
        for month, mark in marks_of(place).items()
        if (since is None or mark.first_day >= since) and (until is None or mark.first_day <= until)
    }
    if not marks:
        raise NoEditionError(
            f"Aucun mois complet dans « {place.told} » pour cette période.",
            "Vérifiez le lieu et les mois demandés, ou construisez-en d'abord les mois.",
        )
    counted = _counted(place, list(marks.values()), found.places)
    told = tuple(
        _month(month, marks.get(month), found.departements, counted.get(month, {}))
        for month in _between(list(marks.values()))
    )
    return Series(territory, told, found.wider)


def _between(marks: Sequence[Mark]) -> list[str]:
    """Names of all months from the first to the last, whether they are there or not."""
    names, month = [], marks[0].first_day
    while month <= marks[-1].first_day:
        names.append(month_name(month))
        month = following(month)
    return names


def _counted(place: Depot, marks: Sequence[Mark], places: Places) -> dict[str, dict[str, Mapping[str, Any]]]:
    """Figures by month, then by verdict."""
    table = partitioned(place, [mark.path(REGISTER_COUNT.name) for mark in marks], COLUMN)
    column = "departement" if places.departements else "commune"
    inside = table.filter(table[column].isin(places.parameter))
    sums = {name: inside[name].sum() for name in MEASURES}
    told = inside.group_by([COLUMN, "ess"]).agg(**sums | {"central": sums["central"].round(CENTS)})
    rows = told.order_by([_[COLUMN], _.ess]).to_pyarrow().to_pylist()
    found: dict[str, dict[str, Mapping[str, Any]]] = {}
    for row in rows:
        found.setdefault(row[COLUMN], {})[row["ess"]] = row
    return found


def _month(
    month: str, mark: Mark | None, departements: frozenset[str], rows: Mapping[str, Mapping[str, Any]]
) -> MonthCount:
    if mark is None:
        return MonthCount(month, None, None)
    coverage = RegisterCoverage.of_entries(mark.register["coverage"])
    reach, on = coverage.reach(departements), date.fromisoformat(mark.counted_on)
    fictitious = bool(departements & coverage.fictitious)
    if reach is Reach.NONE:
        return MonthCount(month, on, reach, fictitious)
    ess, to_check = rows.get(Verdict.OUI, {}), rows.get(Verdict.A_VERIFIER, {})
    return MonthCount(
        month,
        on,
        reach,
        fictitious,
        establishments=ess.get("establishments", 0),
        employers=ess.get("employers", 0),
        jobs=JobCount(
            low=ess.get("low", 0),
            high=None if ess.get("unbounded") else ess.get("high", 0),
            central=round(ess.get("central", 0)),
            unknown=ess.get("unknown", 0),
        ),
        to_check=to_check.get("establishments", 0),
        everything=sum(row["establishments"] for row in rows.values()),
        everything_employers=sum(row["employers"] for row in rows.values()),
    )
