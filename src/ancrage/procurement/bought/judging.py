"""Of the ESS, of insertion, local, small: each holder judged on the day of its contract, then the contract.

What is not known is *à vérifier*: a holder without a valid identifier, a unit that no source at hand names,
absence from a list that does not speak of the day of the contract. A contract of several holders is judged as
the house judges any whole made of parts (:func:`ancrage.reasoning.spread`).
"""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ancrage.procurement.bought.sorting import HOLDER, KEPT

if TYPE_CHECKING:
    import duckdb

NEAR_DAYS = 366
"""Days between a list and a contract within which absence from the list means something."""
SMALL = 50
"""Employees under which a firm is small: recommandation 2003/361/CE, article 2 (turnover is not known)."""
VERDICTS = ("ess", "siae", "adapted", "local", "small")


@dataclass(frozen=True, slots=True)
class Lists:
    """The day of the list of insertion structures, and whether it is whole; ``None``: not known."""

    siae_on: date | None
    siae_whole: bool


HOLDERS = f"""
CREATE TABLE holders AS
WITH written AS (
    SELECT f.key, min(f.seq) AS seq, unnest(flatten(list(l.holders ORDER BY l.seq))) AS holder
    FROM fates f JOIN lines l USING (seq)
    WHERE f.fate IN ('{KEPT}', '{HOLDER}')
    GROUP BY f.key
), each_once AS (
    SELECT key, holder.id AS id, holder.known AS known, any_value(holder.name) AS name,
        any_value(nullif(holder.departement, '')) AS told_departement
    FROM written GROUP BY key, holder.id, holder.known, CASE WHEN holder.id = '' THEN holder.name END
)
SELECT *, row_number() OVER (PARTITION BY key ORDER BY id, name) AS rank,
    CASE WHEN known = 'valide' THEN left(id, 9) END AS siren,
    CASE WHEN known = 'valide' AND length(id) = 14 THEN id END AS siret
FROM each_once
"""

JUDGED = f"""
CREATE TABLE judged AS
WITH asked AS (
    SELECT h.*, k.notified_on, b.siren AS buyer_siren, b.departement AS buyer_departement
    FROM holders h JOIN kept k USING (key) JOIN buyers b ON b.siren = left(k.buyer, 9)
)
SELECT a.key, a.buyer_siren, a.rank, a.id, a.known, a.siren,
    coalesce(nullif(a.name, ''), u.name) AS name,
    coalesce(p.departement, a.told_departement, CASE WHEN u.alone THEN u.departement END) AS place,
    CASE WHEN a.siren IS NULL OR u.siren IS NULL OR u.created > a.notified_on THEN 'a_verifier'
         ELSE u.ess END AS ess,
    CASE WHEN u.created > a.notified_on THEN NULL ELSE u.family END AS family,
    CASE WHEN a.siren IS NULL OR u.siren IS NULL THEN 'inconnu' ELSE u.basis END AS basis,
    CASE WHEN a.siren IS NULL THEN 'L’identifiant écrit ne désigne aucune unité légale'
         WHEN u.siren IS NULL THEN 'Aucune source lue ne connaît cette unité légale'
         WHEN u.created > a.notified_on THEN 'Unité créée après la notification, selon sa source'
         ELSE u.reason END AS reason,
    CASE WHEN a.siret IN (SELECT siret FROM insertion) THEN 'oui'
         WHEN a.siren IS NULL OR a.siren IN (SELECT siren FROM insertion) THEN 'a_verifier'
         WHEN $siae_whole AND abs(date_diff('day', CAST($siae_on AS DATE), a.notified_on)) <= {NEAR_DAYS}
         THEN 'non' ELSE 'a_verifier' END AS siae,
    CASE WHEN a.siret IN (SELECT siret FROM adapted) THEN 'oui' ELSE 'a_verifier' END AS adapted,
    CASE WHEN place IS NULL OR a.buyer_departement IS NULL THEN 'a_verifier'
         WHEN place = a.buyer_departement THEN 'oui' ELSE 'non' END AS local,
    CASE WHEN u.low >= {SMALL} THEN 'non' WHEN u.high < {SMALL} THEN 'oui' ELSE 'a_verifier' END AS small
FROM asked a
LEFT JOIN units u ON u.siren = a.siren
LEFT JOIN places p ON p.siret = a.siret
"""


def _spread(column: str) -> str:
    """As :func:`ancrage.reasoning.spread`, over the holders of a contract."""
    return (
        f"CASE WHEN bool_and({column} = 'oui') THEN 'oui' WHEN bool_and({column} = 'non') THEN 'non' "
        f"WHEN bool_or({column} = 'oui') AND bool_or({column} = 'non') THEN 'partiel' "
        f"ELSE 'a_verifier' END AS {column}"
    )


_BOTH = (
    "CASE WHEN local = 'non' OR small = 'non' THEN 'non' WHEN local = 'oui' AND small = 'oui' THEN 'oui' "
    "ELSE 'a_verifier' END AS local_small"
)
SPREAD = f"""
CREATE TABLE verdicts AS
WITH each AS (SELECT *, {_BOTH} FROM judged)
SELECT key, count(*) AS holders, {", ".join(_spread(one) for one in (*VERDICTS, "local_small"))},
    CASE count(DISTINCT family) FILTER (ess = 'oui') WHEN 0 THEN NULL
         WHEN 1 THEN any_value(family) FILTER (ess = 'oui') ELSE 'plusieurs' END AS family,
    CASE count(DISTINCT basis) WHEN 1 THEN any_value(basis) ELSE 'plusieurs' END AS basis
FROM each GROUP BY key
"""


def name_holders(engine: "duckdb.DuckDBPyConnection") -> None:
    """Create ``holders``, each once a contract, from ``lines`` and ``fates``."""
    engine.execute(HOLDERS)


def judge(engine: "duckdb.DuckDBPyConnection", lists: Lists) -> None:
    """Create ``judged`` (holders) and ``verdicts`` (contracts).

    The engine holds ``holders``, ``kept``, ``buyers``, ``units``, ``places``, ``insertion`` and ``adapted``.
    """
    engine.execute(JUDGED, {"siae_on": lists.siae_on, "siae_whole": lists.siae_whole})
    engine.execute(SPREAD)
