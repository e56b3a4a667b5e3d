"""Tables of shapes: outlines of communes, perimeters of quarters."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from math import fsum
from pathlib import Path
from statistics import fmean
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ancrage.coverage.placing import in_france
from ancrage.declarations.faults import shown
from ancrage.edition.geography import read_table
from ancrage.edition.inputs import Inputs
from ancrage.register.directory.places import EARTH_KM
from ancrage.territories.codes import departement_of
from ancrage.territories.geometry.features import Properties, Tell
from ancrage.territories.geometry.outlines import Outline, outline_rows
from ancrage.territories.geometry.qpv_polygons import Extent, QpvZone, qpv_zones
from ancrage.territories.quarters import LAYERS
from ancrage.territories.tables import COMMUNE_AREA, MUNICIPAL_ARRONDISSEMENT, OUTLINE, QPV_ZONE
from ancrage.territories.zonings.thread import Origin, Thread
from ancrage.warehouse.writing import write

Degrees = tuple[float, float]
OUTLINES_SOURCE, CODE_KEY = "contours-communes", "code"
TOWN_HALLS_SOURCE, TOWN_HALLS_COG = "mairies", 2025
ASTRAY_KM = 20.0
"""Way from a town hall to the nearest of its département, past which its place is doubted."""
Spots = NDArray[np.float64]
"""n × 3 kilometres from the centre of the Earth."""

OUTLINES_COG = 2022
"""Vintage of the outlines: its 34,955 communes have one, and no other; two are flat, and told."""


def write_outlines(inputs: Inputs, thread: Thread, folder: Path) -> None:
    """Write the outlines and the areas; none when they were not synchronised."""
    parts = {row["code"]: row["commune"] for row in read_table(folder, MUNICIPAL_ARRONDISSEMENT).to_pylist()}
    outlines = _known(read_outlines(inputs), inputs, thread, parts)
    rows: list[dict[str, Any]] = [
        {
            "commune": outline.code,
            "name": outline.name or None,
            "geometry": outline.wkb,
            "area": outline.area_km2,
            "longitude": outline.lon,
            "latitude": outline.lat,
        }
        for outline in outlines
    ]
    write(OUTLINE, OUTLINE.from_rows(rows or list(_town_halls(inputs, thread, parts))), folder)
    areas = {row["commune"]: row["area"] for row in rows}
    write(COMMUNE_AREA, COMMUNE_AREA.from_rows(list(_areas(areas, thread))), folder)


def _town_halls(inputs: Inputs, thread: Thread, parts: Mapping[str, str]) -> Iterator[dict[str, Any]]:
    """Points of the communes in an edition without outlines: one kind of point in a whole edition.

    Two kinds side by side would tell distances that cannot be compared. A commune whose arrondissements
    alone have a town hall (Paris) is in the middle of theirs.
    """
    read = read_town_halls(inputs)
    unknown = thread.unknown([*read], TOWN_HALLS_COG) - parts.keys()
    points: dict[str, Degrees] = {}
    for code, point in read.items():
        if code in unknown or point is None:
            why = f"code inconnu du COG {TOWN_HALLS_COG}, ou point hors de France"
            inputs.reject(TOWN_HALLS_SOURCE, code, why)
        else:
            points[code] = point
    for code, apart in astray(points).items():
        why = f"mairie placée dans un autre département, à {apart:.0f} km de toute autre du sien"
        inputs.reject(TOWN_HALLS_SOURCE, code, why)
        del points[code]
    for whole in sorted({*parts.values()} - points.keys()):
        if held := [points[part] for part in parts if parts[part] == whole and part in points]:
            points[whole] = (fmean(x for x, _ in held), fmean(y for _, y in held))
    for code, (longitude, latitude) in sorted(points.items()):
        yield {"commune": code, "longitude": longitude, "latitude": latitude}


def astray(points: Mapping[str, Degrees]) -> dict[str, float]:
    """Town halls that their source puts elsewhere, often in a commune of the same name: kilometres by code.

    One is when no other of its département is within :data:`ASTRAY_KM`, and that of another département is
    nearer than half of that way. An island, or a land of few communes, has no neighbour so near.
    """
    codes = sorted(points)
    at = np.radians([points[code] for code in codes]).reshape(-1, 2)
    flat = np.cos(at[:, 1])
    spots = EARTH_KM * np.c_[flat * np.cos(at[:, 0]), flat * np.sin(at[:, 0]), np.sin(at[:, 1])]
    inside: dict[str, list[int]] = defaultdict(list)
    for rank, code in enumerate(codes):
        inside[departement_of(code)].append(rank)
    found = {}
    for ranks in inside.values():
        for rank, apart in zip(ranks, _nearest(spots[ranks], spots[ranks]), strict=True):
            if ASTRAY_KM < apart < np.inf and _nearest(spots[[rank]], spots)[0] < apart / 2:
                found[codes[rank]] = float(apart)
    return found


def _nearest(of: Spots, among: Spots) -> NDArray[np.float64]:
    """Kilometres from each spot to the nearest of others, itself left out; infinite when it is alone."""
    apart = np.linalg.norm(of[:, None, :] - among[None, :, :], axis=2)
    apart[apart == 0] = np.inf
    nearest: NDArray[np.float64] = apart.min(axis=1)
    return nearest


def read_town_halls(inputs: Inputs) -> dict[str, Degrees | None]:
    """Where the town hall of each commune stands, ``None`` for what is no point of France."""
    rows = inputs.rows(TOWN_HALLS_SOURCE) or ()
    return {row["code"]: parsed_point(row["lon"], row["lat"]) for row in rows}


def parsed_point(longitude: str, latitude: str) -> Degrees | None:
    """Degrees that fall in a French land, ``None`` for others."""
    try:
        degrees = float(longitude), float(latitude)
    except ValueError:
        return None
    return degrees if in_france(*degrees) else None


def read_outlines(inputs: Inputs) -> list[Outline]:
    """Outlines of the communes; an object without a surface is told. Raises :class:`SourceContentError`."""
    features = inputs.features(OUTLINES_SOURCE) or ()
    return outline_rows(features, CODE_KEY, tell=_tell(inputs, OUTLINES_SOURCE))


def read_quarters(inputs: Inputs, source: str) -> list[QpvZone]:
    """Polygons of a layer of quarters; an object without a surface is told. Raises SourceContentError."""
    return qpv_zones(inputs.features(source) or (), tell=_tell(inputs, source))


def _tell(inputs: Inputs, source: str) -> Tell:
    """Where to tell of the objects of a source: by their rank, and by the first thing said of each."""

    def tell(rank: int, properties: Properties, reason: str) -> None:
        named = next((f" ({shown(value)})" for value in properties.values() if value), "")
        inputs.reject(source, f"objet {rank}{named}", reason)

    return tell


def _known(outlines: list[Outline], inputs: Inputs, thread: Thread, parts: Collection[str]) -> list[Outline]:
    """Set aside the outlines of codes that are neither a commune of their vintage nor one of its parts."""
    unknown = set(thread.unknown([one.code for one in outlines], OUTLINES_COG)) - set(parts)
    for code in sorted(unknown):
        inputs.reject(OUTLINES_SOURCE, code, f"code de commune inconnu du COG {OUTLINES_COG}")
    return [one for one in outlines if one.code not in unknown]


def _areas(areas: Mapping[str, float], thread: Thread) -> Iterator[dict[str, Any]]:
    """Areas carried to each vintage; a commune that shares an outline with another gets none.

    The same to the last digit at each build, in whatever order the parts come.
    """
    origins: dict[tuple[int, str], list[Origin]] = defaultdict(list)
    for origin in thread.origins((), OUTLINES_COG) if areas else ():
        origins[origin.vintage, origin.commune].append(origin)
    for vintage, codes in thread.codes.items() if areas else ():
        for commune in codes:
            found = origins.get((vintage, commune), [Origin(vintage, commune, commune, certain=True)])
            parts = [areas.get(origin.origin) for origin in found]
            if all(origin.certain for origin in found) and None not in parts:
                yield {"vintage": vintage, "commune": commune, "area": fsum(filter(None, parts))}


def write_quarters(inputs: Inputs, folder: Path) -> list[QpvZone]:
    """Write the perimeters of the quarters and give those of 2024.

    A layer that follows communes, not quarters, is left out of the table: it would draw a quarter as large
    as its town. It is given back all the same, since it says which perimeters are lacking.
    """
    drawn: dict[int, list[QpvZone]] = {}
    for generation, layers in LAYERS.items():
        known = drawn.setdefault(generation, [])
        for source in layers:
            known += _not_drawn(read_quarters(inputs, source), known)
    rows: list[dict[str, Any]] = [
        {
            "generation": generation,
            "zone": rank,
            "codes": list(zone.codes),
            "names": list(zone.names),
            "commune": zone.commune,
            "geometry": bytes(zone.geometry.wkb),
        }
        for generation, zones in drawn.items()
        for rank, zone in enumerate(zones)
        if zone.extent is Extent.PERIMETER
    ]
    write(QPV_ZONE, QPV_ZONE.from_rows(rows), folder)
    return drawn[2024]


def _not_drawn(zones: Sequence[QpvZone], known: Sequence[QpvZone]) -> list[QpvZone]:
    """Those of a layer that no earlier layer drew."""
    drawn = {code for zone in known if zone.extent is Extent.PERIMETER for code in zone.codes}
    return [zone for zone in zones if not drawn >= set(zone.codes)]
