"""A print of each unit: the sum of the hashes of all the rows that speak of it, whatever their order.

Units share ``buckets`` by their number; there are more than twice as many, so that few share one. Two
months are compared bucket by bucket: the day on which INSEE treated a row is not trusted, every cell that the
register reads is compared.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ancrage.register.lists import Lists
from ancrage.register.months.following import Followed, Whole, readable
from ancrage.register.months.numbers import NONE, SIREN_DIGITS, SIRET_DIGITS, numbers_of
from ancrage.warehouse.engines import connect

Sums = NDArray[np.uint64]
FEWEST_BITS, MOST_BITS = 10, 24
"""At most 16 million buckets: 128 Mo of prints, for the 29 million units of France."""
ROWS = 1 << 15
DIGITS = {"siret": SIRET_DIGITS, "siren": SIREN_DIGITS}


@dataclass(frozen=True, slots=True)
class Prints:
    """``sums``: shape (buckets,); ``rows``: read of each file, by its name among the inputs.

    ``places``: where the bucket of each row of a file is written, in the order of its rows (uint32), so that
    the rows of a unit are found without reading the file again.
    """

    sums: Sums
    rows: Mapping[str, int]
    places: Mapping[str, Path]

    @property
    def buckets(self) -> int:
        """How many there are: a power of two."""
        return len(self.sums)


def buckets_for(units: int) -> int:
    """How many buckets so many units ask for."""
    return 1 << min(max((2 * units).bit_length(), FEWEST_BITS), MOST_BITS)


def prints_of(files: Sequence[Followed], lists: Lists, buckets: int | None, scratch: Path) -> Prints:
    """Read every file once. ``buckets``: those of the month before, ``None`` when there is none.

    Raises :class:`Whole` when a row does not tell its unit in digits: it could speak of any.
    """
    with connect() as engine:
        rows = {one.name: _count(engine, one) for one in files}
        sums = np.zeros(buckets or buckets_for(rows["unites"]), np.uint64)
        places = {one.name: scratch / f"{one.name}.npy" for one in files if buckets}
        for rank, one in enumerate(files):
            with readable(one.path):
                _add_file(engine, one, rank, sums, places.get(one.name), rows[one.name])
        for name, key, table in _listed(lists):
            engine.register(name, table)
            columns = ", ".join(f'"{column}"' for column in table.column_names)
            reader = engine.sql(f"SELECT {key}, hash('{name}', {columns}) FROM {name}").to_arrow_reader(ROWS)
            for batch in reader:
                numbers = numbers_of(batch.column(0), DIGITS[key])
                named = numbers != NONE
                np.add.at(sums, numbers[named] % len(sums), batch.column(1).to_numpy()[named])
    return Prints(sums, rows, places)


def units_of(keys: Iterable[str]) -> list[int]:
    """Numbers of the units of SIRET and SIREN written in digits; the others name none."""
    widths = {SIRET_DIGITS, SIREN_DIGITS}
    return sorted({int(key[:8]) for key in keys if len(key) in widths and key.isascii() and key.isdigit()})


def changed(before: Sums, after: Sums, always: Iterable[int]) -> NDArray[np.bool_]:
    """Whether the print of each bucket is another one, or one of the units ``always`` worked out again."""
    differs: NDArray[np.bool_] = before != after
    differs[np.asarray([number % len(after) for number in always], np.int64)] = True
    return differs


def _count(engine: duckdb.DuckDBPyConnection, one: Followed) -> int:
    found: int = engine.execute(f"SELECT count(*) FROM {one.source}").fetchall()[0][0]
    return found


def _add_file(
    engine: duckdb.DuckDBPyConnection, one: Followed, rank: int, sums: Sums, places: Path | None, rows: int
) -> None:
    """Add the hash of each row to its bucket, and write in ``places`` which one it is."""
    told = None
    if places is not None and rows:
        told = np.lib.format.open_memmap(places, "w+", np.uint32, (rows,))
    elif places is not None:
        np.save(places, np.empty(0, np.uint32))
    query = f'SELECT "{one.key}", file_row_number, hash({rank}, {one.read}) FROM {one.source}'
    for batch in engine.sql(query).to_arrow_reader(ROWS):
        numbers = numbers_of(batch.column(0), DIGITS[one.key])
        if numbers.min(initial=0) == NONE:
            raise Whole(f"{one.path.name} a des lignes dont l'identifiant n'est pas écrit en chiffres")
        found = numbers & (len(sums) - 1)
        np.add.at(sums, found, batch.column(2).to_numpy())
        if told is not None:
            ranks = batch.column(1).to_numpy()
            told[_together(ranks)] = found


def _together(ranks: NDArray[np.int64]) -> slice | NDArray[np.int64]:
    """Ranks as a slice when each follows the one before, as they nearly always do: much quicker to write."""
    if len(ranks) and bool((np.diff(ranks) == 1).all()):
        return slice(int(ranks[0]), int(ranks[-1]) + 1)
    return ranks


def _listed(lists: Lists) -> Iterable[tuple[str, str, pa.Table]]:
    if lists.ess_rows is not None:
        rows = lists.ess_rows.rows
        yield "liste_ess", "siren", rows.get_backend().to_pyarrow(rows)
    yield "structures", "siret", lists.structures
