"""A server holds no large table in memory: what is worked out of one lies in a file, made once."""

import os
import shutil
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from subprocess import PIPE, Popen

import duckdb
import pytest

from ancrage.edition.opening import open_edition
from ancrage.edition.preparing import Ready
from ancrage.edition.tables import TABLES
from ancrage.register.directory.table import TABLE, open_directory
from ancrage.search.index import open_index
from ancrage.territories.atlas import Atlas
from ancrage.warehouse import at_hand, reading
from ancrage.warehouse.holding import DRAFT, alone
from ancrage.warehouse.reading import ResidentWarehouse, Warehouse

TAKEN = "SELECT sum(memory_usage_bytes) AS taken FROM duckdb_memory() WHERE tag = 'IN_MEMORY_TABLE'"
QUESTION = f"SELECT siret, name, kinds FROM {TABLE} ORDER BY siret"


@pytest.fixture
def edition(embedded: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(embedded, tmp_path / "edition"))


def asked(warehouse: Warehouse) -> list[reading.Row]:
    open_directory(warehouse)
    return warehouse.rows(QUESTION)


def held(warehouse: Warehouse) -> set[str]:
    return {row["table_name"] for row in warehouse.rows("SELECT table_name FROM duckdb_tables()")}


def test_a_table_past_the_size_is_read_where_it_lies_and_its_derived_one_is_kept_beside(
    edition: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with ResidentWarehouse(edition, TABLES) as small:
        expected = asked(small)
        assert TABLE in held(small)
    assert not (edition / "derive").exists()
    monkeypatch.setattr(reading, "RESIDENT_BYTES", (edition / "ess_establishment.parquet").stat().st_size - 1)
    for _ in range(2):
        with ResidentWarehouse(edition, TABLES) as large:
            assert asked(large) == expected
            assert not {TABLE, "ess_establishment"} & held(large)
    assert len(list((edition / "derive").glob("*.parquet"))) == 1


def test_where_nobody_may_write_the_answer_is_the_same(
    edition: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Warehouse(edition) as plain:
        expected = asked(plain)
    (edition / "derive").write_text("a file in the way", encoding="utf-8")
    monkeypatch.setattr(reading, "RESIDENT_BYTES", 0)
    with ResidentWarehouse(edition, TABLES) as large:
        assert asked(large) == expected


def test_what_is_held_takes_less_than_half_of_what_it_would_and_answers_the_same(embedded: Path) -> None:
    names = ("commune", "unit_member", "contact")
    with duckdb.connect() as alone, ResidentWarehouse(embedded, TABLES) as resident:
        for name in names:
            alone.execute(f"CREATE TABLE {name} AS FROM read_parquet('{embedded / name}.parquet')")
            expected = alone.execute(f"FROM {name} ORDER BY ALL").fetchall()
            assert [tuple(row.values()) for row in resident.rows(f"FROM {name} ORDER BY ALL")] == expected
        (row,) = resident.rows(TAKEN)
        assert 0 < row["taken"] < alone.execute(TAKEN).fetchall()[0][0] / 2


def test_a_table_is_held_while_somebody_reads(embedded: Path) -> None:
    with ResidentWarehouse(embedded, TABLES) as resident:
        resident.rows("SELECT count(*) FROM unit")
        with resident._connection.cursor() as reader:
            reader.execute("BEGIN")
            reader.execute("SELECT code FROM unit").fetchone()
            assert resident.rows("SELECT count(*) AS n FROM contact")[0]["n"] > 0


def kept_beside(edition: Path, data: Path) -> dict[str, int]:
    """Every file that was worked out of an edition, and when it was written."""
    files = (*(edition / "derive").glob("*.parquet"), *(data / "cache").glob("annuaire-*/*.store"))
    return {path.name: path.stat().st_mtime_ns for path in files}


def test_a_site_finds_what_the_build_prepared_under_the_name_of_the_draft(
    edition: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Warehouse(edition) as plain:
        expected = asked(plain)
    monkeypatch.setattr(reading, "RESIDENT_BYTES", 0)
    draft, steps = edition.rename(tmp_path / f"{DRAFT}2026"), list[str]()
    ready = Ready(tmp_path, date(2026, 11, 30), steps.append)
    ready(draft)
    assert (ready.done, steps) == (True, ["Annuaire et recherche"])
    published = draft.rename(tmp_path / "2026")
    made = kept_beside(published, tmp_path)
    assert len(made) > 1
    with ResidentWarehouse(published, TABLES) as large:
        assert asked(large) == expected
        assert open_index(Atlas(large, today=date(2026, 11, 30)), tmp_path / "cache", data=tmp_path).suggest(
            "Faux-la-Montagne"
        )
    assert kept_beside(published, tmp_path) == made


def test_a_small_edition_is_not_prepared(edition: Path, tmp_path: Path) -> None:
    ready = Ready(tmp_path, date(2026, 11, 30), pytest.fail)
    ready(edition)
    assert ready.done
    assert not (tmp_path / "cache").exists()


def test_an_edition_that_cannot_be_prepared_is_published_and_told_so(
    edition: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "RESIDENT_BYTES", 0)
    monkeypatch.setattr(reading, "LARGE_MEMORY", "1MiB")
    ready = Ready(tmp_path, date(2026, 11, 30), lambda _: None)
    ready(edition)
    assert not ready.done


def test_a_table_read_row_by_row_is_the_one_read_at_once(embedded: Path) -> None:
    sql = "SELECT code, vintage, name FROM commune ORDER BY ALL"
    with Warehouse(embedded) as warehouse:
        expected = warehouse.rows(sql)
        assert len(expected) > reading.ROWS_AT_ONCE
        assert list(warehouse.each(sql)) == expected


def test_at_rest_an_edition_is_not_held_and_a_process_born_then_answers_with_the_same_tables(
    edition: Path,
) -> None:
    with ResidentWarehouse(edition, TABLES) as resident:
        expected, tables = asked(resident), held(resident)
        with alone(edition) as nobody_reads:
            assert not nobody_reads
        resident.rest()
        with alone(edition) as nobody_reads:
            assert nobody_reads
        born = os.fork()
        if not born:
            resident.wake()
            same = held(resident) == tables and asked(resident) == expected
            os._exit(0 if same else 1)
        assert os.waitstatus_to_exitcode(os.waitpid(born, 0)[1]) == 0
        assert asked(resident) == expected
        with alone(edition) as nobody_reads:
            assert not nobody_reads


def copied_here(warehouse: Warehouse) -> set[str]:
    """Tables this process holds a copy of."""
    told = "SELECT table_name FROM duckdb_tables() WHERE database_name = 'held'"
    return {row["table_name"] for row in warehouse.rows(told)}


def test_tables_copied_once_are_held_by_no_process_and_a_spoilt_copy_changes_no_answer(edition: Path) -> None:
    question = (
        "SELECT (SELECT sum(hash(commune)) FROM commune) AS communes, "
        "(SELECT sum(hash(unit_member)) FROM unit_member) AS members"
    )
    with ResidentWarehouse(edition, TABLES) as resident:
        expected = resident.rows(question)
        assert copied_here(resident) == {"commune", "unit_member"}
        resident.prepare()
    (copied,) = (edition / "derive").iterdir()
    for spoilt in (False, True):
        if spoilt:
            copied.write_bytes(copied.read_bytes()[:5_000])
        with ResidentWarehouse(edition, TABLES) as resident:
            assert resident.rows(question) == expected
            assert copied_here(resident) == ({"commune", "unit_member"} if spoilt else set())
            resident.prepare()
    with ResidentWarehouse(edition, TABLES) as resident:
        assert resident.rows(question) == expected
        assert not copied_here(resident)


def read_in_the_copy(warehouse: Warehouse) -> bool:
    (view,) = warehouse.rows("SELECT sql FROM duckdb_views() WHERE view_name = 'commune'")
    return at_hand.NAME in view["sql"]


def spoil(path: Path) -> None:
    """Change a byte of each of the first blocks of a file that still opens."""
    content = bytearray(path.read_bytes())
    for at in range(20_000, 3_000_000, 262_144):
        content[at] ^= 0xFF
    path.write_bytes(content)
    assert at_hand.is_there(path)


def test_a_copy_damaged_inside_is_set_aside_and_made_again_whatever_was_open(edition: Path) -> None:
    question = "SELECT sum(hash(c)) AS communes FROM commune c"
    with ResidentWarehouse(edition, TABLES) as resident:
        expected = resident.rows(question)
        resident.prepare()
    (copied,) = (edition / "derive").iterdir()
    spoil(copied)
    with ResidentWarehouse(edition, TABLES) as resident:
        resident.wake()
        with resident.excerpt("SELECT 23 AS number") as excerpt:
            with ThreadPoolExecutor(4) as pool:
                found = list(pool.map(lambda _: resident.rows(question), range(4)))
            assert found == [expected] * 4
            assert resident.rows(f"FROM {excerpt}") == [{"number": 23}]
        assert "commune" in copied_here(resident)
        assert resident.rows("SELECT count(*) AS n FROM unit_member")[0]["n"] > 0
    with ResidentWarehouse(edition, TABLES) as resident:
        assert resident.rows(question) == expected
        assert not copied_here(resident)


@pytest.mark.parametrize("resident", [False, True])
def test_a_table_worked_out_and_damaged_since_is_worked_out_again(
    edition: Path, monkeypatch: pytest.MonkeyPatch, *, resident: bool
) -> None:
    monkeypatch.setattr(reading, "RESIDENT_BYTES", 0)
    with ResidentWarehouse(edition, TABLES) as large:
        expected = asked(large)
    (kept,) = (edition / "derive").glob("*.parquet")
    whole = kept.read_bytes()
    for left in (whole[: len(whole) // 2], b""):
        kept.write_bytes(left)
        with open_edition(edition, resident=resident) as warehouse:
            assert asked(warehouse) == expected
            assert list(warehouse.each(QUESTION)) == expected
        assert kept.exists() is resident
    with open_edition(edition, resident=resident) as warehouse:
        assert asked(warehouse) == expected
        kept.unlink(missing_ok=True)  # another version made its own, and removed this one
        assert warehouse.rows(QUESTION.replace("kinds", "commune"))


def test_copies_that_nobody_opens_any_more_are_removed_when_another_is_made(edition: Path) -> None:
    beside = edition / "derive"
    beside.mkdir()
    for name in ("tables-old.duckdb", "tables-read.duckdb", "tables-left.4194999"):
        duckdb.connect(beside / name).close()
    opened = "import duckdb, sys; c = duckdb.connect(sys.argv[1], read_only=True); print(flush=True); input()"
    told = [sys.executable, "-c", opened, str(beside / "tables-read.duckdb")]
    with Popen(told, stdin=PIPE, stdout=PIPE) as reader, ResidentWarehouse(edition, TABLES) as resident:
        assert reader.stdout
        assert reader.stdout.readline()
        resident.prepare()
        reader.communicate(b"\n")
    (made,) = {path.name for path in beside.iterdir()} - {"tables-read.duckdb"}
    assert made not in ("tables-old.duckdb", "tables-left.4194999")


def test_a_command_reads_the_copy_made_for_all_holds_none_and_does_without_it_once_damaged(
    edition: Path,
) -> None:
    question = "SELECT sum(hash(c)) AS communes FROM commune c"
    with open_edition(edition) as plain, ResidentWarehouse(edition, TABLES) as resident:
        expected = plain.rows(question)
        assert not read_in_the_copy(plain)
        resident.prepare()
    (copied,) = (edition / "derive").iterdir()
    for spoilt in (False, True):
        if spoilt:
            spoil(copied)
        with open_edition(edition) as command:
            assert command.rows(question) == expected
            assert read_in_the_copy(command) is not spoilt
            assert not copied_here(command)
    assert not copied.exists()
