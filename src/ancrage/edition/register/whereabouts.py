"""How to find the commune of an address or of a point, with its EPCI and contracts."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import shapely
from numpy.typing import NDArray

from ancrage.edition.geography import read_table
from ancrage.edition.register.places import RegisterPlaces
from ancrage.edition.shapes import OUTLINES_COG
from ancrage.register.localities import TownLookup
from ancrage.register.siae import Whereabouts
from ancrage.territories.tables import OUTLINE, POSTCODE, UNIT_MEMBER


def whereabouts(places: RegisterPlaces) -> Whereabouts:
    """How to find the commune of an address or of a point, and its EPCI and contracts."""
    names = {row["code"]: row["name"] for row in [*places.communes, *places.municipal]}
    postal = [
        (row["commune"], names[row["commune"]], row["postcode"])
        for row in read_table(places.folder, POSTCODE).to_pylist()
        if row["vintage"] == places.latest and row["commune"] in names
    ]
    epci = {row["code"]: row["epci"] for row in places.communes if row["epci"]}
    contracts: dict[str, list[str]] = {}
    for row in read_table(places.folder, UNIT_MEMBER).to_pylist():
        if row["vintage"] == places.latest and row["kind"] == "crte":
            contracts.setdefault(row["commune"], []).append(row["code"])
    for code, commune in places.parents.items():
        epci[code] = epci[commune]
        contracts[code] = contracts.get(commune, [])
    return Whereabouts(TownLookup.of(postal), _commune_at(places), epci, contracts)


def _commune_at(places: RegisterPlaces) -> "CommuneIndex":
    outlines = read_table(places.folder, OUTLINE)
    lineage = places.thread.between(OUTLINES_COG, places.latest)
    codes = []
    # The files hold Paris, Lyon and Marseille whole, and by arrondissement: the finer answer is kept.
    whole = pa.array(sorted(set(places.parents.values())))
    outlines = outlines.filter(pc.invert(pc.is_in(outlines["commune"], whole)))
    for code in outlines["commune"].to_pylist():
        heirs = lineage.heirs(code)
        codes.append(next(iter(heirs)) if len(heirs) == 1 else None)
    return CommuneIndex(outlines, codes)


class CommuneIndex:
    """Communes of points, by the outlines; ``None`` outside all, or where the commune was split since.

    The lists have a few thousand points: a tree of the outlines is enough, where the grid that millions of
    points need would cost more than all the rest.
    """

    def __init__(self, outlines: pa.Table, codes: list[str | None]) -> None:
        self.codes = [*codes, None]
        self.tree = shapely.STRtree(shapely.from_wkb(outlines["geometry"].to_pylist()))

    def __call__(self, longitude: NDArray[np.float64], latitude: NDArray[np.float64]) -> list[str | None]:
        """Code of the commune of each point, its boundary included; the first where several cover it."""
        known = np.flatnonzero(np.isfinite(longitude) & np.isfinite(latitude))
        points = shapely.points(longitude[known], latitude[known])
        asked, outlines = self.tree.query(points, predicate="intersects")
        found = np.full(len(longitude), len(self.codes) - 1)
        np.minimum.at(found, known[asked], outlines)
        return [self.codes[rank] for rank in found]
