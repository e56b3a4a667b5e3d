"""The table of the directory: ESS establishments, then inclusion enterprises their own list alone tells.

A structure that SIRENE hides has no name here, whichever list publishes it: one hidden establishment hides
its whole unit. Its commune stays, since SIRENE publishes it.
"""

from ancrage.language.folding import sql_words
from ancrage.register.fabric import DEPARTEMENT_OF_COMMUNE
from ancrage.warehouse.reading import Warehouse

TABLE = "structure_directory"
NO_NAME = "\uffff"
"""What a structure without a name is sorted under: after every name."""


_LISTED = """
SELECT siret, min(name) AS name, min(commune) AS commune, list(DISTINCT kind ORDER BY kind) AS kinds,
    any_value(longitude) AS longitude, any_value(latitude) AS latitude, min(qpv) AS qpv,
    any_value(qpv_codes) AS qpv_codes, min(qpv_reason) AS qpv_reason, bool_or(fictitious) AS fictitious
FROM siae GROUP BY siret
"""

_ROWS = f"""
SELECT siret, siren, name, diffusible, head_office, commune, departement, created, closed, active, naf,
    section, legal_category, employer, band, jobs_low, jobs_central, jobs_high, ess, family, reasons,
    siae_kinds AS kinds, longitude, latitude, qpv, qpv_codes, qpv_reason, fictitious, true AS registered
FROM ess_establishment
UNION ALL
SELECT l.siret, l.siret[:9], l.name, true, NULL, l.commune,
    {DEPARTEMENT_OF_COMMUNE.replace("commune", "l.commune")},
    e.created, e.closed, coalesce(e.active, true), e.naf, e.section, NULL, e.employer, e.band, e.jobs_low,
    e.jobs_central, e.jobs_high, 'a_verifier', e.family, [], l.kinds, l.longitude, l.latitude, l.qpv,
    l.qpv_codes, l.qpv_reason, l.fictitious, e.siret IS NOT NULL
FROM ({_LISTED}) l LEFT JOIN establishment e ON e.siret = l.siret
WHERE l.siret NOT IN (SELECT siret FROM ess_establishment)
"""

_SHOWN = "s.diffusible AND s.siren NOT IN (SELECT siren FROM ess_establishment WHERE NOT diffusible)"

_DIRECTORY = f"""
SELECT *, CASE WHEN sorted_name <> '{NO_NAME}' THEN ' ' || sorted_name END AS searched
FROM (SELECT s.* REPLACE (
        {_SHOWN} AS diffusible,
        CASE WHEN {_SHOWN} THEN s.name END AS name,
        CASE WHEN {_SHOWN} THEN s.longitude END AS longitude,
        CASE WHEN {_SHOWN} THEN s.latitude END AS latitude
    ),
    coalesce(nullif(CASE WHEN {_SHOWN} THEN {sql_words("s.name")} END, ''), '{NO_NAME}') AS sorted_name,
    CASE WHEN {_SHOWN} AND s.longitude IS NOT NULL AND s.latitude IS NOT NULL
        THEN s.longitude ELSE o.longitude END AS x,
    CASE WHEN {_SHOWN} AND s.longitude IS NOT NULL AND s.latitude IS NOT NULL
        THEN s.latitude ELSE o.latitude END AS y
FROM ({_ROWS}) s LEFT JOIN outline o ON o.commune = s.commune)
ORDER BY commune, siret
"""


def open_directory(warehouse: Warehouse) -> None:
    """Make the table known to the edition; it is worked out when first asked.

    Besides those of ``ess_establishment``: ``kinds`` (SIAE), ``registered`` (found in SIRENE),
    ``sorted_name``, ``searched`` (each word after a space; NULL without a name), and ``x``, ``y`` (degrees):
    where it is measured from, its own point or its commune's.
    """
    warehouse.derive(TABLE, _DIRECTORY)
