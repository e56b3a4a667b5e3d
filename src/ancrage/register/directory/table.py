"""The table of the directory: ESS establishments, then the structures that a list alone tells.

A structure that SIRENE hides has no name here, whichever list publishes it: one hidden establishment hides
its whole unit. Its commune stays, since SIRENE publishes it.
"""

from ancrage.language.folding import sql_words
from ancrage.register.fabric import DEPARTEMENT_OF_COMMUNE
from ancrage.register.tables import ASSOCIATION, LISTED_STRUCTURE
from ancrage.warehouse.reading import Warehouse

TABLE = "structure_directory"
NO_NAME = "\uffff"
"""What a structure without a name is sorted under: after every name."""


_SIAE = """
SELECT siret, min(name) AS name, min(commune) AS commune, list(DISTINCT kind ORDER BY kind) AS kinds,
    any_value(longitude) AS longitude, any_value(latitude) AS latitude, min(qpv) AS qpv,
    any_value(qpv_codes) AS qpv_codes, min(qpv_reason) AS qpv_reason, bool_or(fictitious) AS fictitious,
    NULL::VARCHAR AS departement, NULL::VARCHAR AS naf, NULL::VARCHAR AS section,
    NULL::VARCHAR AS address, NULL::VARCHAR AS postcode
FROM siae GROUP BY siret
"""
"""The lists of an edition built before all that they say was kept."""

_NO_NUMBER = "SELECT NULL::VARCHAR AS siren, NULL::VARCHAR AS rna WHERE false"

_RANK = "CASE WHEN list = 'siae' THEN 0 ELSE 1 END"
_PLACED = f"CASE WHEN longitude IS NULL THEN 2 ELSE 0 END + {_RANK}"
_LISTED = f"""
SELECT siret, arg_min(coalesce(brand, name), {_RANK}) AS name, arg_min(commune, {_RANK}) AS commune,
    list(DISTINCT kind ORDER BY kind) AS kinds, arg_min(longitude, {_RANK}) AS longitude,
    arg_min(latitude, {_RANK}) AS latitude, arg_min(qpv, {_PLACED}) AS qpv,
    arg_min(qpv_codes, {_PLACED}) AS qpv_codes, arg_min(qpv_reason, {_PLACED}) AS qpv_reason,
    bool_or(fictitious) AS fictitious, arg_min(departement, {_RANK}) AS departement,
    arg_min(naf, {_RANK}) AS naf, arg_min(section, {_RANK}) AS section,
    arg_min(address, {_RANK}) AS address, arg_min(postcode, {_RANK}) AS postcode
FROM {LISTED_STRUCTURE.name} GROUP BY siret
"""
"""What the lists say of a structure: that of the SIAE first, the only one that gives a point."""


def _rows(listed: str) -> str:
    return f"""
SELECT s.siret, siren, s.name, diffusible, head_office, s.commune, s.departement, created, closed, active,
    coalesce(s.naf, l.naf) AS naf, coalesce(s.section, l.section) AS section, legal_category, employer, band,
    jobs_low, jobs_central, jobs_high, ess, family, reasons,
    CASE WHEN l.kinds IS NULL THEN siae_kinds
        ELSE list_sort(list_distinct(list_concat(coalesce(siae_kinds, []), l.kinds))) END AS kinds,
    s.longitude, s.latitude, s.qpv, s.qpv_codes, s.qpv_reason, s.fictitious, true AS registered,
    l.address, l.postcode
FROM ess_establishment s LEFT JOIN ({listed}) l ON l.siret = s.siret
UNION ALL
SELECT l.siret, l.siret[:9], l.name, true, NULL, l.commune,
    coalesce({DEPARTEMENT_OF_COMMUNE.replace("commune", "l.commune")}, l.departement),
    e.created, e.closed, coalesce(e.active, true), coalesce(e.naf, l.naf), coalesce(e.section, l.section),
    NULL, e.employer, e.band, e.jobs_low,
    e.jobs_central, e.jobs_high, 'a_verifier', e.family, [], l.kinds, l.longitude, l.latitude, l.qpv,
    l.qpv_codes, l.qpv_reason, l.fictitious, e.siret IS NOT NULL, l.address, l.postcode
FROM ({listed}) l LEFT JOIN establishment e ON e.siret = l.siret
WHERE l.siret NOT IN (SELECT siret FROM ess_establishment WHERE siret IN (SELECT siret FROM ({listed})))
"""


_HIDDEN = "SELECT DISTINCT siren FROM ess_establishment WHERE NOT diffusible"


def _directory(listed: str, numbered: str) -> str:
    """Rows stay in the order of ``ess_establishment``, by commune; those of a list alone come last.

    Sorting them all again would take six times the memory that a server leaves to it.
    """
    return f"""
SELECT *, CASE WHEN sorted_name <> '{NO_NAME}' THEN ' ' || sorted_name END AS searched
FROM (SELECT s.* EXCLUDE (shown) REPLACE (
        shown AS diffusible,
        CASE WHEN shown THEN s.name END AS name,
        CASE WHEN shown THEN s.address END AS address,
        CASE WHEN shown THEN s.postcode END AS postcode,
        CASE WHEN shown THEN s.longitude END AS longitude,
        CASE WHEN shown THEN s.latitude END AS latitude
    ),
    CASE WHEN shown THEN a.rna END AS rna,
    coalesce(nullif(CASE WHEN shown THEN {sql_words("s.name")} END, ''), '{NO_NAME}') AS sorted_name,
    CASE WHEN shown AND s.longitude IS NOT NULL AND s.latitude IS NOT NULL
        THEN s.longitude ELSE o.longitude END AS x,
    CASE WHEN shown AND s.longitude IS NOT NULL AND s.latitude IS NOT NULL
        THEN s.latitude ELSE o.latitude END AS y
FROM (SELECT r.*, r.diffusible AND h.siren IS NULL AS shown
        FROM ({_rows(listed)}) r LEFT JOIN ({_HIDDEN}) h ON h.siren = r.siren) s
    LEFT JOIN outline o ON o.commune = s.commune LEFT JOIN ({numbered}) a ON a.siren = s.siren)
"""


def open_directory(warehouse: Warehouse) -> None:
    """Make the table known to the edition; it is worked out when first asked.

    Besides those of ``ess_establishment``: ``kinds`` (SIAE, ESAT…), ``registered`` (found in SIRENE),
    ``address`` and ``postcode`` (as a list publishes them, NULL elsewhere),
    ``rna`` (number of the association), ``sorted_name``, ``searched`` (each word after a space; NULL without
    a name), and ``x``, ``y`` (degrees): where it is measured from, its own point or its commune's.
    """
    listed = _LISTED if warehouse.holds(LISTED_STRUCTURE.name) else _SIAE
    numbered = f"FROM {ASSOCIATION.name}" if warehouse.holds(ASSOCIATION.name) else _NO_NUMBER
    warehouse.derive(TABLE, _directory(listed, numbered))
