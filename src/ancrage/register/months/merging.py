"""Write a table of the month before again, some rows left out and some put in, in its order and unsorted.

Sorting a register, and finding again which values its columns take, cost more than anything else in a month.
Both are known of the month before: its groups of rows are read as they lie, values by their rank, and written
the same way, each with the new rows that fall between its first and its last.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from ancrage.warehouse.writing import QUICK, ROW_GROUP_ROWS

LARGEST = 1.5
"""Times ``ROW_GROUP_ROWS`` past which a group that grew from month to month is cut."""
ALONE = {"siret", "siren", "name", "rna"}
"""Texts that most rows have to themselves: not read by rank."""
LARGEST_KEY = 2**63
ELEMENT = ".list.element"
"""What Parquet names the texts of a list, after the list."""
SOUGHT = {"commune", "departement", "siren", "month"}
"""Columns a query chooses groups of rows by: the file tells their bounds."""

Marks = NDArray[np.bool_]
Settled = Callable[[pa.Table, int, "Keys"], tuple[pa.Table, Marks]]
"""From rows of before followed by new ones, how many are of before, and their order: rows and which stay."""


@dataclass(frozen=True, slots=True)
class Keys:
    """``numbers``: one for each row, that sorts them; ``order``: ranks of the rows so sorted, ties kept."""

    numbers: NDArray[np.int64]
    order: NDArray[np.int64]


def merge(before: Path, rows: pa.Table, by: Sequence[str], settle: Settled, path: Path) -> None:
    """Write at ``path`` the rows of ``before`` and ``rows``, both sorted ``by`` columns, as ``settle`` tells.

    Columns ``by`` are days, texts read by rank, or texts of digits; with none, new rows come last.
    """
    with pq.ParquetFile(before, read_dictionary=_ranked(before)) as source:
        schema = pa.schema([field.with_nullable(True) for field in source.schema_arrow])
        writer = pq.ParquetWriter(
            path,
            schema,
            compression="zstd",
            compression_level=QUICK,
            use_dictionary=_repeated(source.metadata),
            write_statistics=[name for name in schema.names if name in {*by, *SOUGHT}],
            write_batch_size=ROW_GROUP_ROWS,
            store_schema=False,
        )
        with writer:
            for group, some in _groups(source, rows, by):
                both = pa.concat_tables([_as(schema, group), _as(schema, some)]).combine_chunks()
                numbers = _numbers(both, by)
                keys = Keys(numbers, np.argsort(numbers, kind="stable"))
                settled, stays = settle(both, len(group), keys)
                kept = settled.take(pa.array(keys.order[stays[keys.order]]))
                if len(kept):
                    pieces = ceil(len(kept) / (LARGEST * ROW_GROUP_ROWS))
                    writer.write_table(kept, ceil(len(kept) / pieces))


def _groups(source: pq.ParquetFile, rows: pa.Table, by: Sequence[str]) -> Iterator[tuple[pa.Table, pa.Table]]:
    """Each group of rows of before, with the new ones that come before its end."""
    keys = [rows[name].combine_chunks() for name in by]
    ranks, begin, count = range(len(rows)), 0, source.num_row_groups
    for one in range(count):
        group, end = source.read_row_group(one), begin
        if one == count - 1:
            end = len(rows)
        elif by:
            last = _place([group[name][-1] for name in by])
            end = bisect_right(
                ranks, last, lo=begin, key=lambda rank: _place([column[rank] for column in keys])
            )
        yield group, rows.slice(begin, end - begin)
        begin = end
    if not count:
        yield rows.slice(0, 0), rows


def _place(values: Sequence[pa.Scalar]) -> tuple[tuple[bool, Any], ...]:
    """What sorts a row: an unknown value comes last."""
    plain = (value.as_py() for value in values)
    return tuple((value is None, "" if value is None else value) for value in plain)


def read_ranked(path: Path) -> pa.Table:
    """A small table as :func:`merge` takes it: texts of a list by their rank."""
    lists = [name for name in _ranked(path) if name.endswith(ELEMENT)]
    return pq.read_table(path, read_dictionary=lists)


def _ranked(path: Path) -> list[str]:
    """Texts read and written by the rank of their value, those of a list included."""
    schema = pq.read_schema(path)
    return [field.name for field in schema if pa.types.is_string(field.type) and field.name not in ALONE] + [
        f"{field.name}{ELEMENT}" for field in schema if pa.types.is_list(field.type)
    ]


def _repeated(told: pq.FileMetaData) -> list[str]:
    """Columns that were worth writing by rank: values come back in a group, or most rows have their own."""
    if not told.num_row_groups:
        return []
    columns = (told.row_group(0).column(one) for one in range(told.num_columns))
    return [column.path_in_schema for column in columns if column.has_dictionary_page]


def _as(schema: pa.Schema, rows: pa.Table) -> pa.Table:
    """Rows with the columns of a schema, texts by rank where it has them so."""
    columns = [
        rows[field.name].dictionary_encode()
        if pa.types.is_dictionary(field.type) and not pa.types.is_dictionary(rows[field.name].type)
        else rows[field.name]
        for field in schema
    ]
    return pa.Table.from_arrays(columns, schema=schema)


def _numbers(rows: pa.Table, by: Sequence[str]) -> NDArray[np.int64]:
    """One number for each row, the larger the later it comes."""
    numbers, reached = np.zeros(len(rows), np.int64), 1
    for name in by:
        ranks, count = _ranks(rows[name].combine_chunks())
        reached *= count
        if reached >= LARGEST_KEY:
            raise OverflowError(name)
        numbers = numbers * count + ranks
    return numbers


def _ranks(column: pa.Array) -> tuple[NDArray[np.int64], int]:
    """Rank of each value, unknown ones last, and how many ranks there may be."""
    if isinstance(column, pa.DictionaryArray):
        values = column.dictionary
        order = np.empty(len(values) + 1, np.int64)
        order[pc.sort_indices(values).to_numpy()] = np.arange(len(values))
        order[-1] = len(values)
        return order[column.indices.fill_null(len(values)).to_numpy()], len(values) + 1
    plain = column.cast(pa.int32()) if pa.types.is_date(column.type) else column.cast(pa.int64())
    if not len(plain):
        return np.empty(0, np.int64), 1
    bounds = pc.min_max(plain)
    low, high = bounds["min"].as_py() or 0, bounds["max"].as_py() or 0
    numbers = plain.cast(pa.int64()).fill_null(high + 1).to_numpy() - low
    return numbers, high - low + 2
