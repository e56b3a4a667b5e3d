"""The structures of the ESS of a territory on a day, noted: those that are open, those that closed since."""

from collections.abc import Iterator

from ancrage.changes.noting import Noted, Sort, Standing
from ancrage.changes.sides import Side
from ancrage.register.catalogue import families
from ancrage.register.tables import ESS_ESTABLISHMENT
from ancrage.register.territory_places import register_places
from ancrage.warehouse.reading import Row

UNNAMED = "Structure dont le nom n’est pas diffusé"


def noted(side: Side) -> Iterator[Noted]:
    """Structures by SIRET. None where the edition holds no register."""
    if not side.atlas.warehouse.holds(ESS_ESTABLISHMENT.name):
        return
    places = register_places(side.atlas, side.territory).places
    rows = side.atlas.warehouse.rows(
        "SELECT siret, name, created, closed, family, naf FROM ess_establishment "
        f"WHERE {places.condition} AND ess = 'oui' AND (created IS NULL OR created <= $on) "
        "AND (active OR closed IS NOT NULL) AND (closed IS NULL OR closed > $gone_since) ORDER BY siret",
        {"places": places.parameter, "on": side.on, "gone_since": side.gone_since},
    )
    for row in rows:
        yield _noted(row, side)


def _noted(row: Row, side: Side) -> Noted:
    over = row["closed"] is not None and row["closed"] <= side.on
    family = families().get(row["family"] or "")
    told = (("Famille", family.label if family else ""), ("Activité", row["naf"]))
    return Noted(
        key=f"structure:{row['siret']}",
        sort=Sort.STRUCTURE,
        label=row["name"] or UNNAMED,
        standing=Standing.FINI if over else Standing.OUI,
        parts=tuple((name, str(words)) for name, words in told if words),
        since=row["created"],
        until=row["closed"],
        subject=row["siret"],
    )
