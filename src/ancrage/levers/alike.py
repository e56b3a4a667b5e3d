"""What is compared of territories alike, worked out once for each commune, EPCI, département and région.

A large edition holds it beside its tables; any other is asked table by table.
"""

from ancrage.territories.atlas import COLUMN_OF
from ancrage.territories.codes import Kind
from ancrage.warehouse.reading import ResidentWarehouse, Warehouse

ALIKE = "territory_alike"
MADE_OF = (
    "commune", "commune_pattern", "grouping_competence", "municipal_arrondissement", "siae",
    "listed_structure", "register_count", "support_distance",
)  # fmt: skip
KINDS = (Kind.COMMUNE, Kind.EPCI, Kind.DEPARTEMENT, Kind.REGION)
NEAREST = {"fabrique_km": "fabrique_de_territoire", "manufacture_km": "manufacture_de_proximite"}
"""Fact of a distance, and the kind of place it leads to."""
ROWS = 8_192
"""Rows of a group, which is read whole or not at all."""


def counted_in(table: str) -> str:
    """What joins communes to the rows ``s`` of a table; those of an arrondissement are of its commune."""
    return (
        f"JOIN (SELECT t.*, coalesce(m.whole, t.commune) AS whole FROM {table} t LEFT JOIN "
        "(SELECT DISTINCT code AS part, commune AS whole FROM municipal_arrondissement) m "
        "ON m.part = t.commune) s ON s.whole = c.code"
    )


def _of(kind: Kind) -> str:
    """One row a territory of a kind and a vintage."""
    unit = f"c.{COLUMN_OF.get(kind, 'code')}"
    powers = "any_value(g.codes)" if kind in (Kind.COMMUNE, Kind.EPCI) else "NULL"
    of, grouped = f"SELECT c.vintage, {unit} AS code", "GROUP BY ALL"
    km = ", ".join(
        f"favg(d.km ORDER BY d.km) FILTER (d.kind = '{place}') AS {fact}" for fact, place in NEAREST.items()
    )
    return f"""
    SELECT '{kind.value}' AS kind, * FROM (
        {of}, list_sort(list(DISTINCT c.departement)) AS places,
            list_sort(list(DISTINCT p.pattern)) AS patterns, {powers} AS powers
        FROM commune c LEFT JOIN commune_pattern p ON p.vintage = c.vintage AND p.commune = c.code
        LEFT JOIN grouping_competence g ON g.siren = c.epci WHERE {unit} IS NOT NULL {grouped}
    ) LEFT JOIN ({of}, count(*) AS siae FROM commune c {counted_in("siae")} {grouped}) USING (vintage, code)
    LEFT JOIN ({of}, count(*) AS esat FROM commune c {counted_in("listed_structure")}
        WHERE s.kind = 'ESAT' {grouped}) USING (vintage, code)
    LEFT JOIN ({of}, sum(s.establishments)::BIGINT AS ess FROM commune c {counted_in("register_count")}
        WHERE s.ess = 'oui' {grouped}) USING (vintage, code)
    LEFT JOIN ({of}, {km} FROM commune c JOIN support_distance d
        ON d.commune = c.code AND (d.vintage IS NULL OR d.vintage = c.vintage) {grouped}
    ) USING (vintage, code)
    """


_TEXT = " UNION ALL BY NAME ".join(map(_of, KINDS)) + " ORDER BY vintage, kind, code"


def open_alike(warehouse: Warehouse) -> None:
    """Make the table known to an edition."""
    warehouse.derive(ALIKE, _TEXT)


def write_alike(warehouse: ResidentWarehouse) -> None:
    """Write it beside a large edition that holds all it is made of."""
    if all(map(warehouse.holds, MADE_OF)):
        open_alike(warehouse)
        warehouse.write_derived(ALIKE, rows=ROWS)
