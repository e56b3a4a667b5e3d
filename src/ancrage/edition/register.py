"""Tables of the register: from the SIRENE stock when it was synchronised, else the demonstration."""

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from numpy.typing import NDArray

from ancrage.edition.geography import read_table
from ancrage.edition.inputs import Inputs
from ancrage.edition.shapes import OUTLINES_COG
from ancrage.edition.zonings import ZoningTables
from ancrage.register.api_snapshot import write_stock
from ancrage.register.build import RegisterInputs, RegisterTables, build_register
from ancrage.register.counting import count_open
from ancrage.register.demonstration import DemonstrationTown, write_demonstration
from ancrage.register.lists import ListFile
from ancrage.register.localities import TownLookup
from ancrage.register.placement import QpvList, QpvPlacement, without_list
from ancrage.register.siae import Whereabouts
from ancrage.register.sirene import SireneStock
from ancrage.register.tables import ESS_ESTABLISHMENT, ESTABLISHMENT, REGISTER_COUNT, SIAE
from ancrage.sources.api_results import read_results
from ancrage.sources.snapshots import Snapshot
from ancrage.territories.codes import departement_of, is_code_of_overseas
from ancrage.territories.geometry.assignment import ZoneIndex
from ancrage.territories.geometry.qpv_polygons import CodesByCommune, QpvZone, missing_polygons, qpv_index
from ancrage.territories.tables import (
    COMMUNE,
    MUNICIPAL_ARRONDISSEMENT,
    OUTLINE,
    POSTCODE,
    UNIT_MEMBER,
)
from ancrage.territories.zonings.thread import Thread
from ancrage.warehouse.writing import write

DEMONSTRATION_DEPARTEMENT = "23"
DEMONSTRATION_SIAE = "siae.csv"
API, API_RESOURCE = "recherche-entreprises", "unites"
EMPHASIS = {"23077": 2500}
"""Faux-la-Montagne is the example of every page: it must have something to show."""


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
    places = _Places(folder, thread)
    workplace = Path(tempfile.mkdtemp(prefix=".registre-", dir=folder))
    try:
        stocks, lists = _deliveries(inputs, places, workplace)
        register = build_register(
            RegisterInputs(
                stocks=stocks,
                scratch=workplace / "moteur",
                place=_placement(zonings, perimeters, places),
                where=places.whereabouts(),
                ess_list=_list_file(inputs, "liste-ess"),
                siae_lists=lists,
            )
        )
        write(ESTABLISHMENT, register.establishment, folder)
        write(ESS_ESTABLISHMENT, register.ess_establishment, folder)
        write(SIAE, register.siae, folder)
        write(REGISTER_COUNT, count_open(folder / f"{ESTABLISHMENT.name}.parquet", on=on), folder)
        return register
    finally:
        shutil.rmtree(workplace, ignore_errors=True)


def _deliveries(
    inputs: Inputs, places: "_Places", workplace: Path
) -> tuple[tuple[SireneStock, ...], tuple[ListFile, ...]]:
    """SIRENE, the départements harvested from the API, and the lists of SIAE.

    The first delivery that holds an establishment wins: a whole stock, then the API, then a sample. The
    demonstration stands in only when SIRENE was not synchronised and its département not harvested.
    """
    siae = tuple(filter(None, [_list_file(inputs, "siae")]))
    harvested = tuple(_harvested(inputs, workplace))
    stock = _sirene(inputs)
    if stock:
        return ((stock, *harvested) if not stock.sample else (*harvested, stock)), siae
    if any(DEMONSTRATION_DEPARTEMENT in (found.departements or ()) for found in harvested):
        return harvested, siae
    folder = workplace / "demonstration"
    demonstration = write_demonstration(folder, places.demonstration_towns())
    return (*harvested, demonstration), siae or (ListFile(folder / DEMONSTRATION_SIAE, fictitious=True),)


def _sirene(inputs: Inputs) -> SireneStock | None:
    establishments = inputs.snapshot("sirene-etablissements")
    units = inputs.snapshot("sirene-unites-legales")
    if establishments is None or units is None:
        return None
    coordinates = inputs.snapshot("sirene-geolocalisation")
    return SireneStock(
        establishments=establishments.path,
        units=units.path,
        vintage=_received(establishments),
        coordinates=coordinates.path if coordinates else None,
        sample=establishments.provenance.sample or units.provenance.sample,
    )


def _harvested(inputs: Inputs, workplace: Path) -> Iterator[SireneStock]:
    """Départements asked of the API: ``unites-23`` is the harvest of the Creuse."""
    for resource in inputs.store.resources(API):
        departement = resource.removeprefix(f"{API_RESOURCE}-").upper()
        snapshot = inputs.snapshot_of(API, resource)
        if snapshot and departement != resource.upper():
            yield write_stock(
                read_results(snapshot.files),
                workplace / resource,
                departement=departement,
                vintage=_received(snapshot),
                complete=not snapshot.provenance.remarks,
            )


