"""Where the structures asked for are: in a territory, or within so many kilometres of a commune."""

import math
from collections.abc import Callable
from dataclasses import dataclass

from ancrage.errors import DirectoryQueryError
from ancrage.register.directory.query import DirectoryQuery
from ancrage.register.directory.table import TABLE
from ancrage.register.territory_places import register_places
from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import Kind
from ancrage.territories.outlined import UNDRAWN, point_repairs
from ancrage.territories.territory import Territory
from ancrage.warehouse.reading import Row

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
    places = atlas.keeping(register_places)(query.territory).places
    inside = places.condition
    parameters: dict[str, object] = {"places": places.parameter}
    if query.territory.kind is Kind.FRANCE:
        # A structure whose commune nobody found is somewhere in the country.
        inside = f"({inside} OR s.departement IS NULL)"
    if query.radius_km is None:
        return Somewhere(inside, parameters)
    longitude, latitude = atlas.keeping(_centre)(query.territory)
    # Only a commune has a radius, a handful of codes: a list is read faster than the join of a subquery.
    inside = "list_contains($places::VARCHAR[], s.commune)"
    near, box = _box(atlas, tuple(places.parameter), inside, (longitude, latitude, query.radius_km))
    centre = {"x": longitude, "y": latitude, "radius": query.radius_km}
    return Somewhere(f"{near} AND ({inside} OR {DISTANCE} <= $radius)", parameters | centre | box, DISTANCE)


def _centre(atlas: Atlas, territory: Territory) -> tuple[float, float]:
    code = territory.municipal or territory.code.code
    row = atlas.warehouse.row("SELECT longitude, latitude FROM outline WHERE commune = ?", (code,))
    if row is None:
        repairs = point_repairs(atlas)
        why = "aucun contour n'est dans l'entrepôt" if repairs else UNDRAWN
        raise DirectoryQueryError(
            f"La position {territory.of_name} n'est pas connue : {why}.",
            "Demandez son intercommunalité.",
            *repairs,
        )
    return row["longitude"], row["latitude"]


def _box(
    atlas: Atlas, places: tuple[str, ...], inside: str, circle: tuple[float, float, float]
) -> tuple[str, dict[str, object]]:
    """The box that holds the circle, a metre wider, and the structures of the centre itself.

    Four comparisons are made while the table is read: the words and the sines of the rest are spared. There
    is no box when a structure of the centre is of unknown place.
    """
    longitude, latitude, radius_km = circle
    angle = (radius_km + 0.001) / EARTH_KM
    across = math.degrees(math.asin(min(1.0, math.sin(angle) / math.cos(math.radians(latitude)))))
    along = math.degrees(angle)
    own = atlas.keeping(_extent)(places, inside)
    if own["unplaced"]:
        return "true", {}
    return "s.y BETWEEN $south AND $north AND s.x BETWEEN $west AND $east", {
        "south": _widest(min, own["south"], latitude - along),
        "north": _widest(max, own["north"], latitude + along),
        "west": _widest(min, own["west"], longitude - across),
        "east": _widest(max, own["east"], longitude + across),
    }


def _extent(atlas: Atlas, places: tuple[str, ...], inside: str) -> Row:
    """Where the structures of the centre are, and how many are of unknown place."""
    found = atlas.warehouse.row(
        "SELECT min(y) AS south, max(y) AS north, min(x) AS west, max(x) AS east, "
        f"count(*) - count(y) AS unplaced FROM {TABLE} s WHERE {inside}",
        {"places": list(places)},
    )
    return found or {}


def _widest(furthest: Callable[[float, float], float], own: float | None, circle: float) -> float:
    return circle if own is None else furthest(own, circle)
