"""Periods of one establishment, or of one unit, follow one another: those that do not are set aside.

In what INSEE publishes, a period begins on the day after the end of the one before: so it is of the 26,614
establishments of Lyon 4e. No text that was read says which of two periods to believe: where two contradict
each other, none is. All those of the key are set aside, counted and listed, and its past is told from its row
of today. The same period twice is one.
"""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
from ibis import _

from ancrage.register.rejects import REJECT_SCHEMA, REJECTS_LISTED, Account
from ancrage.register.stock import Connection, Opened, Relation, saved

NEVER, ALWAYS = date(9999, 12, 31), date(1, 1, 1)
"""Bounds of a span without end, and without known beginning, while spans are compared."""
UNREADABLE_KEY = "{} d'une période absent ou illisible"
TWICE = "période en double : une seule est gardée"
FAULTS = (
    "un jour de l'historique est illisible",
    "une période finit avant de commencer",
    "deux périodes commencent le même jour",
    "deux périodes se chevauchent",
    "aucune période ne dit certains jours",
)
TOLD_FROM_TODAY = " : historique laissé, passé d'après l'état actuel"


@dataclass(frozen=True, slots=True)
class Periods:
    """Periods of one file, cleaned: columns ``key`` (NULL when it cannot be read), raw (then, as written),
    begins, ends (the first day it no longer holds), both NULL when they cannot be read, and others.

    ``gaps``: whether days without a period are allowed.
    """

    opened: Opened
    rows: Relation
    key: str
    file: str
    gaps: bool = False


@dataclass(frozen=True, slots=True)
class Succession:
    """``periods``: those that follow one another, with their columns; what became of the rows of the file."""

    periods: Relation
    account: Account
    rejects: pa.Table


def settled(con: Connection, given: Periods, scratch: Path) -> Succession:
    """Set aside the periods that contradict one another, and those of a key that cannot be read."""
    key, named = given.key, given.rows.filter(_[given.key].notnull()).drop("raw")
    nameless = given.rows.filter(_[key].isnull())
    aside = _aside(
        nameless,
        ibis.coalesce(_.raw, "(vide)"),
        ibis.literal(UNREADABLE_KEY.format(key.upper())),
        ibis.literal(1),
    )
    unlinked = saved(con, _unlinked(named, key), scratch / f"unlinked-{key}.parquet")
    periods = named
    if con.to_pyarrow(unlinked.count()).as_py():
        told = saved(con, _told(named.semi_join(unlinked, key), given), scratch / f"told-{key}.parquet")
        good = told.filter(_.fault.isnull()).select(*named.columns)
        periods = named.anti_join(unlinked, key).union(good)
        aside = aside.union(_aside(told, _[key], _reason(told), _set_aside(told)))
    return _accounted(con, given, periods, saved(con, aside, scratch / f"aside-{key}.parquet"))


def _unlinked(periods: Relation, key: str) -> Relation:
    """Keys whose periods are not one after the other, each from the day when the one before ends.

    Beginnings but the first, and ends but the last, are then the same days: their sums, and those of their
    squares, are compared, which costs less than to put them all in order.
    """
    days = periods.select(key, begins=_.begins.epoch_days(), ends=_.ends.epoch_days())
    judged = days.group_by(key).agg(
        times=_.count(),
        forward=(_.begins < _.ends).fill_null(False).sum(),
        days=_.begins.sum() - _.begins.min() - _.ends.sum() + _.ends.max(),
        squares=(_.begins * _.begins).sum()
        - _.begins.min() * _.begins.min()
        - (_.ends * _.ends).sum()
        + _.ends.max() * _.ends.max(),
    )
    return judged.filter((_.forward < _.times) | (_.days != 0) | (_.squares != 0)).select(key)


def _told(rows: Relation, given: Periods) -> Relation:
    """Each period once, its ``times``, and the rank of the first ``fault`` of its key (NULL without any)."""
    once = rows.group_by(list(rows.columns)).agg(times=_.count())
    after = once.begins.lead().over(ibis.window(group_by=given.key, order_by=["begins", "ends"]))
    faults = (
        once.begins.isnull() | once.ends.isnull(),
        once.begins >= once.ends,
        after == once.begins,
        once.ends > after,
        (once.ends < after) & ibis.literal(not given.gaps),
    )
    met = once.mutate(own=ibis.cases(*((fault, rank) for rank, fault in enumerate(faults))))
    return met.mutate(fault=_.own.min().over(ibis.window(group_by=given.key))).drop("own")


def _reason(told: Relation) -> Any:
    told_from_today = ((told.fault == rank, f"{why}{TOLD_FROM_TODAY}") for rank, why in enumerate(FAULTS))
    return ibis.cases(*told_from_today, else_=TWICE)


def _set_aside(told: Relation) -> Any:
    return told.fault.notnull().ifelse(told.times, told.times - 1)


def _aside(periods: Relation, key: Any, reason: Any, rows: Any) -> Relation:
    """Columns of a reject but its file, and how many ``rows`` it stands for."""
    begins = periods.begins.nullif(ibis.literal(ALWAYS)).cast("string")
    told = periods.select(key=key, values=begins.fill_null(""), reason=reason, rows=rows.cast("int64"))
    return told.filter(_.rows > 0)


def _accounted(con: Connection, given: Periods, periods: Relation, aside: Relation) -> Succession:
    counts = con.to_pyarrow(aside.group_by("reason").agg(rows=_.rows.sum())).to_pylist()
    rejected = {row["reason"]: row["rows"] for row in counts}
    lines = given.opened.rejects.num_rows
    if lines:
        rejected["ligne illisible"] = lines
    read = con.to_pyarrow(given.opened.rows.count()).as_py() + lines
    listed = aside.order_by("reason", "key", "values").limit(REJECTS_LISTED)
    table = con.to_pyarrow(
        listed.select(source=ibis.literal(given.file), key="key", values="values", reason="reason")
    )
    return Succession(
        periods,
        Account(given.file, read, read - sum(rejected.values()), rejected),
        pa.concat_tables([given.opened.rejects, table.cast(REJECT_SCHEMA)]),
    )
