"""A diagnosis as GeoJSON (RFC 7946, WGS 84): the territory, its communes and their zonings, its quarters."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ancrage.diagnosis.model import Diagnosis, Outline
from ancrage.reports.cartography import properties
from ancrage.reports.wording import FICTITIOUS, is_fictitious

Feature = dict[str, Any]


def diagnosis_geojson(diagnosis: Diagnosis) -> str:
    """Write the map of a diagnosis. Without outlines the territory is there with its answers, drawn nowhere.

    Names of establishments are left out: the register and its reserves are not a layer to be copied.
    """
    document = {
        "type": "FeatureCollection",
        "name": f"{diagnosis.territory.name} au {diagnosis.territory.on.isoformat()}",
        "avertissement": FICTITIOUS if is_fictitious(diagnosis) else None,
        "sources": [_source(one) for one in diagnosis.sources],
        "features": list(_features(diagnosis)),
    }
    return json.dumps(document, ensure_ascii=False)


def _source(source: Any) -> dict[str, Any]:
    return {
        "titre": source.title,
        "producteur": source.producer,
        "millesime": source.vintage,
        "licence": source.licence,
        "adresse": source.href,
        "fictive": source.fictitious,
    }


def _features(diagnosis: Diagnosis) -> Iterator[Feature]:
    outline = diagnosis.outline or Outline()
    yield _feature(outline.territory, _territory(diagnosis))
    day = diagnosis.territory.on.isoformat()
    for commune in outline.communes:
        about = properties(commune)
        told = about.get("verdicts")
        verdicts = told if isinstance(told, Mapping) else {}
        yield _feature(
            commune,
            {
                "genre": "commune",
                "code": about.get("code"),
                "nom": about.get("name"),
                "jour": day,
                **{zoning.id: verdicts.get(zoning.id) for zoning in diagnosis.zonings},
            },
        )
    for zone in outline.zones:
        about = properties(zone)
        named = {"code": about.get("code"), "nom": about.get("name"), "jour": day}
        yield _feature(zone, {"genre": "quartier prioritaire", **named})


def _territory(diagnosis: Diagnosis) -> dict[str, Any]:
    territory, ess = diagnosis.territory, diagnosis.ess
    return {
        "genre": "territoire",
        "code": territory.code,
        "nom": territory.name,
        "jour": territory.on.isoformat(),
        "population": territory.population,
        "etablissements_ess": ess.establishments if ess else None,
        "emplois_ess_valeur_centrale": ess.jobs.central if ess else None,
        "part_ess_employeurs": ess.share_of_employers if ess else None,
        "fictif": is_fictitious(diagnosis),
        **{zoning.id: zoning.verdict.value for zoning in diagnosis.zonings},
    }


def _feature(shape: Mapping[str, Any] | None, about: dict[str, Any]) -> Feature:
    """A feature; the shape may be a bare geometry, a feature, or nothing known."""
    geometry = shape.get("geometry") if shape and shape.get("type") == "Feature" else shape
    return {"type": "Feature", "geometry": geometry, "properties": about}
