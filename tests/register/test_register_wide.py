"""What is told of whole départements from tables made once is what is counted row by row."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pytest

from ancrage.edition.tables import TABLES
from ancrage.register.fabric import Places, RegisterReader
from ancrage.register.held import WideCounts
from ancrage.register.placed import CHANGE, placed_counts, write_placed_changes
from ancrage.register.wide import (
    CHANGES_MAPPED,
    LARGEST,
    RANKS,
    SPELL_MAPPED,
    WIDE,
    open_wide,
    write_wide,
)
from ancrage.survival.cohort import Setting, Survival
from ancrage.survival.grouping import Grouping
from ancrage.survival.units import survive_in
from ancrage.territories.atlas import Atlas
from ancrage.warehouse.reading import ResidentWarehouse, Warehouse

TODAY = date(2026, 11, 30)
DAYS = (TODAY, date(2026, 11, 1), date(2023, 6, 15), date(2021, 1, 1), date(1995, 2, 28), date(1950, 1, 1))
FRANCE = Places(departements=("23", "59", "75"))
ALL = (FRANCE, Places(departements=("23",)), Places(departements=("59", "75")), Places(departements=("974",)))
ROWS = 4_000
# Days that no register should hold are drawn too: unknown, closed before creation, to come.
DRAWN = f"""
CREATE MACRO draw(rank, of, among) AS (hash(rank, of) % among)::INTEGER;
CREATE TABLE drawn AS SELECT
    lpad((range * 7919 % 100000)::VARCHAR, 14, '0') AS siret,
    ['23', '59', '59', '59', '59', '75', NULL][1 + draw(range, 1, 7)] AS departement,
    CASE WHEN draw(range, 2, 400) = 0 THEN NULL
        ELSE DATE '1990-01-01' + draw(range, 3, 14000) END AS created,
    CASE WHEN draw(range, 4, 3) > 0 THEN NULL WHEN draw(range, 5, 20) = 0 THEN DATE '2099-01-01'
        ELSE DATE '1990-01-01' + draw(range, 6, 14000) END AS closed,
    draw(range, 7, 2) = 0 AND closed IS NULL OR draw(range, 8, 50) = 0 AS active,
    ['association', 'cooperative', 'mutuelle', 'inconnue', NULL][1 + draw(range, 9, 5)] AS family,
    ['oui', 'oui', 'oui', 'a_verifier'][1 + draw(range, 10, 4)] AS ess,
    ['oui', 'non', 'a_verifier'][1 + draw(range, 11, 3)] AS qpv,
    draw(range, 12, 9) = 0 AS sources_disagree,
    draw(range, 13, 4) > 0 AS employer,
    CASE WHEN draw(range, 14, 6) > 0 THEN draw(range, 15, 5) END::INTEGER AS jobs_low,
    CASE WHEN jobs_low IS NOT NULL THEN jobs_low + 0.3 END AS jobs_central
FROM range({ROWS})
"""


@pytest.fixture(scope="module")
def edition(embedded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The edition of the package, its ESS establishments drawn."""
    folder = Path(shutil.copytree(embedded, tmp_path_factory.mktemp("large") / "edition"))
    table = folder / "ess_establishment.parquet"
    with duckdb.connect() as engine:
        engine.execute(DRAWN)
        names = [row[0] for row in engine.execute("DESCRIBE drawn").fetchall()]
        told = ", ".join(f"d.{name} AS {name}" for name in names)
        engine.execute(
            f"COPY (SELECT one.* REPLACE ({told}) FROM drawn d CROSS JOIN "
            f"(FROM '{table}' ORDER BY siret LIMIT 1) one) TO '{folder / 'drawn'}' (FORMAT parquet)"
        )
    (folder / "drawn").replace(table)
    manifest = (folder / "manifest.json").read_text("utf-8").replace('"tables"', '"tables_before"')
    (folder / "manifest.json").write_text(manifest, "utf-8")
    return folder


