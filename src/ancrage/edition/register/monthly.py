"""Write the register from that of the month before when it may be, else whole, saying why."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ancrage.collecting import uncollected
from ancrage.edition.register.counted import write_counted
from ancrage.register.build import RegisterInputs, RegisterTables, build_register, structure_lists
from ancrage.register.lists import read_lists
from ancrage.register.months.following import Whole, followed
from ancrage.register.months.kept import Before, is_kept, keep, read_before, write_remarks
from ancrage.register.months.making import Month, make_month
from ancrage.register.months.prints import prints_of
from ancrage.register.months.setting import Setting, differing, setting_of
from ancrage.register.stock import connect
from ancrage.register.tables import REGISTER
from ancrage.warehouse.holding import MANIFEST
from ancrage.warehouse.wholeness import faults


@dataclass(frozen=True, slots=True)
class Written:
    """A register just written. ``since``: the edition it was made from, empty when it was made whole.

    ``because``: why it was made whole although the edition before could have served, in French.
    """

    tables: RegisterTables
    since: str = ""
    because: str = ""


@uncollected()
def write_tables(inputs: RegisterInputs, folder: Path, *, on: date, previous: Path | None) -> Written:
    """Write the tables of the register, the same row for row whether it is made whole or not.

    ``previous``: the edition in force, ``None`` when there is none. ``on``: day of the counts.
    """
    inputs.scratch.mkdir(parents=True, exist_ok=True)
    try:
        return _followed(inputs, folder, on, previous)
    except Whole as why:
        return Written(_whole(inputs, folder, on), because=_said(previous, str(why)))


def _followed(inputs: RegisterInputs, folder: Path, on: date, previous: Path | None) -> Written:
    """Write the register, and what the next month needs.

    Raises :class:`Whole` when the files cannot be followed from one month to the next.
    """
    files = followed(inputs)
    setting = setting_of(inputs, files)
    before, because = _comparable(previous, setting)
    lists = read_lists(connect(inputs.scratch), inputs.ess_list, structure_lists(inputs), inputs.scratch)
    prints = prints_of(files, lists, before.buckets if before else None, inputs.scratch)
    tables = None
    if before is not None:
        try:
            tables = make_month(Month(inputs, files, before, prints, folder, on))
        except Whole as why:
            before, because = None, str(why)
    if tables is None:
        tables = _whole(inputs, folder, on)
        write_remarks(tables, folder)
    keep(folder, inputs, tables, setting, prints, on)
    return Written(tables, before.folder.name if before else "", _said(previous, because))


def _whole(inputs: RegisterInputs, folder: Path, on: date) -> RegisterTables:
    register = build_register(inputs)
    write_counted(register, folder, inputs.scratch, on=on)
    return register


def _comparable(previous: Path | None, setting: Setting) -> tuple[Before | None, str]:
    """The month before, or why it cannot be compared."""
    try:
        before = read_before(previous)
    except Whole as why:
        return None, str(why)
    if what := differing(before.setting, setting):
        return None, f"{what} a changé"
    if any(
        fault.file.removesuffix(".parquet") in REGISTER
        for fault in faults(before.folder, _told(before), deep=True)
    ):
        return None, "une table de l'édition en vigueur est abîmée"
    return before, ""


def _told(before: Before) -> dict[str, object]:
    """What its manifest tells of the tables of the register; nothing where it has none."""
    path = before.folder / MANIFEST
    tables = json.loads(path.read_text("utf-8")).get("tables", {}) if path.is_file() else {}
    return {"tables": {name: told for name, told in tables.items() if name in REGISTER}}


def _said(previous: Path | None, because: str) -> str:
    """Nothing is said where no month could have been made from the one before: a first build, a sample."""
    return because if previous is not None and is_kept(previous) else ""
