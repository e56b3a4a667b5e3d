"""Table of the features by which territories are compared, and of their populations."""

from pathlib import Path

from ancrage.territories.tables import (
    COMMUNE,
    COMMUNE_AREA,
    LEGAL_POPULATION,
    LINEAGE,
    MUNICIPAL_ARRONDISSEMENT,
    OUTLINE,
    TERRITORY_FEATURE,
    UNIT,
    UNIT_MEMBER,
)
from ancrage.warehouse.engines import connect
from ancrage.warehouse.writing import quoted, write

READ = (
    COMMUNE,
    COMMUNE_AREA,
    LEGAL_POPULATION,
    LINEAGE,
    MUNICIPAL_ARRONDISSEMENT,
    OUTLINE,
    UNIT,
    UNIT_MEMBER,
)

# A population is compared with the first vintage's only where no merger or split came in between, and where
# another census is behind it: Mayotte was counted in 2017, and told the same ever since.
CENSUS = """
SELECT code, year(in_force_on) AS vintage, reference_year FROM legal_population WHERE kind = 'commune'
"""
COMMUNES = """
SELECT c.vintage, 'commune' AS kind, c.code, c.name, c.zone, c.population, 1 AS communes,
       coalesce(now.reference_year = was.reference_year, false) AS uncounted,
       CASE WHEN b.population > 0 AND l.after IS NULL AND NOT uncounted
            THEN c.population / b.population - 1 END AS growth,
       c.population / a.area AS density,
       CASE WHEN c.epci IS NOT NULL
            THEN sum(c.population) OVER (PARTITION BY c.vintage, c.epci) END AS epci_population,
       b.population AS first_population, a.area
FROM commune c
LEFT JOIN commune b ON b.vintage = (SELECT min(vintage) FROM commune) AND b.code = c.code
LEFT JOIN (SELECT DISTINCT to_vintage, after FROM lineage
           WHERE from_vintage = (SELECT min(vintage) FROM commune)) l
     ON l.to_vintage = c.vintage AND l.after = c.code
LEFT JOIN commune_area a ON a.vintage = c.vintage AND a.commune = c.code
LEFT JOIN census was ON was.vintage = (SELECT min(vintage) FROM commune) AND was.code = c.code
LEFT JOIN census now ON now.vintage = c.vintage AND now.code = c.code
"""
MUNICIPAL = """
SELECT c.vintage, 'arrondissement_municipal', c.code, c.name, 'metro', c.population, 1,
       c.population / nullif(b.population, 0) - 1, c.population / o.area, NULL
FROM municipal_arrondissement c
LEFT JOIN municipal_arrondissement b
     ON b.vintage = (SELECT min(vintage) FROM municipal_arrondissement) AND b.code = c.code
LEFT JOIN outline o ON o.commune = c.code
"""
MEMBERS = """
SELECT vintage, 'epci' AS kind, epci AS unit, code FROM commune WHERE epci IS NOT NULL
UNION ALL SELECT vintage, 'ept', ept, code FROM commune WHERE ept IS NOT NULL
UNION ALL SELECT vintage, 'arrondissement', arrondissement, code FROM commune WHERE arrondissement IS NOT NULL
UNION ALL SELECT vintage, 'departement', departement, code FROM commune
UNION ALL SELECT vintage, 'region', region, code FROM commune
UNION ALL SELECT vintage, 'crte', code, commune FROM unit_member WHERE kind = 'crte'
UNION ALL SELECT vintage, 'france', 'fr', code FROM commune WHERE zone <> 'com'
"""
# Decimals add up to the same whatever the order in which the engine meets them; binary fractions do not.
UNITS = """
SELECT m.vintage, m.kind, m.unit, coalesce(any_value(u.name), 'France'), mode(f.zone),
       CASE WHEN count(f.population) = count(*) THEN sum(f.population) END, count(*),
       CASE WHEN count(f.first_population) = count(*) AND sum(f.first_population) > 0
             AND NOT bool_and(f.uncounted) THEN sum(f.population) / sum(f.first_population) - 1 END,
       CASE WHEN count(f.area) = count(*)
            THEN sum(f.population) / sum(f.area::DECIMAL(18, 9))::DOUBLE END, NULL
FROM member m
JOIN features f ON f.vintage = m.vintage AND f.code = m.code
LEFT JOIN unit u ON u.vintage = m.vintage AND u.kind = m.kind AND u.code = m.unit
WHERE u.code IS NOT NULL OR m.kind = 'france'
GROUP BY m.vintage, m.kind, m.unit
"""


def write_features(folder: Path) -> None:
    """Write the table from those the build has just written."""
    with connect() as connection:
        for table in READ:
            path = quoted(folder / f"{table.name}.parquet")
            connection.execute(f"CREATE VIEW {table.name} AS SELECT * FROM read_parquet('{path}')")
        connection.execute(f"CREATE VIEW census AS {CENSUS}")
        connection.execute(f"CREATE TABLE features AS {COMMUNES}")
        connection.execute(f"CREATE VIEW member AS {MEMBERS}")
        rows = connection.sql(
            "SELECT * EXCLUDE (first_population, area, uncounted) FROM features "
            f"UNION ALL {MUNICIPAL} UNION ALL {UNITS}"
        ).to_arrow_table()
        write(TERRITORY_FEATURE, rows, folder)
