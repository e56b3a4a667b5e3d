"""The places of support in a territory, as the lists of an edition name them."""

from collections.abc import Iterator

from ancrage.changes.noting import Noted, Sort
from ancrage.changes.sides import Side
from ancrage.coverage.tables import SUPPORT_PLACE


def noted(side: Side) -> Iterator[Noted]:
    """Places by network and identifier. Lists tell no day: a place comes and goes with an edition."""
    if not side.atlas.warehouse.holds(SUPPORT_PLACE.name):
        return
    rows = side.atlas.warehouse.rows(
        "SELECT kind, id, name, commune, itinerant FROM support_place "
        "WHERE commune IN (SELECT unnest($communes)) ORDER BY kind, id",
        {"communes": list(side.territory.communes)},
    )
    for row in rows:
        parts = (("Nom", row["name"]), ("Commune", row["commune"]))
        yield Noted(f"lieu:{row['kind']}:{row['id']}", Sort.LIEU, row["name"], parts=parts)
