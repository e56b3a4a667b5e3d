"""The communes of a territory as points to serve and places to open in."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np

from ancrage.errors import MissingSourceError, SitingError
from ancrage.siting.positions import Floats, Places, Positions
from ancrage.territories.atlas import Atlas
from ancrage.territories.outlined import UNDRAWN, point_repairs
from ancrage.territories.territory import Territory
from ancrage.warehouse.reading import Row

OUTLINES_VINTAGE = 2022
"""Year of the outlines published: older or newer communes are found through the lineage."""


@dataclass(frozen=True, slots=True, eq=False)
class LocatedCommunes:
    """Communes whose place is known, their population (NaN unknown), and the names of the others.

    A commune is a point inside its outline, not its village: a few kilometres may separate them.
    """

    places: Places
    populations: Floats
    unlocated: tuple[str, ...]


def located_communes(atlas: Atlas, territory: Territory) -> LocatedCommunes:
    """Communes of a territory as points.

    Raises :class:`MissingSourceError` in an edition without outlines, :class:`SitingError` when no commune of
    the territory has one.
    """
    where, parameters = atlas.inside(territory)
    rows = atlas.warehouse.rows(
        "SELECT c.code, c.name, c.population, o.longitude, o.latitude FROM commune c "
        f"LEFT JOIN outline o ON o.commune = c.code WHERE {where} ORDER BY c.code",
        parameters,
    )
    carried = carried_points(atlas, territory, [row["code"] for row in rows if row["longitude"] is None])
    points = {row["code"]: row if row["longitude"] is not None else carried.get(row["code"]) for row in rows}
    located = [row for row in rows if points[row["code"]] is not None]
    if not located:
        told = f"Le contour des communes {territory.of_name} n'est pas connu : il n'y a pas de distance."
        if repairs := point_repairs(atlas):
            raise MissingSourceError(told, "", *repairs)
        raise SitingError(told, f"Demandez un territoire plus large : {UNDRAWN}.")
    found = [point for row in located if (point := points[row["code"]]) is not None]
    return LocatedCommunes(
        places=Places(
            tuple(row["code"] for row in located),
            tuple(row["name"] for row in located),
            Positions.from_degrees([p["longitude"] for p in found], [p["latitude"] for p in found]),
        ),
        populations=np.array([np.nan if (p := row["population"]) is None else p for row in located], float),
        unlocated=tuple(row["name"] for row in rows if points[row["code"]] is None),
    )


def outline_codes(atlas: Atlas, territory: Territory, codes: Iterable[str]) -> dict[str, str]:
    """Commune of each outline: the one of its code, else the only one it became or came from.

    An outline shared by several communes (a merger before the outlines, a split since) is no one's but that
    of its own code: nothing tells where in it the others are.
    """
    inside = set(codes)
    return kin_outlines(atlas.lineage, territory.vintage, inside) | {code: code for code in inside}


def kin_outlines(lineage: Iterable[Row], vintage: int, communes: Collection[str]) -> dict[str, str]:
    """Commune of each outline of another code that became it, or came from it, and no other."""
    forward = vintage >= OUTLINES_VINTAGE
    sharing: dict[str, set[str]] = {}
    for row in lineage:
        if {row["from_vintage"], row["to_vintage"]} == {OUTLINES_VINTAGE, vintage}:
            outline, commune = (row["before"], row["after"]) if forward else (row["after"], row["before"])
            sharing.setdefault(outline, set()).add(commune)
    alone = {outline: min(found) for outline, found in sharing.items() if len(found) == 1}
    return {outline: one for outline, one in alone.items() if one in communes and outline not in communes}


def carried_points(atlas: Atlas, territory: Territory, codes: Iterable[str]) -> dict[str, Row]:
    """Point of communes without an outline of their code: that of the largest they are made of."""
    kin = kin_outlines(atlas.lineage, territory.vintage, set(codes))
    if not kin:
        return {}
    rows = atlas.warehouse.rows(
        "SELECT commune, longitude, latitude FROM outline WHERE commune IN (SELECT unnest(?)) ORDER BY area",
        (sorted(kin),),
    )
    return {kin[row["commune"]]: row for row in rows}