def _received(snapshot: Snapshot) -> str:
    provenance = snapshot.provenance
    return f"{provenance.vintage}, reçu le {provenance.fetched_at:%d/%m/%Y}"


def _list_file(inputs: Inputs, source: str) -> ListFile | None:
    snapshot = inputs.snapshot(source)
    return ListFile(snapshot.path, complete=not snapshot.provenance.sample) if snapshot else None


def _placement(zonings: ZoningTables, perimeters: Sequence[QpvZone], places: "_Places") -> QpvPlacement:
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
        known_departements=frozenset({zonings.only_departement})
        if zonings.only_departement
        else places.mainland_departements(),
    )


class _Places:
    """What the register asks of the territories, in the latest vintage."""

    def __init__(self, folder: Path, thread: Thread) -> None:
        self.folder, self.thread = folder, thread
        self.latest = thread.last
        self.communes = [
            row for row in read_table(folder, COMMUNE).to_pylist() if row["vintage"] == self.latest
        ]
        municipal = read_table(folder, MUNICIPAL_ARRONDISSEMENT).to_pylist()
        self.municipal = [row for row in municipal if row["vintage"] == self.latest]
        self.parents = {row["code"]: row["commune"] for row in self.municipal}

    def mainland_departements(self) -> frozenset[str]:
        """Départements where the list of quarters is known to be whole."""
        return frozenset(
            departement_of(row["code"]) for row in self.communes if not is_code_of_overseas(row["code"])
        )

    def carried(self, listed: CodesByCommune) -> CodesByCommune:
        """Quarters by commune of today's codes and of the codes of the list: a stock may hold both."""
        found = dict(listed)
        for origin in self.thread.origins((), 2024):
            if origin.vintage == self.latest and origin.origin in listed:
                known = dict(found.get(origin.commune, ()))
                found[origin.commune] = tuple({**known, **dict(listed[origin.origin])}.items())
        return found

    def demonstration_towns(self) -> list[DemonstrationTown]:
        """Communes of the demonstration's département."""
        postcodes = self._postcodes()
        return [
            DemonstrationTown(
                row["code"],
                row["name"],
                row["population"] or 0,
                postcodes.get(row["code"], ""),
                emphasis=EMPHASIS.get(row["code"], 0),
            )
            for row in self.communes
            if row["departement"] == DEMONSTRATION_DEPARTEMENT
        ]

    def _postcodes(self) -> dict[str, str]:
        rows = read_table(self.folder, POSTCODE).to_pylist()
        return {row["commune"]: row["postcode"] for row in reversed(rows) if row["vintage"] == self.latest}

    def whereabouts(self) -> Whereabouts:
        """How to find the commune of an address or of a point, and its EPCI and contracts."""
        names = {row["code"]: row["name"] for row in [*self.communes, *self.municipal]}
        postal = [
            (row["commune"], names[row["commune"]], row["postcode"])
            for row in read_table(self.folder, POSTCODE).to_pylist()
            if row["vintage"] == self.latest and row["commune"] in names
        ]
        epci = {row["code"]: row["epci"] for row in self.communes if row["epci"]}
        contracts: dict[str, list[str]] = {}
        for row in read_table(self.folder, UNIT_MEMBER).to_pylist():
            if row["vintage"] == self.latest and row["kind"] == "crte":
                contracts.setdefault(row["commune"], []).append(row["code"])
        for code, commune in self.parents.items():
            epci[code] = epci[commune]
            contracts[code] = contracts.get(commune, [])
        return Whereabouts(TownLookup.of(postal), self._commune_at(), epci, contracts)

    def _commune_at(self) -> "CommuneIndex":
        outlines = read_table(self.folder, OUTLINE)
        lineage = self.thread.between(OUTLINES_COG, self.latest)
        codes = []
        # The files hold Paris, Lyon and Marseille whole, and by arrondissement: the finer answer is kept.
        whole = pa.array(sorted(set(self.parents.values())))
        outlines = outlines.filter(pc.invert(pc.is_in(outlines["commune"], whole)))
        for code in outlines["commune"].to_pylist():
            heirs = lineage.heirs(code)
            codes.append(next(iter(heirs)) if len(heirs) == 1 else None)
        return CommuneIndex(outlines, codes)


class CommuneIndex:
    """Communes of points, by the outlines; ``None`` outside all, or where the commune was split since."""

    def __init__(self, outlines: pa.Table, codes: list[str | None]) -> None:
        self.codes = [*codes, None]
        geometries = shapely.from_wkb(outlines["geometry"].to_pylist())
        self.index = ZoneIndex.build(list(geometries), outlines["commune"].to_pylist())

    def __call__(self, longitude: NDArray[np.float64], latitude: NDArray[np.float64]) -> list[str | None]:
        """Code of the commune of each point."""
        found = self.index.assign(longitude, latitude)
        return [self.codes[rank] if rank >= 0 else None for rank in found]
