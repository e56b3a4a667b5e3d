"""Numbers that several rows bear: sorted here, they are those that the engine counts."""

import numpy as np
import pyarrow as pa
import pytest

from ancrage.register.repeating import repeated, saved_repeated
from ancrage.register.stock import connect, registered

MANY = 100_000


@pytest.fixture
def con(tmp_path):
    return connect(tmp_path)


def numbers(con, values):
    return registered(con, "numbers", pa.table({"number": pa.array(values, pa.int64())}))


def counted(con, table):
    """The same question, in the engine's own words."""
    told = con.con.execute(
        f'SELECT number FROM "{table.get_name()}" WHERE number IS NOT NULL GROUP BY 1 HAVING count(*) > 1'
    )
    return sorted(row[0] for row in told.fetchall())


@pytest.mark.parametrize(
    "values", [[], [None, None], [7], [7, None, 7, None], [3, 1, 3, 2, 1, 3], [-1, -1, 0]]
)
def test_numbers_borne_twice_are_each_told_once_and_an_empty_one_is_none(con, values):
    table = numbers(con, values)
    assert repeated(con, table, at_most=len(values))["number"].to_pylist() == counted(con, table)


def test_they_are_found_among_more_rows_than_are_brought_at_once(con):
    some = np.random.default_rng(1).integers(0, 10 * MANY, MANY)
    table = numbers(con, some)
    found = repeated(con, table, at_most=2 * MANY)["number"].to_pylist()
    assert found == counted(con, table)
    assert found


def test_one_number_is_always_told_be_it_there_or_not(con, tmp_path):
    table = numbers(con, [5, 5, 6])
    told = saved_repeated(con, table, tmp_path / "several.parquet", at_most=3, always=-1)
    assert sorted(con.to_pyarrow(told)["number"].to_pylist()) == [-1, 5]
