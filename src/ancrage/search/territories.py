"""Territories of the latest vintage, as entries."""

from collections.abc import Iterator

from ancrage.search.suggestion import Entry, Found
from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import Kind, TerritoryCode
from ancrage.territories.gazetteer.natures import without_category
from ancrage.territories.gazetteer.place import WEIGHT
from ancrage.territories.naming import normalise
from ancrage.warehouse.reading import Row

_COMMUNES = """
SELECT 'commune' AS kind, c.code, c.name, c.population, c.departement, d.name AS departement_name, c.siren,
    (SELECT list(postcode) FROM postcode p WHERE p.vintage = c.vintage AND p.commune = c.code) AS postcodes
FROM commune c LEFT JOIN unit d ON d.vintage = c.vintage AND d.kind = 'departement' AND d.code = c.departement
WHERE c.vintage = $vintage
UNION ALL
SELECT 'arrondissement_municipal', m.code, m.name, m.population, c.departement, d.name, NULL,
    (SELECT list(postcode) FROM postcode p WHERE p.vintage = m.vintage AND p.commune = m.code)
FROM municipal_arrondissement m JOIN commune c ON c.vintage = m.vintage AND c.code = m.commune
LEFT JOIN unit d ON d.vintage = c.vintage AND d.kind = 'departement' AND d.code = c.departement
WHERE m.vintage = $vintage
"""

_UNITS = """
WITH held AS (
    SELECT 'epci' AS kind, epci AS code, departement, count(*) AS n FROM commune
    WHERE vintage = $vintage AND epci IS NOT NULL GROUP BY ALL
    UNION ALL
    SELECT 'ept', ept, departement, count(*) FROM commune
    WHERE vintage = $vintage AND ept IS NOT NULL GROUP BY ALL
    UNION ALL
    SELECT 'arrondissement', arrondissement, departement, count(*) FROM commune
    WHERE vintage = $vintage AND arrondissement IS NOT NULL GROUP BY ALL
    UNION ALL
    SELECT m.kind, m.code, c.departement, count(*) FROM unit_member m
    JOIN commune c ON c.vintage = m.vintage AND c.code = m.commune WHERE m.vintage = $vintage GROUP BY ALL
), most AS (SELECT kind, code, arg_max(departement, n) AS departement FROM held GROUP BY ALL)
SELECT u.kind, u.code, u.name, f.population, most.departement, d.name AS departement_name, NULL AS siren,
    [] AS postcodes
FROM unit u LEFT JOIN most USING (kind, code)
LEFT JOIN unit d ON d.vintage = $vintage AND d.kind = 'departement' AND d.code = most.departement
LEFT JOIN territory_feature f ON f.vintage = $vintage AND f.kind = u.kind AND f.code = u.code
WHERE u.vintage = $vintage
"""


def territory_entries(atlas: Atlas) -> Iterator[Entry]:
    """Every territory that exists in the latest vintage, France included."""
    yield Entry(Found.TERRITORY, "fr", "France", "tout le pays", ("France",), ("fr",), 70_000_000, weight=0.4)
    for sql in (_COMMUNES, _UNITS):
        for row in atlas.warehouse.rows(sql, {"vintage": atlas.vintages[-1]}):
            yield _entry(row)


def _entry(row: Row) -> Entry:
    kind = Kind(row["kind"])
    code = str(TerritoryCode(kind, row["code"]))
    bare = without_category(normalise(row["name"]))
    return Entry(
        kind=Found.TERRITORY,
        code=code,
        title=row["name"],
        detail=_detail(kind, row),
        names=tuple(dict.fromkeys((row["name"], bare))) if bare != normalise(row["name"]) else (row["name"],),
        codes=tuple(
            dict.fromkeys(filter(None, (row["code"], code, row["siren"], *(row["postcodes"] or ()))))
        ),
        rank=row["population"] or 0,
        weight=WEIGHT.get(kind, 0.0),
    )


def _detail(kind: Kind, row: Row) -> str:
    """The kind, and the département that tells homonyms apart."""
    if row["departement"] is None:
        return f"{kind.label} ({row['code']})"
    where = row["departement_name"]
    return (
        f"{kind.label}, {where} ({row['departement']})" if where else f"{kind.label} ({row['departement']})"
    )
