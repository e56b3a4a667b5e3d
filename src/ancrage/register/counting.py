"""Count the open establishments once: at the day of the build, and what changed on each day before it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import ibis
from ibis import _

from ancrage.register.levels import EXACT
from ancrage.register.stock import saved
from ancrage.warehouse import keeping

PLACED = ("commune", "departement", "ess", "family", "section")
MEASURES = ("establishments", "employers", "low", "central", "high", "unbounded", "unknown")


def count_open(table: Any, *, on: date) -> Any:
    """Ibis expression of the table ``register_count``, from one of establishments."""
    born = table.created.isnull() | (table.created <= ibis.literal(on))
    alive = table.filter(born & (table.active | (table.closed > ibis.literal(on)).fill_null(False)))
    keyed = alive.mutate(**_keys(alive))
    hired = keyed.employer.fill_null(False)
    return keyed.group_by(["commune", "departement", "ess", "family", "section"]).aggregate(
        establishments=keyed.count(),
        employers=hired.sum(),
        low=keyed.jobs_low.sum(where=hired).fill_null(0),
        central=keyed.jobs_central.sum(where=hired).fill_null(0.0).round(EXACT),
        high=keyed.jobs_high.sum(where=hired).fill_null(0),
        unbounded=(hired & keyed.jobs_low.notnull() & keyed.jobs_high.isnull()).sum(),
        unknown=(hired & keyed.jobs_low.isnull()).sum(),
    )


@dataclass(frozen=True, slots=True)
class Changes:
    """Ibis expressions of the tables ``register_month``, ``register_month_wide``, ``register_day``."""

    month: Any
    wide: Any
    day: Any


def changes(con: Any, establishments: Path, past: Path, *, since: date, scratch: Path) -> Changes:
    """What changed in the register on each day, from its written tables; ``since``: first day told.

    What was there on that day already is told in the month before it.
    """
    return summed_up(saved_by_day(con, establishments, past, since, scratch / "changes.parquet"), since=since)


def summed_up(told: Any, *, since: date) -> Changes:
    """The same from what changed on each day, keys ``PLACED`` and ``day``."""
    by_month = told.mutate(month=_.day.truncate("M").cast("date"))
    return Changes(
        month=_summed(by_month, (*PLACED, "month")),
        wide=_summed(by_month, (*PLACED[1:], "month")),
        day=by_month.filter(_.day > since - timedelta(days=1)),
    )


def saved_by_day(con: Any, establishments: Path, past: Path, since: date, path: Path) -> Any:
    """Write at ``path`` what changed on each day; return it as an Ibis table."""
    spans = _spans(keeping.read(con, establishments), keeping.read(con, past))
    first = ibis.literal(since)
    before = ibis.literal(since - timedelta(days=1))
    lived = spans.mutate(begins=ibis.coalesce(spans.begins, before), ends=spans.ends).mutate(
        begins=(_.begins <= first).ifelse(before, _.begins)
    )
    lasting = lived.filter(_.ends.isnull() | (_.ends > first) & (_.ends > _.begins))
    return saved(con, _summed(_turned(lasting), (*PLACED, "day")), path)


def _spans(today: Any, past: Any) -> Any:
    """Each span when an establishment was open, once: its own row, unless the past tells it better."""
    plain = today.anti_join(past, "siret").filter(_.active | _.closed.notnull())
    ends = plain.active.ifelse(ibis.null("date"), plain.closed)
    names = (*PLACED, "employer", "jobs_low", "jobs_central", "jobs_high", "begins", "ends")
    return plain.mutate(begins=_.created, ends=ends).select(*names).union(past.select(*names))


def _turned(spans: Any) -> Any:
    """What each span adds on the day it begins and takes away on the day it ends, if it does.

    Read once: of a table read twice in one query, an engine would hold every column.
    """
    sides = spans.cross_join(ibis.memtable({"turn": [1, -1]}))
    told = _figures(sides.filter((sides.turn == 1) | sides.ends.notnull()))
    return told.select(
        *PLACED,
        **{name: told[name] * told.turn for name in MEASURES},
        day=(told.turn == 1).ifelse(told.begins, told.ends),
    )


def _figures(spans: Any) -> Any:
    hired = spans.employer.fill_null(False)
    count = hired.cast("int64")
    return spans.mutate(
        **_keys(spans),
        establishments=ibis.literal(1, "int64"),
        employers=count,
        low=hired.ifelse(spans.jobs_low, 0).fill_null(0),
        central=hired.ifelse(spans.jobs_central, 0.0).fill_null(0.0),
        high=hired.ifelse(spans.jobs_high, 0).fill_null(0),
        unbounded=(hired & spans.jobs_low.notnull() & spans.jobs_high.isnull()).cast("int64"),
        unknown=(hired & spans.jobs_low.isnull()).cast("int64"),
    )


def _summed(table: Any, keys: Sequence[str]) -> Any:
    sums = {name: table[name].sum() for name in MEASURES}
    summed = table.group_by(list(keys)).agg(**sums | {"central": table.central.sum().round(EXACT) + 0.0})
    return summed.filter(ibis.or_(*(summed[name] != 0 for name in MEASURES)))


def _keys(table: Any) -> dict[str, Any]:
    return {name: ibis.coalesce(table[name], "") for name in ("commune", "departement", "family", "section")}
