"""Tables of the register: from the SIRENE stock when it was synchronised, else the demonstration."""

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ancrage.edition.inputs import Inputs
from ancrage.edition.register.deliveries import deliveries, list_file
from ancrage.edition.register.monthly import Written, write_tables
from ancrage.edition.register.places import RegisterPlaces
from ancrage.edition.register.stocks import histories
from ancrage.edition.register.whereabouts import whereabouts
from ancrage.register.build import RegisterInputs
from ancrage.register.placement import QpvList, QpvPlacement, without_list
from ancrage.register.siae import Whereabouts
from ancrage.register.tables import ACTIVITY
from ancrage.territories.geometry.qpv_polygons import CodesByCommune, QpvZone, missing_polygons, qpv_index
from ancrage.territories.zonings.lists import Quarters
from ancrage.territories.zonings.thread import Thread
from ancrage.warehouse.writing import write


@dataclass(frozen=True, slots=True)
class Ground:
    """What a register stands on, that no stock changes: places, and how points and quarters are found."""

    places: RegisterPlaces
    where: Whereabouts
    place: QpvPlacement


def ground_of(
    folder: Path, thread: Thread, quarters: Mapping[str, Quarters], perimeters: Sequence[QpvZone]
) -> Ground:
    """The ground of an edition whose geography, contracts and outlines are written in a folder.

    ``quarters``: those of each commune, by source; ``perimeters``: those of the quarters of 2024.
    """
    places = RegisterPlaces(folder, thread)
    return Ground(places, whereabouts(places), _placement(quarters, perimeters, places))


def write_register(
    inputs: Inputs, folder: Path, ground: Ground, *, on: date, previous: Path | None = None
) -> Written:
    """Write the tables of the register; return what the manifest tells of them. ``on``: day of the counts.

    ``previous``: the edition in force, from which a new month may be made.
    """
    workplace = Path(tempfile.mkdtemp(prefix=".registre-", dir=folder))
    try:
        stocks, lists = deliveries(inputs, ground.places, workplace)
        register = write_tables(
            RegisterInputs(
                stocks=stocks,
                scratch=workplace / "moteur",
                place=ground.place,
                where=ground.where,
                ess_list=list_file(inputs, "liste-ess"),
                structure_lists=lists,
                histories=histories(inputs),
                on=on,
            ),
            folder,
            on=on,
            previous=previous,
        )
        write(ACTIVITY, ACTIVITY.from_rows(_activities(inputs)), folder)
        return register
    finally:
        shutil.rmtree(workplace, ignore_errors=True)


def _activities(inputs: Inputs) -> list[dict[str, str]]:
    """Labels of activities, those the producer writes; none when they were not synchronised."""
    rows = inputs.rows("nomenclatures", "naf5") or []
    return [
        {"naf": f"{code[:2]}.{code[2:]}", "label": row["Libellé"]} for row in rows if (code := row["Code"])
    ]


def _placement(
    quarters: Mapping[str, Quarters], perimeters: Sequence[QpvZone], places: RegisterPlaces
) -> QpvPlacement:
    listed: CodesByCommune = {
        commune: tuple(found) for commune, found in quarters.get("qpv-2024-communes", {}).items()
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
