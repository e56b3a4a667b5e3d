"""A print of each unit: the sum of the hashes of all the rows that speak of it, whatever their order.

Units share ``buckets`` by their number; there are more than twice as many, so that few share one. Two
months are compared bucket by bucket: the day on which INSEE treated a row is not trusted, every cell that the
register reads is compared.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from ancrage.register.lists import Lists
from ancrage.register.months.following import SIREN_DIGITS, SIRET_DIGITS, Followed, Whole, readable, unit_of
from ancrage.warehouse.engines import connect

Sums = NDArray[np.uint64]
FEWEST_BITS, MOST_BITS = 10, 24
"""At most 16 million buckets: 128 Mo of prints, for the 29 million units of France."""
ROWS = 1 << 17


@dataclass(frozen=True, slots=True)
class Prints:
    """``sums``: shape (buckets,); ``rows``: read of each file, by its name among the inputs."""

    sums: Sums
    rows: dict[str, int]

    @property
    def buckets(self) -> int:
        """How many there are: a power of two."""
        return len(self.sums)


def buckets_for(units: int) -> int:
    """How many buckets so many units ask for."""
    return 1 << min(max((2 * units).bit_length(), FEWEST_BITS), MOST_BITS)


def prints_of(files: Sequence[Followed], lists: Lists, buckets: int | None) -> Prints:
    """Read every file once. ``buckets``: those of the month before, ``None`` when there is none.

    Raises :class:`Whole` when a row does not tell its unit in digits: it could speak of any.
    """
    with connect() as engine:
        rows = {one.name: _count(engine, one) for one in files}
        sums = np.zeros((buckets or buckets_for(rows["unites"])) + 1, np.uint64)
        last = len(sums) - 1
        for rank, one in enumerate(files):
            with readable(one.path):
                _add(engine, f"{rank}, {one.read}", one.unit, one.source, sums)
            if sums[last]:
                raise Whole(f"{one.path.name} a des lignes dont l'identifiant n'est pas écrit en chiffres")
        for name, digits, table in _listed(lists):
            engine.register(name, table)
            columns = ", ".join(f'"{column}"' for column in table.column_names)
            key = "siret" if digits == SIRET_DIGITS else "siren"
            _add(engine, f"'{name}', {columns}", unit_of(key, digits), name, sums)
    return Prints(sums[:last], rows)


def units_of(keys: Iterable[str]) -> list[int]:
    """Numbers of the units of SIRET and SIREN written in digits; the others name none."""
    widths = {SIRET_DIGITS, SIREN_DIGITS}
    return sorted({int(key[:8]) for key in keys if len(key) in widths and key.isascii() and key.isdigit()})


def changed(before: Sums, after: Sums, always: Iterable[int]) -> NDArray[np.int64]:
    """Buckets whose print is another one, and those of the units ``always`` worked out again."""
    others = np.asarray([number % len(after) for number in always], np.int64)
    return np.union1d(np.flatnonzero(before != after), others)


def _count(engine: object, one: Followed) -> int:
    found: int = engine.execute(f"SELECT count(*) FROM {one.source}").fetchall()[0][0]  # type: ignore[attr-defined]
    return found


def _add(engine: object, hashed: str, unit: str, source: str, sums: Sums) -> None:
    """Add the hash of each row to its bucket; the last one, beside the others, is for rows that have none."""
    last = len(sums) - 1
    query = f"SELECT coalesce({unit} % {last}, {last}) AS bucket, hash({hashed}) AS print FROM {source}"
    for batch in engine.sql(query).to_arrow_reader(ROWS):  # type: ignore[attr-defined]
        bucket, value = (column.to_numpy(zero_copy_only=False) for column in batch.columns)
        np.add.at(sums, bucket, value)


def _listed(lists: Lists) -> Iterable[tuple[str, int, pa.Table]]:
    if lists.ess_rows is not None:
        rows = lists.ess_rows.rows
        yield "liste_ess", SIREN_DIGITS, rows.get_backend().to_pyarrow(rows)
    yield "structures", SIRET_DIGITS, lists.structures
