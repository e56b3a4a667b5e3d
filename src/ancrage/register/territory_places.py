"""How a territory is written in the register: SIRENE uses today's codes, and municipal arrondissements."""

from dataclasses import dataclass, field

from ancrage.register.fabric import Places
from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import Kind, departement_of
from ancrage.territories.territory import Territory

WHOLE_DEPARTEMENTS = (Kind.DEPARTEMENT, Kind.REGION, Kind.FRANCE)


@dataclass(frozen=True, slots=True)
class RegisterPlaces:
    """Where to count in the register, and the départements concerned.

    ``wider`` names communes that the register cannot tell apart: a commune that merged since the day asked
    has no establishment of its own any more, only those of the new commune can be counted.
    """

    places: Places
    departements: frozenset[str]
    wider: tuple[str, ...] = field(default=())


def register_places(atlas: Atlas, territory: Territory) -> RegisterPlaces:
    """Places of a territory in the register."""
    if territory.kind in WHOLE_DEPARTEMENTS:
        whole = atlas.departements_of(territory)
        return RegisterPlaces(Places(departements=whole), frozenset(whole))
    departements = frozenset(departement_of(commune) for commune in territory.communes)
    if territory.kind is Kind.QPV:
        return RegisterPlaces(Places(quarter=territory.code.code), departements)
    if territory.municipal:
        return RegisterPlaces(Places(codes=(territory.municipal,)), departements)
    latest = atlas.vintages[-1]
    changes = [
        row
        for row in atlas.lineage
        if row["from_vintage"] == territory.vintage and row["to_vintage"] == latest
    ]
    inside = set(territory.communes)
    left = {row["before"] for row in changes} & inside
    heirs = {row["after"] for row in changes if row["before"] in inside}
    today = (inside - left) | heirs
    wider = {row["after"] for row in changes if row["after"] in today and row["before"] not in inside}
    municipal = {code for commune in today for code in atlas.municipal_of.get(commune, ())}
    codes = today | municipal | _former_codes(atlas, today, latest)
    return RegisterPlaces(Places(codes=tuple(sorted(codes))), departements, tuple(sorted(wider)))


def _former_codes(atlas: Atlas, communes: set[str], latest: int) -> set[str]:
    """Codes of communes since merged into these: a stock published before the merger still writes them."""
    rows = [row for row in atlas.lineage if row["to_vintage"] == latest]
    kept = {row["after"] for row in rows}
    return {row["before"] for row in rows if row["after"] in communes and row["before"] not in kept}
