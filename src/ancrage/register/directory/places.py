"""Where the structures asked for are: in a territory, or within so many kilometres of a commune."""

import math
from dataclasses import dataclass

from ancrage.errors import DirectoryQueryError
from ancrage.register.directory.query import DirectoryQuery
from ancrage.register.territory_places import register_places
from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import Kind

EARTH_KM = 6371.0088
"""Mean radius of the Earth (IUGG)."""

DISTANCE = (
    f"2 * {EARTH_KM} * asin(sqrt(least(1.0, sin(radians(s.y - $y) / 2) ** 2 "
    "+ cos(radians($y)) * cos(radians(s.y)) * sin(radians(s.x - $x) / 2) ** 2)))"
)
"""SQL: straight kilometres (haversine) from the centre to where a structure is measured from."""


@dataclass(frozen=True, slots=True)
class Somewhere:
    """A SQL condition over the directory ``s``, its parameters; ``distance``: SQL of kilometres, or NULL."""

    condition: str
    parameters: dict[str, object]
    distance: str = "NULL::DOUBLE"


def somewhere(atlas: Atlas, query: DirectoryQuery) -> Somewhere:
    """Where a question looks. Raises :class:`DirectoryQueryError` when the centre has no known place."""
    places = register_places(atlas, query.territory).places
    inside = places.condition
    parameters: dict[str, object] = {"places": places.parameter}
    if query.territory.kind is Kind.FRANCE:
        # A structure whose commune nobody found is somewhere in the country.
        inside = f"({inside} OR s.departement IS NULL)"
    if query.radius_km is None:
        return Somewhere(inside, parameters)
    longitude, latitude = _centre(atlas, query)
    near, box = _box(longitude, latitude, query.radius_km)
    condition = f"({inside} OR ({near} AND {DISTANCE} <= $radius))"
    centre = {"x": longitude, "y": latitude, "radius": query.radius_km}
    return Somewhere(condition, parameters | centre | box, DISTANCE)


def _centre(atlas: Atlas, query: DirectoryQuery) -> tuple[float, float]:
    code = query.territory.municipal or query.territory.code.code
    row = atlas.warehouse.row("SELECT longitude, latitude FROM outline WHERE commune = ?", (code,))
    if row is None:
        raise DirectoryQueryError(
            f"La position de {query.territory.name} n'est pas connue : aucun contour n'est dans l'entrepôt.",
            "Synchronisez les contours (ancrage sources sync contours-communes), puis ancrage entrepot "
            "construire ; ou demandez son intercommunalité.",
        )
    return row["longitude"], row["latitude"]


def _box(longitude: float, latitude: float, radius_km: float) -> tuple[str, dict[str, object]]:
    """The box that holds the circle, a metre wider: comparing two numbers spares most of the sines."""
    angle = (radius_km + 0.001) / EARTH_KM
    across = math.degrees(math.asin(min(1.0, math.sin(angle) / math.cos(math.radians(latitude)))))
    along = math.degrees(angle)
    return "s.y BETWEEN $south AND $north AND s.x BETWEEN $west AND $east", {
        "south": latitude - along,
        "north": latitude + along,
        "west": longitude - across,
        "east": longitude + across,
    }
