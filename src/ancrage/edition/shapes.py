"""Tables of shapes: outlines of communes, perimeters of quarters."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from ancrage.edition.inputs import Inputs
from ancrage.territories.geometry.outlines import outline_rows
from ancrage.territories.geometry.qpv_polygons import Extent, QpvZone, qpv_zones
from ancrage.territories.tables import COMMUNE_AREA, OUTLINE, QPV_ZONE
from ancrage.territories.zonings.thread import Origin, Thread
from ancrage.warehouse.writing import write

GENERATIONS = {"qpv-2024-polygones": 2024, "qpv-2015-occitanie": 2015}


OUTLINES_COG = 2022
"""Vintage of the outlines: all 34,955 communes of 2022 and no other have one; a test holds it."""


def write_outlines(inputs: Inputs, thread: Thread, folder: Path) -> None:
    """Write the outlines and the areas; none when they were not synchronised."""
    features = inputs.features("contours-communes")
    rows: list[dict[str, Any]] = [
        {
            "commune": outline.code,
            "name": outline.name or None,
            "geometry": outline.wkb,
            "area": outline.area_km2,
            "longitude": outline.lon,
            "latitude": outline.lat,
        }
        for outline in (outline_rows(features, "code") if features is not None else [])
    ]
    write(OUTLINE, OUTLINE.from_rows(rows), folder)
    areas = {row["commune"]: row["area"] for row in rows}
    write(COMMUNE_AREA, COMMUNE_AREA.from_rows(list(_areas(areas, thread))), folder)


def _areas(areas: Mapping[str, float], thread: Thread) -> Iterator[dict[str, Any]]:
    """Areas carried to each vintage; a commune that shares an outline with another gets none."""
    origins: dict[tuple[int, str], list[Origin]] = defaultdict(list)
    for origin in thread.origins((), OUTLINES_COG) if areas else ():
        origins[origin.vintage, origin.commune].append(origin)
    for vintage, codes in thread.codes.items() if areas else ():
        for commune in codes:
            found = origins.get((vintage, commune), [Origin(vintage, commune, commune, certain=True)])
            parts = [areas.get(origin.origin) for origin in found]
            if all(origin.certain for origin in found) and None not in parts:
                yield {"vintage": vintage, "commune": commune, "area": sum(filter(None, parts))}


def write_quarters(inputs: Inputs, folder: Path) -> list[QpvZone]:
    """Write the perimeters of the quarters and give those of 2024.

    A layer that follows communes, not quarters, is left out of the table: it would draw a quarter as large
    as its town. It is given back all the same, since it says which perimeters are lacking.
    """
    rows, latest = [], []
    for source, generation in GENERATIONS.items():
        features = inputs.features(source)
        zones = qpv_zones(features) if features is not None else []
        latest += zones if generation == 2024 else []
        rows += [
            {
                "generation": generation,
                "zone": rank,
                "codes": list(zone.codes),
                "names": list(zone.names),
                "commune": zone.commune,
                "geometry": bytes(zone.geometry.wkb),
            }
            for rank, zone in enumerate(zones)
            if zone.extent is Extent.PERIMETER
        ]
    write(QPV_ZONE, QPV_ZONE.from_rows(rows), folder)
    return latest
