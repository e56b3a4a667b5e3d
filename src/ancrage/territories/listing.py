"""Territories listed by code: all those of a kind, the communes of one."""

from datetime import date

from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import Kind, TerritoryCode
from ancrage.territories.finding import Match
from ancrage.territories.territory import Named, Territory
from ancrage.warehouse.reading import Row

TABLES = {Kind.COMMUNE: "commune", Kind.ARRONDISSEMENT_MUNICIPAL: "municipal_arrondissement"}
"""Kinds that have a table of their own; the others are in that of the units."""


def all_of(atlas: Atlas, kind: Kind, *, on: date, after: str = "") -> list[Match]:
    """Those of a kind on a day, by code, from the one that follows ``after``."""
    table = TABLES.get(kind, "unit")
    rows = atlas.warehouse.rows(
        f"SELECT code, name FROM {table} WHERE vintage = ? AND code > ? "
        f"{'AND kind = ? ' if table == 'unit' else ''}ORDER BY code",
        (atlas.vintage_on(on), after, *((kind.value,) if table == "unit" else ())),
    )
    return [
        Match(Named(code, row["name"]), 100, code.label, "liste")
        for row in rows
        for code in [TerritoryCode(kind, row["code"])]
    ]


def communes_inside(atlas: Atlas, territory: Territory, *, after: str = "") -> list[Row]:
    """Its communes by code, from the one that follows ``after``: where each belongs, how many live there."""
    where, parameters = atlas.inside(territory)
    return atlas.warehouse.rows(
        "SELECT code, name, population, epci, departement, region FROM commune c "
        f"WHERE {where} AND c.code > ? ORDER BY c.code",
        (*parameters, after),
    )
