"""Where to open next, as plain values: JSON and GeoJSON. An unknown value is ``None``."""

from typing import Any

import numpy as np

from ancrage.optimum import Proof
from ancrage.siting.result import Siting, Totals
from ancrage.siting.territory import TerritorySiting

Plain = dict[str, Any]


def siting_as_json(opened: TerritorySiting) -> Plain:
    """The openings with stable keys; distances in straight kilometres."""
    siting = opened.siting
    return {
        "model": "couverture_maximale" if siting.question.radius_km else "p_mediane",
        "radius_km": siting.question.radius_km,
        "unit": opened.unit,
        "weight": siting.weight,
        "asked": siting.question.sites,
        "candidates": len(siting.question.candidates),
        "sites": _sites(siting),
        "before": _totals(siting.before),
        "after": _totals(siting.after),
        "proof": _proof(siting.proof),
        "curve": [{"sites": point.sites, **_proof(point.proof)} for point in siting.curve],
        "unknown_weights": list(siting.unknown),
        "unlocated": list(opened.unlocated),
        "unplaced": list(opened.unplaced),
        "outside": list(opened.outside),
        "distances": "vol_d_oiseau",
    }


def _sites(siting: Siting) -> list[Plain]:
    longitudes, latitudes = siting.opened.positions.degrees()
    return [
        {
            "rank": rank,
            "code": one.id,
            "name": one.name,
            "longitude": round(float(longitude), 6),
            "latitude": round(float(latitude), 6),
            "newly_served": one.newly_served,
            "places_served": one.places_served,
            "saved_km": one.saved_km,
            "nearest_weight": one.nearest_weight,
        }
        for rank, (one, longitude, latitude) in enumerate(
            zip(siting.chosen, longitudes, latitudes, strict=True), 1
        )
    ]


def _totals(totals: Totals) -> Plain:
    return {
        "sites": totals.sites,
        "served": totals.served,
        "mean_km": totals.mean_km,
        "farthest_km": totals.farthest_km,
        "farthest": totals.farthest,
    }


def _proof(proof: Proof) -> Plain:
    """``gap``: at most how much better a choice could be, 0 to 1."""
    return {"value": proof.value, "bound": proof.bound, "gap": proof.gap, "proven": proof.proven}


def siting_as_geojson(opened: TerritorySiting) -> Plain:
    """Points (WGS 84) to lay on any map: ``role`` is ``ouverture``, ``existant`` or ``commune``."""
    siting = opened.siting
    asked = siting.question
    near = asked.demand.positions.nearest_ranks(asked.existing.positions)
    sites = [
        _point(one["longitude"], one["latitude"], {"role": "ouverture", **one}) for one in _sites(siting)
    ]
    existing = asked.existing.take(near)
    kept = [
        _point(lon, lat, {"role": "existant", "id": place, "name": name})
        for lon, lat, place, name in zip(
            *existing.positions.degrees(), existing.ids, existing.names, strict=True
        )
    ]
    communes = [
        _point(
            lon,
            lat,
            {
                "role": "commune",
                "code": asked.demand.ids[rank],
                "name": asked.demand.names[rank],
                "weight": _known(float(asked.weights[rank])),
                "before_km": _known(float(siting.before_km[rank])),
                "after_km": _known(float(siting.after_km[rank])),
            },
        )
        for rank, (lon, lat) in enumerate(zip(*asked.demand.positions.degrees(), strict=True))
    ]
    return {"type": "FeatureCollection", "features": [*sites, *kept, *communes]}


def _known(value: float) -> float | None:
    return value if np.isfinite(value) else None


def _point(longitude: float, latitude: float, properties: Plain) -> Plain:
    place = [round(float(longitude), 6), round(float(latitude), 6)]
    return {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": place},
        "properties": {
            key: value for key, value in properties.items() if key not in ("longitude", "latitude")
        },
    }
