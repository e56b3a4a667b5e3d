"""The contracts themselves: the last ones for a screen, all of them for a file."""

from collections.abc import Iterator

from ancrage.procurement.bought.shares import Scope
from ancrage.warehouse.reading import Row, Warehouse

COLUMNS = """p.key, p.buyer_siren, p.number, p.object, p.cpv, p.procedure, p.notified_on, p.published_on,
    p.amount, p.first_amount, p.changed, p.months, p.offers, p.social, p.environmental, p.ess, p.family,
    p.siae, p.adapted, p.local, p.small, p.flaws, p.source, p.file"""
BATCH = 5_000


def latest(warehouse: Warehouse, scope: Scope, most: int) -> list[Row]:
    """The contracts notified last, with their holders."""
    return _rows(warehouse, scope, f"ORDER BY p.notified_on DESC NULLS LAST, p.key LIMIT {int(most)}")


def every(warehouse: Warehouse, scope: Scope) -> Iterator[Row]:
    """Every contract, the last notified first, some thousands at a time."""
    at = 0
    while rows := _rows(
        warehouse,
        scope,
        f"ORDER BY p.notified_on DESC NULLS LAST, p.key LIMIT {BATCH} OFFSET {at}",
    ):
        yield from rows
        at += len(rows)


def _rows(warehouse: Warehouse, scope: Scope, ending: str) -> list[Row]:
    where = scope.where
    return warehouse.rows(
        f"""
        WITH asked AS (SELECT {COLUMNS} FROM purchase p WHERE {where} {ending})
        SELECT a.*, h.holders FROM asked a LEFT JOIN (
            SELECT key,
                list({{'id': id, 'name': name, 'ess': ess, 'reason': reason}} ORDER BY rank) AS holders
            FROM purchase_holder WHERE key IN (SELECT key FROM asked)
                AND buyer_siren IN (SELECT buyer_siren FROM asked) GROUP BY key
        ) h ON h.key = a.key ORDER BY a.notified_on DESC NULLS LAST, a.key
        """,
        scope.values,
    )
