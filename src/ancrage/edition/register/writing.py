"""Tables of the register: from the SIRENE stock when it was synchronised, else the demonstration."""

import shutil
import tempfile
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from ancrage.edition.inputs import Inputs
from ancrage.edition.register.deliveries import deliveries, list_file
from ancrage.edition.register.places import RegisterPlaces
from ancrage.edition.register.stocks import histories
from ancrage.edition.register.whereabouts import whereabouts
from ancrage.edition.zonings import ZoningTables
from ancrage.register.build import KEPT_SINCE, RegisterInputs, RegisterTables, build_register
from ancrage.register.counting import changes, count_open
from ancrage.register.placement import QpvList, QpvPlacement, without_list
from ancrage.register.tables import (
    ACTIVITY,
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
from ancrage.territories.geometry.qpv_polygons import CodesByCommune, QpvZone, missing_polygons, qpv_index
from ancrage.territories.zonings.thread import Thread
from ancrage.warehouse.writing import write


def write_register(
    inputs: Inputs,
    folder: Path,
    thread: Thread,
    zonings: ZoningTables,
    perimeters: Sequence[QpvZone],
    *,
    on: date,
) -> RegisterTables:
    """Write the tables of the register; return what the manifest tells of them. ``on``: day of the counts."""
    places = RegisterPlaces(folder, thread)
    workplace = Path(tempfile.mkdtemp(prefix=".registre-", dir=folder))
    try:
        stocks, lists = deliveries(inputs, places, workplace)
        register = build_register(
            RegisterInputs(
                stocks=stocks,
                scratch=workplace / "moteur",
                place=_placement(zonings, perimeters, places),
                where=whereabouts(places),
                ess_list=list_file(inputs, "liste-ess"),
                structure_lists=lists,
                histories=histories(inputs),
                on=on,
            )
        )
        write_counted(register, folder, workplace, on=on)
        write(ACTIVITY, ACTIVITY.from_rows(_activities(inputs)), folder)
        return register
    finally:
        shutil.rmtree(workplace, ignore_errors=True)


def write_counted(register: RegisterTables, folder: Path, scratch: Path, *, on: date) -> None:
    """Write what the register is made of, then what is counted from it, on the day and on each day before."""
    establishments = write(ESTABLISHMENT, register.establishment, folder)
    write(ESS_ESTABLISHMENT, register.ess_establishment, folder)
    write(ASSOCIATION, register.association, folder)
    write(SIAE, register.lists.siae, folder)
    write(LISTED_STRUCTURE, register.lists.structures, folder)
    write(REGISTER_COUNT, count_open(establishments, on=on), folder)
    past = write(REGISTER_PAST, register.past, folder)
    changed = changes(register.con, establishments, past, since=KEPT_SINCE, scratch=scratch)
    write(REGISTER_MONTH, changed.month, folder)
    write(REGISTER_MONTH_WIDE, changed.wide, folder)
    write(REGISTER_DAY, changed.day, folder)


def _activities(inputs: Inputs) -> list[dict[str, str]]:
    """Labels of activities, those the producer writes; none when they were not synchronised."""
    rows = inputs.rows("nomenclatures", "naf5") or []
    return [
        {"naf": f"{code[:2]}.{code[2:]}", "label": row["Libellé"]} for row in rows if (code := row["Code"])
    ]


def _placement(zonings: ZoningTables, perimeters: Sequence[QpvZone], places: RegisterPlaces) -> QpvPlacement:
    listed: CodesByCommune = {
        commune: tuple(found) for commune, found in zonings.quarters.get("qpv-2024-communes", {}).items()
    }
    if not listed:
        return without_list
    carried = places.carried(listed)
    return QpvList(
        index=qpv_index(perimeters),
        communes_with_qpv=carried,
        communes_with_missing_polygon=frozenset(missing_polygons(carried, perimeters)),
        parents=places.parents,
        known_departements=places.mainland_departements(),
    )
