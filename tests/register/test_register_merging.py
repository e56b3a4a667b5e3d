"""A table written again group by group, as it would be if all of it were sorted."""

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from ancrage.register.months import merging
from ancrage.register.months.joining import Joined
from ancrage.warehouse.writing import quoted

BY = ("commune", "siret")
KINDS = pa.schema(
    {"siret": pa.string(), "siren": pa.string(), "commune": pa.string(), "reasons": pa.list_(pa.string())}
)


def rows_of(keys, reason: str) -> pa.Table:
    """Rows of a register: an unknown commune comes last, as DuckDB sorts."""
    ordered = sorted(keys, key=lambda key: (key[1] is None, key[1] or "", key[0]))
    return pa.Table.from_pylist(
        [
            {
                "siret": f"{unit:08d}000017",
                "siren": f"{unit:08d}0",
                "commune": commune,
                "reasons": [reason] * (unit % 3),
            }
            for unit, commune in ordered
        ],
        schema=KINDS,
    )


@pytest.mark.parametrize("group", [1, 3, 1000])
@pytest.mark.parametrize("count", [0, 200])
def test_rows_put_in_and_left_out_lie_where_sorting_all_of_them_would_put_them(
    group, count, tmp_path, monkeypatch
):
    monkeypatch.setattr(merging, "ROW_GROUP_ROWS", 20)
    drawn = np.random.default_rng(7)
    communes = ["01001", "2A004", "97401", None]
    old = {unit: communes[drawn.integers(4)] for unit in range(1, 2 * count, 2)}
    changed = {*range(1, 2 * count, 10), *range(2, 60, 4)}
    new = {unit: communes[drawn.integers(4)] for unit in sorted(changed) if unit % 4}
    pq.write_table(rows_of(old.items(), "avant"), tmp_path / "before.parquet", row_group_size=group)
    pq.write_table(rows_of(new.items(), "après"), tmp_path / "now.parquet")
    marks = np.zeros(1 << 10, np.bool_)
    marks[sorted(changed)] = True
    joined, written = Joined(marks), tmp_path / "written.parquet"
    joined.join(tmp_path / "before.parquet", tmp_path / "now.parquet", BY, written)

    kept = rows_of(((unit, place) for unit, place in old.items() if unit not in changed), "avant")
    every = pa.concat_tables([kept, rows_of(new.items(), "après")])
    with duckdb.connect() as engine:
        found = engine.sql(f"FROM '{quoted(written)}'").fetchall()
        assert found == engine.from_arrow(every).order("commune, siret").fetchall()
    left = {row["siret"] for part in joined.left for row in part.to_pylist()}
    assert left == {f"{unit:08d}000017" for unit in old.keys() & changed}
    told = pq.read_metadata(written)
    assert max(told.row_group(one).num_rows for one in range(told.num_row_groups)) <= 30
