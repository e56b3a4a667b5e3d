"""How far a contact is: from the commune its address ends with to the territory, as the crow flies."""

import re
from collections.abc import Sequence
from math import asin, cos, radians, sin, sqrt

from ancrage.language.folding import bare
from ancrage.territories.atlas import Atlas
from ancrage.territories.territory import Territory

END_OF_ADDRESS = re.compile(r"(?P<postcode>\d{5})\s+(?P<town>\D.*?)(?:\s+cedex\b.*)?$", re.IGNORECASE)
EARTH_KM = 6371.0
Point = tuple[float, float]


def distance_to(atlas: Atlas, territory: Territory, address: str) -> float | None:
    """Kilometres to the commune of an address from the middle of a territory; ``None`` where one is unknown.

    ``0.0`` when the address is in the territory.
    """
    commune = atlas.keeping(commune_of_address)(address, territory.vintage)
    if commune is None:
        return None
    if commune in territory.communes:
        return 0.0
    there, here = _points(atlas, (commune,)), atlas.keeping(_middle)(territory)
    return round(_kilometres(here, there[0]), 1) if here and there else None


def commune_of_address(atlas: Atlas, address: str, vintage: int) -> str | None:
    """The commune that the end of an address names: of its postcode, or of its département for a CEDEX."""
    found = END_OF_ADDRESS.search(address)
    if found is None:
        return None
    rows = atlas.warehouse.rows(
        "SELECT code, name FROM commune WHERE vintage = ? AND (code IN (SELECT commune FROM postcode "
        "WHERE postcode = ? AND vintage = ?) OR code[:2] = ?) ORDER BY code",
        (vintage, found["postcode"], vintage, found["postcode"][:2]),
    )
    town = bare(found["town"])
    return next((str(row["code"]) for row in rows if bare(str(row["name"])) == town), None)


def _middle(atlas: Atlas, territory: Territory) -> Point | None:
    points = _points(atlas, territory.communes)
    if not points:
        return None
    return sum(x for x, _ in points) / len(points), sum(y for _, y in points) / len(points)


def _points(atlas: Atlas, communes: Sequence[str]) -> list[Point]:
    rows = atlas.warehouse.rows(
        "SELECT longitude, latitude FROM outline "
        "WHERE longitude IS NOT NULL AND commune IN (SELECT unnest(?)) ORDER BY commune",
        (list(communes),),
    )
    return [(row["longitude"], row["latitude"]) for row in rows]


def _kilometres(one: Point, other: Point) -> float:
    """Great-circle distance between two points in degrees."""
    (x, y), (z, t) = ((radians(a), radians(b)) for a, b in (one, other))
    half = sin((t - y) / 2) ** 2 + cos(y) * cos(t) * sin((z - x) / 2) ** 2
    return 2 * EARTH_KM * asin(sqrt(half))
