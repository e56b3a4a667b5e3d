"""Where a place is: its own coordinates if they can be believed, else the point of its commune."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

from ancrage.cells.codes import repair_commune_code
from ancrage.coverage.places import SupportPlace
from ancrage.language.numbers import typed
from ancrage.territories.atlas import Atlas
from ancrage.warehouse.reading import Row

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
    """What placing needs: the commune of each code known (arrondissements included), and their points."""

    communes: Mapping[str, str]
    points: Mapping[str, tuple[float, float]]


Query = Callable[[str, Sequence[object]], list[Row]]


def ground_of(atlas: Atlas) -> Ground:
    """What placing needs, from an edition."""
    return ground_from(atlas.warehouse.rows)


def ground_from(rows: Query) -> Ground:
    """Codes of every vintage carried to the latest, and points of the outlines (longitude, latitude)."""
    latest = rows("SELECT max(vintage) AS vintage FROM commune", ())[0]["vintage"]
    communes = {
        row["code"]: row["code"] for row in rows("SELECT code FROM commune WHERE vintage = ?", (latest,))
    }
    for row in rows("SELECT before, after FROM lineage WHERE to_vintage = ? ORDER BY ALL", (latest,)):
        communes.setdefault(row["before"], row["after"])
    for row in rows("SELECT DISTINCT code, commune FROM municipal_arrondissement", ()):
        communes[row["code"]] = row["commune"]
    outlines = rows("SELECT commune, longitude, latitude FROM outline WHERE longitude IS NOT NULL", ())
    return Ground(communes, {row["commune"]: (row["longitude"], row["latitude"]) for row in outlines})


def placed(
    place: SupportPlace, commune: str, longitude: str, latitude: str, ground: Ground
) -> SupportPlace | str:
    """The place with its position, or why it can have none, in French."""
    code = repair_commune_code(commune)
    known = ground.communes.get(code) if code else None
    position = _position(longitude, latitude)
    if isinstance(position, str) and known is None and not place.zones:
        return position
    if isinstance(position, tuple):
        return replace(place, commune=known, longitude=position[0], latitude=position[1])
    doubt = position or ""
    point = ground.points.get(code or "") or ground.points.get(known or "")
    if point is not None:
        return replace(
            place, commune=known, longitude=point[0], latitude=point[1], by_commune=True, doubt=doubt
        )
    if known is None and not place.zones:
        return "ni coordonnées, ni commune connue"
    return replace(place, commune=known, doubt=doubt)


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
