"""Where a place is: its own coordinates if they can be believed, else the point of its commune."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from ancrage.cells.codes import repair_commune_code
from ancrage.coverage.places import SupportPlace
from ancrage.language.numbers import typed
from ancrage.territories.atlas import Atlas
from ancrage.territories.commune_codes import CommuneCodes, commune_codes
from ancrage.territories.gazetteer.former import Query

BOXES = (
    (-5.6, 41.2, 9.8, 51.3),
    (-61.9, 15.7, -60.9, 16.6),
    (-61.3, 14.3, -60.7, 15.0),
    (-54.7, 2.0, -51.5, 6.0),
    (55.1, -21.5, 55.9, -20.8),
    (44.9, -13.1, 45.4, -12.5),
    (-63.2, 17.8, -62.7, 18.2),
    (-56.5, 46.7, -56.1, 47.2),
    (158.0, -23.0, 172.1, -18.0),
    (-154.8, -28.0, -134.4, -7.8),
    (-178.3, -14.5, -176.0, -13.1),
)
"""Longitudes and latitudes (west, south, east, north) that hold the French lands, overseas ones included."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What placing needs: the codes that lead to communes, and the points of these."""

    codes: CommuneCodes
    points: Mapping[str, tuple[float, float]]


NOWHERE = Ground(CommuneCodes({}, {}, {}), {})
"""No commune is known: enough to check that a list can be read."""


def ground_of(atlas: Atlas) -> Ground:
    """What placing needs, from an edition."""
    return ground_from(atlas.warehouse.rows)


def ground_from(rows: Query) -> Ground:
    """Codes of every time carried to the latest vintage, and points of the outlines (longitude, latitude)."""
    latest = rows("SELECT max(vintage) AS vintage FROM commune", ())[0]["vintage"]
    outlines = rows("SELECT commune, longitude, latitude FROM outline WHERE longitude IS NOT NULL", ())
    return Ground(
        commune_codes(rows, latest),
        {row["commune"]: (row["longitude"], row["latitude"]) for row in outlines},
    )


def placed(
    place: SupportPlace, commune: str, longitude: str, latitude: str, ground: Ground
) -> SupportPlace | str:
    """The place with its position, or why it can have none, in French; ``remark``: how its code was read."""
    code, told = repair_commune_code(commune), ground.codes.read(commune)
    known = told.value
    read = replace(place, commune=known, remark=told.sentence)
    position = _position(longitude, latitude)
    if isinstance(position, str) and known is None and not place.zones:
        return position
    if isinstance(position, tuple):
        return replace(read, longitude=position[0], latitude=position[1])
    doubt = position or ""
    point = ground.points.get(code or "") or ground.points.get(known or "")
    if point is not None:
        return replace(read, longitude=point[0], latitude=point[1], by_commune=True, doubt=doubt)
    if known is None and not place.zones:
        return f"ni coordonnées, ni commune connue{f' ({told.remark})' if told.remark else ''}"
    return replace(read, doubt=doubt)


def _position(longitude: str, latitude: str) -> tuple[float, float] | str | None:
    """Degrees; ``None`` when none is written; a French reason when they cannot be believed."""
    if not longitude and not latitude:
        return None
    try:
        lon, lat = float(typed(longitude)), float(typed(latitude))
    except ValueError:
        return f"coordonnées illisibles ({longitude} ; {latitude})"
    if in_france(lon, lat):
        return lon, lat
    if in_france(lat, lon):
        return f"latitude et longitude échangées ({latitude} ; {longitude})"
    return f"hors de France ({latitude} ; {longitude})"


def in_france(longitude: float, latitude: float) -> bool:
    """Whether degrees fall in a box that holds French lands."""
    return any(west <= longitude <= east and south <= latitude <= north for west, south, east, north in BOXES)
