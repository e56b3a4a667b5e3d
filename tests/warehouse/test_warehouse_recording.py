"""Which tables an answer was read from: its own, kept or not, and nobody else's."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import date
from pathlib import Path

import pytest

from ancrage.edition.opening import open_edition
from ancrage.edition.tables import origins
from ancrage.register.directory.table import open_directory
from ancrage.territories.atlas import Atlas
from ancrage.territories.codes import Kind
from ancrage.warehouse.reading import Warehouse


@pytest.fixture
def warehouse(embedded: Path) -> Iterator[Warehouse]:
    with open_edition(embedded) as opened:
        yield opened


def test_a_recording_holds_the_tables_read_inside_it(warehouse: Warehouse) -> None:
    warehouse.rows("SELECT count(*) AS n FROM lineage")
    with warehouse.recording() as read:
        assert read.tables == set()
        warehouse.rows("SELECT count(*) AS n FROM siae JOIN unit ON false")
        assert read.tables == {"siae", "unit"}
        warehouse.rows("SELECT count(*) AS n FROM siae")
        warehouse.frame("SELECT code FROM commune LIMIT 1")
    warehouse.rows("SELECT count(*) AS n FROM outline")
    assert read.tables == {"siae", "unit", "commune"}


def test_recordings_nest_and_the_outer_one_sees_what_the_inner_one_sees(warehouse: Warehouse) -> None:
    with warehouse.recording() as outer:
        warehouse.rows("SELECT count(*) AS n FROM unit")
        with warehouse.recording() as inner:
            warehouse.rows("SELECT count(*) AS n FROM siae")
    assert inner.tables == {"siae"}
    assert outer.tables == {"unit", "siae"}


def test_an_answer_that_is_kept_tells_its_tables_again(warehouse: Warehouse) -> None:
    atlas = Atlas(warehouse, today=date(2026, 11, 23))
    asked = []
    for _ in range(2):
        with warehouse.recording() as read:
            atlas.commune("23077", 2026)
            assert atlas.municipal_of["75056"]
        asked.append(read.tables)
    assert asked == [{"commune", "municipal_arrondissement"}] * 2


def test_a_derived_table_is_told_by_those_it_is_made_of(warehouse: Warehouse) -> None:
    open_directory(warehouse)
    for _ in range(2):
        with warehouse.recording() as read:
            warehouse.rows("SELECT count(*) AS n FROM structure_directory")
        assert read.tables == {
            "ess_establishment",
            "listed_structure",
            "association",
            "establishment",
            "outline",
        }


def test_two_warehouses_and_two_threads_never_mix_what_they_read(
    warehouse: Warehouse, embedded: Path
) -> None:
    tables = ["commune", "unit", "siae", "lineage"] * 3

    def asked(table: str) -> set[str]:
        with warehouse.recording() as read:
            warehouse.rows(f"SELECT count(*) AS n FROM {table}")
        return set(read.tables)

    with open_edition(embedded) as other, warehouse.recording() as read, ThreadPoolExecutor(4) as pool:
        assert list(pool.map(asked, tables)) == [{table} for table in tables]
        other.rows("SELECT count(*) AS n FROM outline")
        assert read.tables == set()
        pool.submit(copy_context().run, asked, "postcode").result()
        assert read.tables == {"postcode"}


def test_a_reading_leads_to_the_sources_and_says_which_are_fictitious(warehouse: Warehouse) -> None:
    atlas = Atlas(warehouse, today=date(2026, 11, 23))
    with warehouse.recording() as read:
        atlas.unit(Kind.EPCI, "200044014", 2026)
    told = origins(warehouse, read.tables)
    assert "cog-npm" in {one["id"] for one in told}
    assert not any(one["fictitious"] for one in told)
    with warehouse.recording() as read:
        warehouse.rows("SELECT count(*) AS n FROM register_count")
    assert [(one["id"], one["fictitious"]) for one in origins(warehouse, read.tables)] == [
        ("demonstration", True)
    ]
