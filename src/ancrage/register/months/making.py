"""Make the register of a month from that of the month before."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import ibis
import numpy as np

from ancrage.register.accounting import gone_before, to_come_of
from ancrage.register.build import KEPT_SINCE, RegisterInputs, RegisterTables, build_register
from ancrage.register.counting import PLACED, count_open, saved_by_day, summed_up
from ancrage.register.coverage import coverage_of
from ancrage.register.months import joining
from ancrage.register.months.accounts import ROWS, accounts_of_month, totals
from ancrage.register.months.following import Followed, Whole
from ancrage.register.months.joining import Joined
from ancrage.register.months.kept import FOLDER, REMARKS, Before
from ancrage.register.months.merging import Marks
from ancrage.register.months.prints import Prints, changed
from ancrage.register.past import Histories
from ancrage.register.tables import (
    ASSOCIATION,
    ESS_ESTABLISHMENT,
    ESTABLISHMENT,
    LISTED_STRUCTURE,
    REGISTER_COUNT,
    REGISTER_DAY,
    REGISTER_MONTH,
    REGISTER_MONTH_WIDE,
    REGISTER_PAST,
    SIAE,
)
from ancrage.warehouse.engines import connect
from ancrage.warehouse.writing import write

MOST_CHANGED = 0.2
"""Part of the units past which it costs less to make everything again."""
DUE = "due.parquet"
"""Rows of units that did not change, but that begin or end between the two days."""
BY_DAY, OPEN = "changes.parquet", "open.parquet"
"""What the units that changed tell of each day; with those due, what is open on the day of a month."""
BY_PLACE = ("commune", "siret")
BY_UNIT = {
    ESTABLISHMENT: BY_PLACE,
    ESS_ESTABLISHMENT: BY_PLACE,
    REGISTER_PAST: BY_PLACE,
    ASSOCIATION: ("siren",),
}
"""What sorts each table; the spans of an establishment are all of one side, in their order."""


@dataclass(frozen=True, slots=True)
class Month:
    """What a month is made from. ``folder``: where its tables are written; ``on``: day of the counts."""

    inputs: RegisterInputs
    files: Sequence[Followed]
    before: Before
    prints: Prints
    folder: Path
    on: date

    @property
    def scratch(self) -> Path:
        """Where the small register of the units that changed is made."""
        return self.inputs.scratch / "mois"


def make_month(month: Month) -> RegisterTables:
    """Write every table of the register but the labels of activities; return what the manifest tells of it.

    Raises :class:`Whole`, before writing anything, when too much changed.
    """
    touched = _changed(month)
    was, now = month.scratch / "avant", month.scratch / "apres"
    for place in (was, now):
        place.mkdir(parents=True, exist_ok=True)
    extracted = _extracted(month, touched)
    register = build_register(_restricted(month.inputs, extracted, month.scratch / "moteur"))
    parts = {
        ESTABLISHMENT: register.establishment,
        ESS_ESTABLISHMENT: register.ess_establishment,
        ASSOCIATION: register.association,
        REGISTER_PAST: register.past,
    }
    for table, rows in parts.items():
        write(table, rows, now)
    write(SIAE, register.lists.siae, month.folder)
    write(LISTED_STRUCTURE, register.lists.structures, month.folder)
    register.con.to_parquet(register.remarks, now / REMARKS)
    _join_rows(month, touched, was, now)
    _join_counts(register.con, month, was, now)
    return _told(month, register)


def _changed(month: Month) -> Marks:
    """Of each bucket, whether its units are to be worked out again."""
    if month.on < month.before.on:
        raise Whole("l'édition en vigueur compte à un jour plus tardif")
    touched = changed(month.before.sums, month.prints.sums, month.before.always)
    if np.count_nonzero(touched) > MOST_CHANGED * np.count_nonzero(month.prints.sums):
        raise Whole("plus d'une unité sur cinq a changé")
    return touched


def _extracted(month: Month, touched: Marks) -> dict[str, Path]:
    """What the files say of the units that changed."""
    found = {}
    with connect() as engine:
        for one in month.files:
            found[one.name] = month.scratch / one.path.name
            joining.extract(engine, one, month.prints.places[one.name], touched, found[one.name])
    return found


def _restricted(inputs: RegisterInputs, files: dict[str, Path], scratch: Path) -> RegisterInputs:
    stock = replace(
        inputs.stocks[0],
        establishments=files["etablissements"],
        units=files["unites"],
        coordinates=files.get("coordonnees"),
    )
    histories = Histories(files.get("periodes-etablissements"), files.get("periodes-unites"))
    return replace(inputs, stocks=(stock,), histories=histories, scratch=scratch)


def _join_counts(con: Any, month: Month, was: Path, now: Path) -> None:
    """Write the tables of counts, from what the units that changed count now and no more.

    The others may be open since, or shut: a day passed.
    """
    scratch = month.scratch
    for place, on in ((was, month.before.on), (now, month.on)):
        establishments, past = (place / f"{one.name}.parquet" for one in (ESTABLISHMENT, REGISTER_PAST))
        saved_by_day(con, establishments, past, KEPT_SINCE, place / BY_DAY)
        rows = con.read_parquet([str(establishments), str(was / DUE)])
        con.to_parquet(count_open(rows, on=on), place / OPEN)
    joining.difference(con.con, (*PLACED, "day"), now / BY_DAY, was / BY_DAY, scratch / BY_DAY)
    joining.difference(con.con, PLACED, now / OPEN, was / OPEN, scratch / OPEN)
    changed = summed_up(con.read_parquet(scratch / BY_DAY), since=KEPT_SINCE)
    counted = {
        REGISTER_COUNT: con.read_parquet(scratch / OPEN),
        REGISTER_MONTH: changed.month,
        REGISTER_MONTH_WIDE: changed.wide,
        REGISTER_DAY: changed.day,
    }
    for table, rows in counted.items():
        name = f"{table.name}.parquet"
        cells = con.to_pyarrow(rows.order_by(list(table.key)))
        joining.join_counts(table, month.before.folder / name, cells, month.folder / name)


def _join_rows(month: Month, touched: Marks, was: Path, now: Path) -> None:
    """Write the tables that have rows of each unit, and what those of before told of the units changed."""
    before, folder = month.before.folder, month.folder
    (folder / FOLDER).mkdir(exist_ok=True)
    joined = Joined(touched)
    for table, by in BY_UNIT.items():
        name = f"{table.name}.parquet"
        days = (month.before.on, month.on) if table is ESTABLISHMENT else None
        joined.join(before / name, now / name, by, folder / name, days)
        if table in (ESTABLISHMENT, REGISTER_PAST):
            joining.write_rows_left(joined.left, was / name)
        if days:
            joining.write_rows_left(joined.due, was / DUE)
    joined.join(month.before.remarks, now / REMARKS, (), folder / FOLDER / REMARKS)


def _told(month: Month, register: RegisterTables) -> RegisterTables:
    """Accounts and coverage of the whole month, from what changed and from its tables."""
    establishments = month.folder / f"{ESTABLISHMENT.name}.parquet"
    written = register.con.read_parquet(str(establishments))
    told = {reason: told.fill_null(False).sum() for reason, told in to_come_of(written, month.on).items()}
    to_come = register.con.to_pyarrow(written.aggregate(**told)).to_pylist()[0]
    remarks = month.folder / FOLDER / REMARKS
    whole = totals(register.con.con, month.prints.rows, establishments, remarks, to_come)
    files = {one.path.name: ROWS[one.name] for one in month.files if one.name in ROWS}
    delivered = written.mutate(delivery=ibis.literal(0, "int64"))
    return replace(
        register,
        accounts=accounts_of_month(register.accounts, whole, files, gone_before(KEPT_SINCE)),
        coverage=coverage_of(register.con, month.inputs.stocks, delivered),
    )
