"""What is known of the legal units that hold contracts: the register first, else their form."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import pyarrow as pa

from ancrage.errors import InvalidCodeError
from ancrage.register.catalogue import legal_categories
from ancrage.register.perimeter import UnitSigns, decide
from ancrage.register.workforce import workforce

UNIT_SCHEMA = pa.schema(
    [
        *((name, pa.string()) for name in ("siren", "name", "ess", "family", "reason", "departement")),
        ("created", pa.date32()),
        ("low", pa.int64()),
        ("high", pa.int64()),
        ("alone", pa.bool_()),
    ]
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A legal unit as a list tells it; ``kinds``: those under which lists of insertion name it."""

    siren: str
    name: str
    legal_category: str | None
    created: date | None
    band: str
    establishments: str
    postcode: str
    kinds: tuple[str, ...]


def unit_row(unit: Unit) -> dict[str, Any]:
    """The unit decided as the register does (:mod:`ancrage.register.perimeter`), its size as an interval."""
    decision = decide(UnitSigns(unit.legal_category, siae_kinds=unit.kinds or None), legal_categories())
    try:
        size = workforce(unit.band or None, mark=None)
    except InvalidCodeError:
        size = None
    return {
        "siren": unit.siren,
        "name": unit.name or None,
        "ess": str(decision.verdict),
        "family": decision.family,
        "reason": decision.reasons[0] if decision.reasons else "",
        "created": unit.created,
        "low": size.low if size else None,
        "high": size.high if size else None,
        "departement": _departement(unit.postcode),
        "alone": unit.establishments == "1",
    }


def _departement(postcode: str) -> str | None:
    """Département of a postcode; Corsica writes 20 for both of hers."""
    if len(postcode) != 5 or not postcode.isdigit() or postcode.startswith("20"):
        return None
    return postcode[:3] if postcode.startswith(("97", "98")) else postcode[:2]


UNITS = """
CREATE TABLE units AS
WITH wanted AS (SELECT DISTINCT siren FROM holders WHERE siren IS NOT NULL),
known AS (
    SELECT siren, any_value(ess) AS ess, any_value(family) AS family,
        CASE WHEN $whole THEN min(created) END AS created,
        sum(jobs_low) FILTER (active) AS low,
        CASE WHEN $whole AND bool_and(jobs_high IS NOT NULL OR NOT coalesce(employer, true)) FILTER (active)
             THEN coalesce(sum(jobs_high) FILTER (active), 0) END AS high
    FROM establishment WHERE NOT fictitious AND siren IN (SELECT siren FROM wanted) GROUP BY siren
), told AS (
    SELECT siren, any_value(name) AS name, any_value(reasons[1]) AS reason FROM ess_establishment
    WHERE NOT fictitious AND siren IN (SELECT siren FROM wanted) GROUP BY siren
)
SELECT w.siren, coalesce(t.name, p.name) AS name, coalesce(k.ess, p.ess) AS ess,
    CASE WHEN k.siren IS NULL THEN p.family ELSE k.family END AS family,
    CASE WHEN k.siren IS NULL THEN 'forme' ELSE 'registre' END AS basis,
    CASE WHEN k.siren IS NULL THEN p.reason ELSE coalesce(t.reason, 'Registre : hors de l’ESS') END
        AS reason,
    coalesce(k.created, p.created) AS created,
    coalesce(p.low, k.low) AS low, coalesce(p.high, k.high) AS high,
    p.departement, coalesce(p.alone, false) AS alone
FROM wanted w LEFT JOIN known k USING (siren) LEFT JOIN told t USING (siren)
LEFT JOIN told_units p USING (siren)
WHERE k.siren IS NOT NULL OR p.siren IS NOT NULL
"""

PLACES = """
CREATE TABLE places AS
SELECT siret, any_value(departement) AS departement FROM establishment
WHERE NOT fictitious AND siret IN (SELECT siret FROM holders) GROUP BY siret
"""
