"""What surrounds a commune on its map: the other communes of its intercommunalité."""

import json
from typing import Any

import shapely

from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import Kind
from ancrage.territories.territory import Territory

MOST = 150


def neighbours_of(atlas: Atlas, territory: Territory) -> tuple[dict[str, Any], ...]:
    """GeoJSON features (degrees), by code; none for what is not a commune, nor for one without EPCI."""
    epci = next((one.code.code for one in territory.parents if one.code.kind is Kind.EPCI), None)
    if territory.kind is not Kind.COMMUNE or epci is None:
        return ()
    rows = atlas.warehouse.rows(
        "SELECT o.commune, o.name, o.geometry FROM outline o JOIN commune c ON c.code = o.commune "
        f"WHERE c.vintage = ? AND c.epci = ? AND c.code <> ? ORDER BY o.commune LIMIT {MOST}",
        (territory.vintage, epci, territory.code.code),
    )
    return tuple(
        {
            "type": "Feature",
            "properties": {"couche": "voisine", "code": row["commune"], "name": row["name"]},
            "geometry": json.loads(shapely.to_geojson(shapely.from_wkb(row["geometry"]))),
        }
        for row in rows
        if row["geometry"] is not None
    )
