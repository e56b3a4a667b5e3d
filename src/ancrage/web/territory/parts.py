"""What a territory is made of, as lists of links: its régions, départements, intercommunalités, communes."""

from collections.abc import Iterator
from dataclasses import dataclass

from ancrage.language.folding import bare
from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import Kind, TerritoryCode
from ancrage.territories.territory import Territory

INSIDE = {
    Kind.FRANCE: (Kind.REGION,),
    Kind.REGION: (Kind.DEPARTEMENT, Kind.EPCI),
    Kind.DEPARTEMENT: (Kind.EPCI, Kind.COMMUNE),
}
"""What is listed of the largest ones; of any other, its communes."""
TITLES = {
    Kind.REGION: "Régions",
    Kind.DEPARTEMENT: "Départements",
    Kind.EPCI: "Intercommunalités",
    Kind.COMMUNE: "Communes",
}
SHOWN = 16
"""Longest list that is not folded."""


@dataclass(frozen=True, slots=True)
class Inside:
    """Those of a kind, by name: code and name of each."""

    title: str
    members: tuple[tuple[str, str], ...]

    @property
    def folded(self) -> bool:
        """Whether it is too long to be shown at once."""
        return len(self.members) > SHOWN


def parts_of(atlas: Atlas, territory: Territory) -> tuple[Inside, ...]:
    """Lists of what it is made of; none for a commune, nor for a part of one."""
    if territory.kind is Kind.QPV or territory.municipal or len(territory.communes) < 2:
        return ()
    return atlas.keeping(_parts)(territory)


def _parts(atlas: Atlas, territory: Territory) -> tuple[Inside, ...]:
    return tuple(_lists(atlas, territory))


def _lists(atlas: Atlas, territory: Territory) -> Iterator[Inside]:
    for kind in INSIDE.get(territory.kind, (Kind.COMMUNE,)):
        rows = _communes(atlas, territory) if kind is Kind.COMMUNE else _units(atlas, territory, kind)
        named = ((str(TerritoryCode(kind, code)), name) for code, name in rows)
        if members := tuple(sorted(named, key=lambda one: bare(one[1]))):
            yield Inside(TITLES[kind], members)


def _communes(atlas: Atlas, territory: Territory) -> list[tuple[str, str]]:
    where, parameters = atlas.inside(territory)
    rows = atlas.warehouse.rows(f"SELECT code, name FROM commune c WHERE {where}", parameters)
    return [(row["code"], row["name"]) for row in rows]


def _units(atlas: Atlas, territory: Territory, kind: Kind) -> list[tuple[str, str]]:
    where, parameters = atlas.inside(territory)
    rows = atlas.warehouse.rows(
        "SELECT code, name FROM unit u WHERE u.vintage = ? AND u.kind = ? AND u.code IN "
        f"(SELECT DISTINCT {kind.value} FROM commune c WHERE {where})",
        (territory.vintage, kind.value, *parameters),
    )
    return [(row["code"], row["name"]) for row in rows]