@pytest.fixture(scope="module")
def counted(edition: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """The edition as it is read when nothing was made of it."""
    bare = shutil.copytree(edition, tmp_path_factory.mktemp("bare") / "edition")
    with Warehouse(Path(bare)) as warehouse:
        yield warehouse


@pytest.fixture(scope="module")
def told(edition: Path, counted: Warehouse) -> Iterator[Warehouse]:
    """The same, with the tables beside it."""
    with ResidentWarehouse(edition, TABLES) as large:
        write_wide(large)
    with Warehouse(edition) as warehouse:
        open_wide(warehouse)
        assert all(warehouse.has_written(name) for name in WIDE)
        assert warehouse.mapped(SPELL_MAPPED)
        yield warehouse


@pytest.mark.parametrize("on", DAYS)
@pytest.mark.parametrize("places", ALL)
def test_counts_births_closures_and_employers_are_the_same(
    told: Warehouse, counted: Warehouse, places: Places, on: date
) -> None:
    ours, theirs = RegisterReader(told), RegisterReader(counted)
    assert ours.census(places, on=on) == theirs.census(places, on=on)
    assert ours.facts(places, on=on) == theirs.facts(places, on=on)
    for column in ("created", "closed"):
        assert ours.by_year(places, column, on=on, years=10) == theirs.by_year(
            places, column, on=on, years=10
        )
    assert ours.largest_employers(places, on=on, limit=10) == theirs.largest_employers(
        places, on=on, limit=10
    )


PAST = (date(2026, 10, 31), date(2026, 10, 1), date(2023, 6, 15), date(2021, 1, 2), date(2021, 1, 1))


@pytest.mark.parametrize("on", PAST)
def test_days_told_by_rank_count_what_the_days_of_the_register_do(
    told: Warehouse, counted: Warehouse, on: date
) -> None:
    creuse = Places(departements=("23",))
    with ResidentWarehouse(told.folder, TABLES) as ours, ResidentWarehouse(counted.folder, TABLES) as theirs:
        found, expected = (RegisterReader(one).census(creuse, on=on) for one in (ours, theirs))
        assert WideCounts(ours).census(["23"], on)
        assert ours.mapped(CHANGES_MAPPED)
        assert not theirs.mapped(CHANGES_MAPPED)
    assert found.balance.everything.employers
    assert found == expected


@pytest.mark.parametrize("on", [TODAY, *PAST])
def test_a_commune_and_those_around_it_are_the_same_counted_together_or_apart(
    counted: Warehouse, on: date
) -> None:
    rows = counted.rows(
        "SELECT commune FROM register_month WHERE commune <> '' GROUP BY 1 ORDER BY sum(employers)"
    )
    around = Places(codes=tuple(sorted(row["commune"] for row in rows[-20:])))
    inner = Places(codes=(rows[-1]["commune"],))
    together, apart = RegisterReader(counted), RegisterReader(counted)
    together.reading_once(inner, around)
    for places in (inner, around, inner):
        census = apart.census(places, on=on)
        assert census.balance.everything.employers
        assert together.census(places, on=on) == census


@pytest.mark.parametrize(
    "on", [TODAY, date(2026, 10, 31), date(2023, 6, 15), date(2021, 1, 2), date(2021, 1, 1)]
)
def test_communes_counted_from_mapped_columns_are_those_of_the_tables(
    told: Warehouse, counted: Warehouse, on: date
) -> None:
    rows = counted.rows("SELECT DISTINCT commune FROM register_month WHERE commune <> '' ORDER BY 1")
    communes = [row["commune"] for row in rows]
    with ResidentWarehouse(told.folder, TABLES) as ours:
        write_placed_changes(ours)
        held = placed_counts(ours)
        assert held
        assert held.census(ours, communes, date(2023, 6, 15))
        for codes in (communes, communes[:1], communes[-1:], communes[3:40:7], ["00000", *communes[5:7]]):
            places = Places(codes=tuple(codes))
            with ours.recording() as read:
                found = RegisterReader(ours).census(places, on=on)
            assert found == RegisterReader(counted).census(places, on=on)
            if on < RegisterReader(counted).counted_on:
                assert read.tables == {"register_month", "register_day"}
        assert not RegisterReader(ours).census(Places(codes=("00000",)), on=on).balance.everything.employers


def test_a_mapped_column_that_lost_bytes_is_left_and_one_damaged_inside_made_again(
    told: Warehouse, counted: Warehouse
) -> None:
    on, places = date(2023, 6, 15), Places(codes=("23096",))
    with ResidentWarehouse(told.folder, TABLES) as first:
        write_placed_changes(first)
    (column,) = told.folder.glob(f"derive/{CHANGE}-*/code.npy")
    written = column.read_bytes()
    column.write_bytes(written[:-8])
    with ResidentWarehouse(told.folder, TABLES) as shortened:
        found = placed_counts(shortened)
        assert found
        assert found.census(shortened, places.codes, on) is None
        expected = RegisterReader(counted).census(places, on=on)
        assert RegisterReader(shortened).census(places, on=on) == expected
    column.write_bytes(written[:-8] + b"damaged!")
    with ResidentWarehouse(told.folder, TABLES) as again:
        write_placed_changes(again)
        assert column.read_bytes() == written
        assert RegisterReader(again).census(places, on=on) == expected


def test_employers_are_looked_for_among_all_where_those_kept_are_not_enough(told: Warehouse) -> None:
    reader = RegisterReader(told)
    kept = told.rows(
        f"SELECT departement, count(*) AS n, any_value(known) AS known FROM {LARGEST} GROUP BY 1"
    )
    assert {row["departement"]: row["n"] < row["known"] for row in kept} == {
        "23": False,
        "59": True,
        "75": False,
    }
    assert max(row["n"] for row in kept) == RANKS
    assert reader._holds_largest(FRANCE, on=TODAY, limit=10)
    assert not reader._holds_largest(FRANCE, on=date(1950, 1, 1), limit=10)
    assert reader._holds_largest(Places(departements=("23",)), on=date(1950, 1, 1), limit=10)


def same(ours: Survival, theirs: Survival) -> None:
    assert [(group.label, group.closures) for group in ours.groups] == [
        (group.label, group.closures) for group in theirs.groups
    ]
    for mine, other in zip(ours.groups, theirs.groups, strict=True):
        for name in ("ages", "at_risk", "closures", "survival", "low", "high"):
            np.testing.assert_array_equal(getattr(mine.curve, name), getattr(other.curve, name))
        for name in ("units", "last_age", "first_age"):
            assert getattr(mine.curve, name) == getattr(other.curve, name)
    rest = [(one.hidden, one.test, one.left_out, one.fictitious, one.unknown) for one in (ours, theirs)]
    assert rest[0] == rest[1]


@pytest.mark.parametrize("on", DAYS)
@pytest.mark.parametrize("places", ALL)
def test_survival_is_the_same_to_the_last_digit(
    told: Warehouse, counted: Warehouse, places: Places, on: date
) -> None:
    for years in (15, 1):
        setting = Setting(on, on.replace(year=on.year - years, day=min(on.day, 28)))
        ours, theirs = (
            survive_in(Atlas(warehouse, today=TODAY), places, Grouping.FAMILLE, setting)
            for warehouse in (told, counted)
        )
        same(ours, theirs)


def test_sums_of_jobs_are_the_same_in_whatever_order_their_terms_are_added(
    edition: Path, tmp_path: Path
) -> None:
    sums = []
    for order in ("ASC", "DESC"):
        folder = Path(shutil.copytree(edition, tmp_path / order))
        with duckdb.connect(config={"threads": 1}) as engine:
            engine.execute(
                f"COPY (SELECT * REPLACE ((hash(commune, family, rank) % 99) / 10 AS central) "
                f"FROM '{edition / 'register_count.parquet'}' CROSS JOIN range(20) AS many(rank) "
                f"ORDER BY rank {order}) TO '{folder / 'register_count.parquet'}' (FORMAT parquet)"
            )
        with Warehouse(folder) as warehouse:
            open_wide(warehouse)
            sums.append(warehouse.rows(f"SELECT * FROM {WIDE[0]} ORDER BY ALL"))
    assert sums[0] == sums[1]
