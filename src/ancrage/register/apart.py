"""Inclusion enterprises that are not among the establishments of the ESS, as the register knows them.

They are looked for once in the forty million establishments of a country, not at each question.
"""

from ancrage.warehouse.reading import Warehouse

APART = "siae_apart"

_APART = """
WITH listed AS (SELECT DISTINCT siret FROM siae)
SELECT l.siret, e.created, e.closed, e.active
FROM listed l LEFT JOIN (
    SELECT siret, created, closed, active FROM establishment WHERE siret IN (SELECT siret FROM listed)
) e ON e.siret = l.siret
WHERE l.siret NOT IN (SELECT siret FROM ess_establishment WHERE siret IN (SELECT siret FROM listed))
ORDER BY l.siret
"""


def open_apart(warehouse: Warehouse) -> None:
    """Make the table known to the edition; it is worked out when first asked.

    ``siret``; ``created``, ``closed``, ``active`` as the register has them, NULL where it has not the SIRET.
    """
    warehouse.derive(APART, _APART)
