"""What could have been reserved: contracts not reserved whose object structures of insertion sell near by."""

from collections.abc import Sequence
from dataclasses import dataclass

from ancrage.procurement.bought.shares import COUNTED, DIMENSIONS, Scope, Tally
from ancrage.register.buying import BoughtAs, bought
from ancrage.register.catalogue import siae_kinds
from ancrage.warehouse.reading import Warehouse


@dataclass(frozen=True, slots=True)
class Reservable:
    """A kind of purchase: contracts that said they were not reserved, those that say nothing, who sells it.

    ``suppliers``: structures of insertion and adapted ones of the départements of the buyers whose published
    activity answers. A purchase is an opening to look at, never a right missed: nothing says their capacity.
    """

    cpv: str
    label: str
    open: Tally
    unsaid: Tally
    suppliers: int


def reservable(
    warehouse: Warehouse, scope: Scope, departements: Sequence[str] | None
) -> tuple[Reservable, ...]:
    """Each kind of purchase that structures sell, the most valuable first.

    ``departements``: ``None`` for all.
    """
    kinds = bought()
    told = _tallies(warehouse, scope, kinds)
    suppliers = _suppliers(warehouse, departements)
    rows = [
        Reservable(key.cpv, key.label, found["non"], found["a_verifier"], _answering(suppliers, key.naf))
        for key, found in told.items()
    ]
    return tuple(sorted(rows, key=lambda one: (-one.open.value - one.unsaid.value, one.cpv)))


def _tallies(
    warehouse: Warehouse, scope: Scope, kinds: Sequence[BoughtAs]
) -> dict[BoughtAs, dict[str, Tally]]:
    """Contracts of each kind: a code goes with the longest declared beginning it has."""
    rows = warehouse.rows(
        f"SELECT cpv, {DIMENSIONS['reserve']} AS verdict, {COUNTED} FROM purchase WHERE {scope.where} "
        "AND cpv IS NOT NULL GROUP BY ALL",
        scope.values,
    )
    longest = sorted(kinds, key=lambda one: -len(one.cpv))
    found: dict[BoughtAs, dict[str, Tally]] = {}
    for row in rows:
        kind = next((one for one in longest if row["cpv"].startswith(one.cpv)), None)
        if kind is not None:
            by = found.setdefault(kind, {"non": Tally(), "a_verifier": Tally()})
            by[row["verdict"]] = by.get(row["verdict"], Tally()) + Tally.of(row)
    return found


def _suppliers(warehouse: Warehouse, departements: Sequence[str] | None) -> list[tuple[str, str]]:
    """SIRET and activity of the structures of insertion and adapted ones, of these départements."""
    kinds = [one.id for one in siae_kinds().values() if one.scheme in ("iae", "handicap")]
    where = "true" if departements is None else "departement IN (SELECT unnest($departements))"
    values: dict[str, object] = {"kinds": kinds}
    if departements is not None:
        values["departements"] = list(departements)
    rows = warehouse.rows(
        "SELECT DISTINCT siret, naf FROM listed_structure WHERE NOT fictitious AND naf IS NOT NULL "
        f"AND list_contains($kinds, kind) AND {where}",
        values,
    )
    return [(row["siret"], row["naf"]) for row in rows]


def _answering(suppliers: Sequence[tuple[str, str]], naf: tuple[str, ...]) -> int:
    return len({siret for siret, activity in suppliers if activity.startswith(naf)})
