"""Quarters (QPV) whose perimeter is known: generation of a day, shapes, source."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from ancrage.territories.atlas import Atlas

LAYERS = {2024: ("qpv-2024-polygones", "qpv-2024-contours"), 2015: ("qpv-2015-occitanie",)}
"""Sources of perimeters by generation, the producer's own before an extract of it."""


def generation_on(on: date) -> int:
    """The generation of perimeters to look into; a code of another one has none there."""
    return 2024 if on.year >= 2024 else 2015


def perimeters(atlas: Atlas, *, on: date) -> Mapping[str, Any]:
    """Shapes (degrees, WGS 84) by code of quarter; one drawn together with others has none of its own."""
    return atlas.keeping(_perimeters)(generation_on(on))


def _perimeters(atlas: Atlas, generation: int) -> dict[str, Any]:
    import shapely

    rows = atlas.warehouse.rows(
        "SELECT codes[1] AS code, geometry FROM qpv_zone WHERE generation = ? AND len(codes) = 1",
        (generation,),
    )
    return {row["code"]: shapely.from_wkb(row["geometry"]) for row in rows}


def drawn_by(atlas: Atlas, *, on: date) -> str | None:
    """The source of the perimeters of a day; a sample draws no quarter."""
    whole = {one["id"] for one in atlas.warehouse.manifest["sources"] if not one["sample"]}
    return next((one for one in LAYERS[generation_on(on)] if one in whole), None)
