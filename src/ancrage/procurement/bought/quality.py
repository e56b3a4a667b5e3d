"""What the data of a buyer is worth, said before any indicator."""

from dataclasses import dataclass

from ancrage.procurement.bought.shares import Scope
from ancrage.procurement.bought.vocabulary import Flaw
from ancrage.warehouse.reading import Row, Warehouse


@dataclass(frozen=True, slots=True)
class Quality:
    """Flaws of the contracts, and of how many; what files say of amendments and of publications replaced.

    ``known_holders``: holders whose legal unit a source knows, out of ``holders``; ``silent``: contracts that
    say nothing of social considerations.
    """

    contracts: int
    flaws: tuple[tuple[Flaw, int], ...]
    sound: int
    silent: int
    holders: int
    known_holders: int
    amended: int
    replaced: int
    to_come: int


def quality_of(warehouse: Warehouse, scope: Scope) -> Quality:
    """Count the flaws of a scope."""
    counts = warehouse.rows(
        f"SELECT flaw, count(*) AS n FROM (SELECT unnest(flaws) AS flaw FROM purchase WHERE {scope.where}) "
        "GROUP BY flaw",
        scope.values,
    )
    by = {Flaw(row["flaw"]): row["n"] for row in counts}
    whole = warehouse.rows(
        "SELECT count(*) AS contracts, count(*) FILTER (len(flaws) = 0) AS sound, "
        "count(*) FILTER (social IS NULL) AS silent, count(*) FILTER (changed > 0) AS amended, "
        f"coalesce(sum(holders), 0) AS holders FROM purchase WHERE {scope.where}",
        scope.values,
    )[0]
    return Quality(
        contracts=whole["contracts"],
        flaws=tuple((flaw, by[flaw]) for flaw in Flaw if flaw in by),
        sound=whole["sound"],
        silent=whole["silent"],
        holders=int(whole["holders"]),
        known_holders=_known(warehouse, scope),
        amended=whole["amended"],
        replaced=_replaced(warehouse, scope),
        to_come=_to_come(warehouse, scope),
    )


def _known(warehouse: Warehouse, scope: Scope) -> int:
    found = warehouse.row(
        "SELECT count(*) AS n FROM purchase_holder h JOIN (SELECT key, buyer_siren AS buyer FROM purchase "
        f"WHERE {scope.where}) p ON p.key = h.key AND p.buyer = h.buyer_siren WHERE h.basis <> 'inconnu'",
        scope.values,
    )
    return int(found["n"]) if found else 0


def _of_buyers(scope: Scope) -> tuple[str, dict[str, object]]:
    if scope.sirens is None:
        return "true", {}
    return "buyer_siren IN (SELECT unnest($sirens))", {"sirens": list(scope.sirens)}


def _replaced(warehouse: Warehouse, scope: Scope) -> int:
    where, values = _of_buyers(scope)
    text = f"SELECT count(*) AS n FROM purchase_change WHERE kind = 'publication' AND {where}"
    found = warehouse.row(text, values)
    return int(found["n"]) if found else 0


def _to_come(warehouse: Warehouse, scope: Scope) -> int:
    where, values = _of_buyers(scope)
    found = warehouse.row(
        f"SELECT count(*) AS n FROM purchase WHERE notified_on > $on AND {where}", values | {"on": scope.on}
    )
    return int(found["n"]) if found else 0


def account(warehouse: Warehouse) -> list[Row]:
    """What became of each line of the files read: every one of them is there."""
    return warehouse.rows(
        "SELECT source, file, fate, reason, lines FROM purchase_account ORDER BY source, file, fate, reason"
    )
