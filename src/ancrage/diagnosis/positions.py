"""Where a territory is, when no outline of its communes is known: their town halls, and the départements.

A point is no limit: nothing here says how far a commune reaches.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from ancrage.reasoning import Verdict
from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import Kind
from ancrage.territories.territory import Territory
from ancrage.territories.zonings.answering import verdicts_by_commune

MOST = 600
"""Communes shown, the most peopled first."""
AROUND_DEGREES = 0.25
"""How far neighbours are looked for around a commune: some twenty-five kilometres."""
MOST_NEIGHBOURS = 60
NOWHERE = (Kind.FRANCE, Kind.QPV)
"""What town halls do not place: the whole country is drawn elsewhere, a quarter is not its commune."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A commune at its town hall. ``own``: whether it is of the territory, or a neighbour."""

    code: str
    name: str
    longitude: float
    latitude: float
    population: int
    own: bool
    verdicts: Mapping[str, Verdict] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Positions:
    """The communes of a territory and, around a commune, its neighbours. ``communes``: how many it has."""

    territory: Territory
    spots: tuple[Spot, ...]
    departements: tuple[str, ...]
    communes: int

    @property
    def own(self) -> tuple[Spot, ...]:
        """Those of the territory."""
        return tuple(one for one in self.spots if one.own)


def is_placed(atlas: Atlas, territory: Territory) -> bool:
    """Whether the point of one of its communes is known."""
    if territory.kind in NOWHERE or territory.municipal:
        return False
    return atlas.keeping(_is_placed)(territory)


def _is_placed(atlas: Atlas, territory: Territory) -> bool:
    where, parameters = atlas.inside(territory)
    return bool(
        atlas.warehouse.row(
            f"SELECT 1 AS one FROM commune c JOIN outline o ON o.commune = c.code WHERE {where} LIMIT 1",
            parameters,
        )
    )


def positions_of(atlas: Atlas, territory: Territory) -> Positions | None:
    """Its communes at their town halls; ``None`` where none is known."""
    if not is_placed(atlas, territory):
        return None
    where, parameters = atlas.inside(territory)
    rows = atlas.warehouse.rows(
        f"SELECT {SPOT}, c.departement FROM commune c JOIN outline o ON o.commune = c.code "
        f"WHERE {where} ORDER BY c.population DESC NULLS LAST, c.code LIMIT {MOST}",
        parameters,
    )
    verdicts = verdicts_by_commune(atlas, territory) if len(rows) > 1 else {}
    own = tuple(_spot(row, own=True, verdicts=verdicts.get(row["code"], {})) for row in rows)
    around = _around(atlas, territory, own[0]) if territory.kind is Kind.COMMUNE else ()
    departements = dict.fromkeys(row["departement"] for row in rows if row["departement"])
    return Positions(territory, (*around, *own), tuple(departements), len(territory.communes))


SPOT = "c.code, c.name, o.longitude, o.latitude, coalesce(c.population, 0) AS population"


def _around(atlas: Atlas, territory: Territory, here: Spot) -> tuple[Spot, ...]:
    """The other communes of its intercommunalité, and those whose town hall is near, the nearest first."""
    epci = next((one.code.code for one in territory.parents if one.code.kind is Kind.EPCI), "")
    rows = atlas.warehouse.rows(
        f"SELECT {SPOT} FROM commune c JOIN outline o ON o.commune = c.code "
        "WHERE c.vintage = $vintage AND c.code <> $here AND (c.epci = $epci "
        "OR (abs(o.longitude - $x) < $around AND abs(o.latitude - $y) < $around)) "
        "ORDER BY (o.longitude - $x) ** 2 + (o.latitude - $y) ** 2, c.code "
        f"LIMIT {MOST_NEIGHBOURS}",
        {
            "vintage": territory.vintage,
            "here": here.code,
            "epci": epci,
            "x": here.longitude,
            "y": here.latitude,
            "around": AROUND_DEGREES,
        },
    )
    return tuple(_spot(row, own=False) for row in rows)


def _spot(row: Mapping[str, object], *, own: bool, verdicts: Mapping[str, Verdict] | None = None) -> Spot:
    return Spot(
        str(row["code"]),
        str(row["name"]),
        float(str(row["longitude"])),
        float(str(row["latitude"])),
        int(str(row["population"])),
        own,
        verdicts or {},
    )
