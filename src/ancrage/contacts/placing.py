"""Where contacts receive: the commune of their address, or the seat of what they serve."""

import math
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from ancrage.contacts.finding import Contact
from ancrage.language.folding import plain_words, sql_words
from ancrage.register.directory.places import EARTH_KM
from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import departement_of
from ancrage.warehouse.reading import Row, Warehouse

AT_THE_END = re.compile(r"(\d{5})\s+([^,]+?)\s*$")
CORSE = {"20": ("2A", "2B")}
SPELT = {"st": "saint", "ste": "sainte"}
Point = tuple[float, float]
MOST_ADDRESSES = 8_192
TOWN = "town_named"
TOWNS = (
    f"SELECT c.vintage, c.departement, {sql_words('c.name')} AS words, c.population, o.longitude, o.latitude "
    "FROM commune c JOIN outline o ON o.commune = c.code WHERE o.longitude IS NOT NULL "
    "ORDER BY c.vintage, c.departement"
)
"""Communes of every vintage with their name spelt plainly, and where they are."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A point, in degrees; ``seat``: it is that of the chief town of what the contact serves."""

    point: Point
    seat: bool = False


def kilometres(one: Point, other: Point) -> float:
    """Straight kilometres between two points (haversine)."""
    (x, y), (u, v) = (map(math.radians, point) for point in (one, other))
    half = math.sin((v - y) / 2) ** 2 + math.cos(y) * math.cos(v) * math.sin((u - x) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(min(1.0, half)))


def spots(atlas: Atlas, contacts: Iterable[Contact], *, vintage: int) -> Mapping[Contact, Spot]:
    """Where each is, those of unknown place left out."""
    asked = tuple(contacts)
    written = {one: found for one in asked if (found := town_written(one.address))}
    names = {(each, name) for departements, name in written.values() for each in departements}
    towns = _towns(atlas, names, vintage) if names else {}
    seats = _seats(atlas, {one.territory for one in asked}, vintage)
    placed = {}
    for one in asked:
        departements, name = written.get(one, ((), ""))
        town = next((towns[each, name] for each in departements if (each, name) in towns), None)
        if town:
            placed[one] = Spot(town)
        elif one.territory in seats:
            placed[one] = Spot(seats[one.territory], seat=True)
    return placed


@lru_cache(maxsize=MOST_ADDRESSES)
def town_written(address: str) -> tuple[tuple[str, ...], str] | None:
    """The départements and the town that an address ends with."""
    found = AT_THE_END.search(address)
    if found is None:
        return None
    code, town = found.groups()
    words = [SPELT.get(word, word) for word in plain_words(town)]
    kept = words[: words.index("cedex")] if "cedex" in words else words
    return CORSE.get(code[:2], (departement_of(code),)), " ".join(kept)


def _towns(atlas: Atlas, names: Collection[tuple[str, str]], vintage: int) -> dict[tuple[str, str], Point]:
    """Points of the communes so named, by département and name; the largest of those that share one."""
    open_towns(atlas.warehouse)
    written = atlas.warehouse.has_written(TOWN)
    rows = atlas.warehouse.rows(
        f"SELECT departement, words, longitude, latitude FROM {TOWN if written else f'({TOWNS})'} "
        "JOIN (SELECT unnest($places) AS departement, unnest($names) AS words) USING (departement, words) "
        "WHERE vintage = $vintage AND departement IN (SELECT unnest($places)) "
        "ORDER BY population NULLS FIRST",
        {"vintage": vintage, "places": [one for one, _ in names], "names": [name for _, name in names]},
    )
    return {(row["departement"], row["words"]): (row["longitude"], row["latitude"]) for row in rows}


def open_towns(warehouse: Warehouse) -> None:
    """Make known to an edition the names of its communes, as an address spells them."""
    warehouse.derive(TOWN, TOWNS)


def _seats(atlas: Atlas, territories: set[str], vintage: int) -> dict[str, Point]:
    """Points of the chief towns of départements and regions, and of communes."""
    wide = atlas.holding(_wide_seats, answers=len(atlas.vintages))(vintage)
    found = {one: wide[one] for one in territories if one in wide}
    communes = [one[4:] for one in territories if one[:4] == "com:"]
    if not communes:
        return found
    rows = atlas.warehouse.rows(
        "SELECT 'com:' || commune AS territory, longitude, latitude FROM outline "
        "WHERE longitude IS NOT NULL AND commune IN (SELECT unnest(?))",
        (communes,),
    )
    return found | _points(rows)


def _wide_seats(atlas: Atlas, vintage: int) -> dict[str, Point]:
    """Those of every département and region, which every page asks."""
    rows = atlas.warehouse.rows(
        "SELECT CASE kind WHEN 'region' THEN 'reg:' ELSE 'dep:' END || code AS territory, "
        "longitude, latitude FROM unit JOIN outline ON outline.commune = unit.seat "
        "WHERE vintage = ? AND longitude IS NOT NULL AND kind IN ('departement', 'region')",
        (vintage,),
    )
    return _points(rows)


def _points(rows: Iterable[Row]) -> dict[str, Point]:
    return {row["territory"]: (row["longitude"], row["latitude"]) for row in rows}
