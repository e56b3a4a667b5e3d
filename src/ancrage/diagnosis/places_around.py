"""Places of support in a territory and around it, for its map."""

from dataclasses import dataclass

from ancrage.coverage.kinds import get_kind
from ancrage.territories.atlas import Atlas
from ancrage.territories.territory import Territory

AROUND_DEGREES = 0.15
"""How far around its communes places are shown: some fifteen kilometres."""
MOST = 1500


@dataclass(frozen=True, slots=True)
class PlaceAround:
    """A place of support: its name, its network in French, its point in degrees."""

    name: str
    network: str
    longitude: float
    latitude: float


def places_around(atlas: Atlas, territory: Territory) -> tuple[PlaceAround, ...]:
    """Places inside the box that holds the communes, widened; none where no commune has a point."""
    rows = atlas.warehouse.rows(
        "WITH box AS (SELECT min(longitude) AS west, max(longitude) AS east, min(latitude) AS south, "
        "max(latitude) AS north FROM outline WHERE commune IN (SELECT unnest($communes))) "
        "SELECT kind, name, p.longitude, p.latitude FROM support_place p, box "
        "WHERE p.longitude BETWEEN west - $margin AND east + $margin "
        f"AND p.latitude BETWEEN south - $margin AND north + $margin ORDER BY kind, name LIMIT {MOST}",
        {"communes": list(territory.communes), "margin": AROUND_DEGREES},
    )
    return tuple(
        PlaceAround(row["name"], get_kind(row["kind"]).label, row["longitude"], row["latitude"])
        for row in rows
    )
