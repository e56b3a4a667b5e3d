"""Geometry of the map: the territory, its communes and the quarters inside."""

import json
from typing import Any

import shapely

from ancrage.diagnosis.model import Outline
from ancrage.register.fabric import ALIVE, Places
from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import Kind
from ancrage.territories.geometry.display import simplify_for_display
from ancrage.territories.quarters import generation_on, perimeters
from ancrage.territories.territory import Territory
from ancrage.territories.zonings.answering import verdicts_by_commune

MOST_COMMUNES = 1500
MOST_POINTS = 2000
TERRITORY_POINTS = 4000
OUTLINES_VINTAGE = 2022


def outline_of(atlas: Atlas, territory: Territory, places: Places) -> Outline | None:
    """Outlines as GeoJSON features in degrees; ``None`` when none is known.

    The outlines are of an older vintage: a commune is drawn by those it was made of, or is a part of.
    Above 1,500 communes only the whole is drawn. A quarter is drawn by its own perimeter; where that is not
    known, its communes are drawn, and no territory.
    """
    if territory.kind is Kind.QPV and (shape := perimeters(atlas, on=territory.on).get(territory.code.code)):
        drawn = _feature(shape, code=territory.code.code, name=territory.name)
        return Outline(territory=drawn, points=_establishments(atlas, territory, places))
    wanted = (territory.municipal,) if territory.municipal else _drawn_codes(atlas, territory)
    rows = atlas.warehouse.rows(
        "SELECT commune, name, geometry FROM outline WHERE geometry IS NOT NULL "
        "AND commune IN (SELECT unnest(?)) "
        "AND commune NOT IN (SELECT commune FROM municipal_arrondissement) ORDER BY commune",
        (list(dict.fromkeys(wanted)),),
    )
    if not rows:
        return None
    shapes = shapely.from_wkb([row["geometry"] for row in rows])
    undrawn = territory.kind is Kind.QPV
    whole = simplify_for_display(shapely.union_all(shapes), TERRITORY_POINTS)
    verdicts = _verdicts(atlas, territory) if len(rows) <= MOST_COMMUNES else None
    communes = tuple(
        _feature(shape, code=row["commune"], name=row["name"], verdicts=verdicts.get(row["commune"], {}))
        for row, shape in zip(rows, shapes, strict=True)
        if verdicts is not None
    )
    return Outline(
        territory=None if undrawn else _feature(whole, code=str(territory.code), name=territory.name),
        communes=communes,
        zones=() if undrawn else _quarters(atlas, territory),
        points=_establishments(atlas, territory, places),
    )


def _drawn_codes(atlas: Atlas, territory: Territory) -> tuple[str, ...]:
    # Paris, Lyon and Marseille are drawn by their arrondissements.
    municipal = [code for commune in territory.communes for code in atlas.municipal_of.get(commune, ())]
    return (*territory.communes, *municipal, *sorted({other for _, other in _related(atlas, territory)}))


def _related(atlas: Atlas, territory: Territory) -> set[tuple[str, str]]:
    """Communes of the territory with those of the outlines' vintage that they came from or became."""
    inside = set(territory.communes)
    return {
        (one, other)
        for row in atlas.lineage
        for one, other in ((row["before"], row["after"]), (row["after"], row["before"]))
        if one in inside
        and territory.vintage in (row["from_vintage"], row["to_vintage"])
        and OUTLINES_VINTAGE in (row["from_vintage"], row["to_vintage"])
    }


def _quarters(atlas: Atlas, territory: Territory) -> tuple[dict[str, Any], ...]:
    generation = generation_on(territory.on)
    rows = atlas.warehouse.rows(
        "SELECT codes, names, geometry FROM qpv_zone WHERE generation = ? AND commune IN (SELECT unnest(?))",
        (generation, list(territory.communes)),
    )
    return tuple(
        _feature(
            shapely.from_wkb(row["geometry"]),
            code=", ".join(row["codes"]),
            name=", ".join(row["names"] or ()),
        )
        for row in rows
    )


def _verdicts(atlas: Atlas, territory: Territory) -> dict[str, dict[str, str]]:
    """Verdicts by drawn commune: an outline of another vintage has those of the commune it became."""
    known = {
        commune: {zoning: verdict.value for zoning, verdict in found.items()}
        for commune, found in verdicts_by_commune(atlas, territory).items()
    }
    drawn = dict(known)
    for one, other in _related(atlas, territory):
        drawn.setdefault(other, known[one])
    return drawn


def _establishments(atlas: Atlas, territory: Territory, places: Places) -> tuple[dict[str, Any], ...]:
    """ESS establishments that may be shown and whose place is known, the largest first."""
    rows = atlas.warehouse.rows(
        "SELECT name, family, longitude, latitude FROM ess_establishment WHERE ess = 'oui' AND diffusible "
        f"AND longitude IS NOT NULL AND {places.condition} AND {ALIVE} "
        f"ORDER BY jobs_central DESC NULLS LAST, siret LIMIT {MOST_POINTS}",
        {"places": places.parameter, "on": territory.on},
    )
    return tuple(
        {
            "type": "Feature",
            "properties": {"name": row["name"], "family": row["family"]},
            "geometry": {"type": "Point", "coordinates": [row["longitude"], row["latitude"]]},
        }
        for row in rows
    )


def _feature(shape: Any, **properties: Any) -> dict[str, Any]:
    return {
        "type": "Feature",
        "properties": {**properties, "name": properties.get("name") or properties["code"]},
        "geometry": json.loads(shapely.to_geojson(shape)),
    }
