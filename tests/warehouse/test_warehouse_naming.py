"""The tables a query reads: exactly those, as DuckDB's own parser tells them."""

from collections.abc import Callable
from pathlib import Path

import pytest

from ancrage.edition.opening import open_edition
from ancrage.edition.tables import TABLES
from ancrage.warehouse.naming import tables_named
from ancrage.warehouse.reading import Warehouse
from told_again import tell_again

QUERIES = {
    "SELECT 1": "",
    "FROM commune": "commune",
    "SELECT * FROM ess_establishment": "ess_establishment",
    'SELECT "code" FROM "commune" c': "commune",
    "SELECT c.code FROM COMMUNE c, unit u WHERE c.epci = u.code ORDER BY unit, commune": "commune unit",
    "SELECT * FROM unit_member JOIN unit USING (vintage, code), outline": "unit_member unit outline",
    "SELECT * FROM (SELECT * FROM commune) c LEFT JOIN (siae s JOIN outline o ON true) ON true": (
        "commune siae outline"
    ),
    "SELECT commune, siae AS unit FROM lineage -- FROM establishment": "lineage",
    "SELECT 'd''où ? FROM establishment' AS t FROM lineage /* JOIN siae */": "lineage",
    "SELECT extract(year FROM closed), closed IS DISTINCT FROM created FROM siae": "siae",
    "SELECT trim(both ' ' FROM name) FROM unit WHERE name IS NOT DISTINCT FROM $name": "unit",
    "SELECT unnest(?) AS commune": "",
    "SELECT * FROM (VALUES (1, 2), (3, 4)) t(commune, unit), siae": "siae",
    "SELECT * FROM range(3) t(commune), generate_series(1, 2) WHERE commune IN (SELECT unnest($codes))": "",
    "WITH held AS (SELECT * FROM commune), n AS MATERIALIZED (SELECT 1) SELECT * FROM held, n, unit": (
        "commune unit"
    ),
    "WITH RECURSIVE up(code) AS (SELECT code FROM unit UNION ALL SELECT u.code FROM up, unit_member u) "
    "SELECT * FROM up": "unit unit_member",
    "SELECT (SELECT max(code) FROM commune), code FROM unit u WHERE EXISTS (SELECT 1 FROM siae)": (
        "commune unit siae"
    ),
    "SELECT a FROM unit GROUP BY GROUPING SETS ((a), (a, commune)) HAVING max(commune) > 1": "unit",
    "SELECT sum(n) FILTER (WHERE x) OVER (PARTITION BY a, commune ORDER BY b, unit) FROM siae": "siae",
    "SELECT * FROM siae SEMI JOIN unit USING (code) UNION ALL BY NAME FROM outline": "siae unit outline",
    "SELECT l.x FROM unit, LATERAL (SELECT max(code) AS x FROM commune) l": "unit commune",
    "SELECT 'é', commune FROM unit WHERE name = 'Évaux'": "unit",
}


@pytest.mark.parametrize(("sql", "tables"), QUERIES.items())
def test_the_tables_of_a_query_are_those_of_the_parser(
    parsed: Callable[[str], frozenset[str]], sql: str, tables: str
) -> None:
    assert tables_named(sql) == parsed(sql) == set(tables.split())


def test_a_name_inside_another_opens_nothing_more(embedded: Path) -> None:
    with Warehouse(embedded) as warehouse:
        warehouse.rows("SELECT count(*) AS establishment FROM ess_establishment -- establishment")
        assert _opened(warehouse) == {"ess_establishment"}


LARGE = {"establishment", "postcode", "zoning_detail", "imported_aid"}
LARGE |= {"register_past", "register_month", "register_month_wide", "register_day"}
LARGE |= {"purchase", "purchase_holder", "purchase_change"}


def test_the_large_tables_are_never_in_memory_and_the_others_are(embedded: Path) -> None:
    with open_edition(embedded, resident=True) as warehouse:
        for table in TABLES:
            warehouse.rows(f"SELECT count(*) AS n FROM {table.name}")
        held = {row["table_name"] for row in warehouse.rows("SELECT table_name FROM duckdb_tables()")}
        assert held == {table.name for table in TABLES} - LARGE


def test_a_table_that_nobody_declares_is_read_where_it_lies(embedded: Path, tmp_path: Path) -> None:
    for name in ("manifest.json", "siae.parquet"):
        (tmp_path / name).write_bytes((embedded / name).read_bytes())
    (tmp_path / "other.parquet").write_bytes((embedded / "siae.parquet").read_bytes())
    tell_again(tmp_path)
    with open_edition(tmp_path, resident=True) as warehouse:
        assert warehouse.rows("FROM other ORDER BY siret") == warehouse.rows("FROM siae ORDER BY siret")
        assert [row["table_name"] for row in warehouse.rows("SELECT table_name FROM duckdb_tables()")] == [
            "siae"
        ]


def _opened(warehouse: Warehouse) -> set[str]:
    rows = warehouse.rows(
        "SELECT view_name AS name FROM duckdb_views() WHERE NOT internal "
        "UNION ALL SELECT table_name FROM duckdb_tables()"
    )
    return {row["name"] for row in rows}
