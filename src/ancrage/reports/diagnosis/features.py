"""The map of a diagnosis as GeoJSON (WGS 84): its layers, and the zonings communes may be coloured by."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from ancrage.diagnosis.model import Diagnosis
from ancrage.diagnosis.places_around import PlaceAround
from ancrage.reports.maps import shaded_zoning

Feature = Mapping[str, Any]


def features_of(diagnosis: Diagnosis) -> dict[str, Any]:
    """A GeoJSON collection whose features say their layer (``couche``): territoire, commune, qpv, structure.

    A commune carries its verdict for each zoning under ``v_<zoning>``: nested values do not cross to the
    browser's renderer. ``zonages`` lists those zonings, ``zonage`` the one to begin with.
    """
    outline = diagnosis.outline
    if outline is None:
        return {"type": "FeatureCollection", "features": []}
    drawn = [
        *_layer("territoire", (outline.territory,) if outline.territory else ()),
        *_layer("commune", tuple(map(_flat, outline.communes))),
        *_layer("qpv", outline.zones),
        *_layer("structure", outline.points),
    ]
    shaded = shaded_zoning(diagnosis)
    known = {name for commune in outline.communes for name in _verdicts(commune)}
    return {
        "type": "FeatureCollection",
        "features": drawn,
        "zonages": [{"id": one.id, "nom": one.label} for one in diagnosis.zonings if one.id in known],
        "zonage": shaded.id if shaded else None,
    }


def surrounded(
    collection: dict[str, Any], neighbours: Iterable[Feature], places: Iterable[PlaceAround]
) -> dict[str, Any]:
    """The same map with its neighbours under it (« voisine »), places of support on it (« appui »).

    An empty map stays empty.
    """
    if not collection["features"]:
        return collection
    added = [
        {
            "type": "Feature",
            "properties": {"couche": "appui", "name": one.name, "detail": one.network},
            "geometry": {"type": "Point", "coordinates": [one.longitude, one.latitude]},
        }
        for one in places
    ]
    return {**collection, "features": [*neighbours, *collection["features"], *added]}


def features_of_several(diagnoses: Sequence[Diagnosis]) -> dict[str, Any]:
    """The maps of several territories as one; a zoning that any of them tells may colour it."""
    maps = [features_of(one) for one in diagnoses]
    zonings = {zoning["id"]: zoning for one in maps for zoning in one.get("zonages", ())}
    first = next((one["zonage"] for one in maps if one.get("zonage")), None)
    features = [feature for one in maps for feature in one["features"]]
    return {
        "type": "FeatureCollection",
        "features": features,
        "zonages": list(zonings.values()),
        "zonage": first,
    }


def _layer(name: str, features: tuple[Feature, ...]) -> list[dict[str, object]]:
    return [{**one, "properties": {**one["properties"], "couche": name}} for one in features]


def _verdicts(commune: Feature) -> Mapping[str, str]:
    found: Mapping[str, str] = commune["properties"].get("verdicts") or {}
    return found


def _flat(commune: Feature) -> Feature:
    about = {name: value for name, value in commune["properties"].items() if name != "verdicts"}
    verdicts = {f"v_{zoning}": verdict for zoning, verdict in _verdicts(commune).items()}
    return {**commune, "properties": about | verdicts}
