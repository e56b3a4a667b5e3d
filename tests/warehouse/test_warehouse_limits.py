"""A build keeps to the memory it is given, and says before it starts what it needs."""

import duckdb
import pytest

from ancrage.errors import BuildError
from ancrage.repairs import GiveField
from ancrage.warehouse.engines import connect, connect_ibis
from ancrage.warehouse.limits import (
    BESIDE,
    COUNTED,
    FOR_A_THREAD,
    MEGA,
    TO_COME,
    Limits,
    beside_what_is_held,
    limited,
    limits_of,
)
from ancrage.warehouse.narrowing import narrowed

LEAST = BESIDE + FOR_A_THREAD


def asked(connection: duckdb.DuckDBPyConnection, name: str) -> str:
    return str(connection.execute("SELECT current_setting(?)", [name]).fetchall()[0][0])


def mebibytes(told: str) -> float:
    number, unit = told.split()
    return float(number) * {"MiB": 1, "GiB": 1024}[unit]


@pytest.mark.parametrize("typed", ["4GB", "4 Go", "4096MB", "4G", "4,0 Gio", "4\u00a0Go"])
def test_a_memory_is_read_as_people_write_it(typed):
    assert limits_of(typed).memory == 4 << 30


@pytest.mark.parametrize("typed", ["beaucoup", "4", "-4GB", ""])
def test_what_is_no_memory_is_refused_with_an_example(typed):
    if not typed:
        assert limits_of(typed).memory >= LEAST
        return
    with pytest.raises(BuildError) as refused:
        limits_of(typed)
    assert refused.value.repairs == (GiveField("memoire", ("4GB",)),)


def test_one_byte_less_than_needed_is_refused_before_starting_and_the_need_is_told():
    assert limits_of(f"{LEAST // MEGA}MB").threads == 1
    with pytest.raises(BuildError) as refused:
        limits_of(f"{LEAST // MEGA - 1}MB")
    assert f"{LEAST // MEGA} au moins" in refused.value.message


def test_an_engine_leaves_room_for_what_the_process_already_holds(tmp_path):
    held = b"x" * (900 * MEGA)
    with limited(Limits(4096 * MEGA, 1), tmp_path), beside_what_is_held(), connect() as inside:
        most = mebibytes(asked(inside, "memory_limit"))
        assert most < COUNTED * (4096 - len(held) / MEGA - TO_COME / MEGA)
    with beside_what_is_held(), connect() as outside:
        assert asked(outside, "memory_limit") == asked(duckdb.connect(), "memory_limit")


def test_engines_opened_inside_keep_to_the_limits_and_those_outside_do_not(tmp_path):
    with limited(Limits(BESIDE + round(256 / COUNTED) * MEGA, 1), tmp_path), connect() as inside:
        assert asked(inside, "memory_limit") == "256.0 MiB"
        assert asked(inside, "threads") == "1"
        assert asked(inside, "temp_directory") == str(tmp_path)
        assert asked(connect_ibis().con, "memory_limit") == "256.0 MiB"
    with connect() as outside:
        assert asked(outside, "memory_limit") != "256.0 MiB"


def test_a_table_that_many_threads_cannot_write_in_their_memory_is_written_by_one(tmp_path):
    given = {"memory_limit": "60MB", "threads": 16, "temp_directory": str(tmp_path / "debordement")}
    source = "(SELECT i, md5(i::TEXT) AS one, md5((i * 7)::TEXT) AS other FROM range(400000) AS one(i))"
    copy = f"COPY (FROM {source} ORDER BY one) TO '{tmp_path / 'table.parquet'}' (FORMAT parquet)"
    with duckdb.connect(config=given) as engine:
        with pytest.raises(duckdb.OutOfMemoryException):
            engine.execute(copy)
        narrowed(engine, lambda: engine.execute(copy))
        assert engine.execute("SELECT current_setting('threads')").fetchall() == [(16,)]
        written = engine.execute(f"SELECT count(*) FROM '{tmp_path / 'table.parquet'}'").fetchall()
    assert written == [(400_000,)]
