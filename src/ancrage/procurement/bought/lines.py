"""The lines read, written one after the other to a file: a national one never stands in memory."""

from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from ancrage.declarations.faults import shown
from ancrage.procurement.bought.contracts import NoContractError, contract_of
from ancrage.procurement.bought.reading import records
from ancrage.sources.declaration import Resource

if TYPE_CHECKING:
    import pyarrow as pa

BATCH = 20_000
MOST_LISTED = 20_000
"""Rejects listed one by one; all are counted."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A line set aside: where, what it was, why."""

    source: str
    file: str
    place: str
    told: str
    reason: str


def line_schema() -> "pa.Schema":
    """A line read, as it is kept between reading and sorting out."""
    import pyarrow as pa

    text, day = pa.string(), pa.date32()
    holder = pa.struct([(name, text) for name in ("id", "known", "name", "departement")])
    change = pa.struct(
        [
            ("rank", pa.int64()),
            ("notified_on", day),
            ("amount", pa.float64()),
            ("months", pa.int64()),
            ("object", text),
            ("holders", pa.list_(holder)),
        ]
    )
    return pa.schema(
        [
            ("seq", pa.int64()),
            *((name, text) for name in ("source", "file", "nature", "buyer", "buyer_name")),
            *((name, text) for name in ("buyer_departement", "number", "kind", "object", "cpv")),
            *((name, text) for name in ("procedure", "place", "where_read")),
            ("tabular", pa.bool_()),
            ("months", pa.int64()),
            ("notified_on", day),
            ("published_on", day),
            ("amount", pa.float64()),
            ("first_amount", pa.float64()),
            ("offers", pa.int64()),
            ("framework", pa.bool_()),
            ("social", pa.list_(text)),
            ("environmental", pa.list_(text)),
            ("holders", pa.list_(holder)),
            ("changes", pa.list_(change)),
            ("changed", pa.int64()),
            ("current", pa.bool_()),
            ("flaws", pa.list_(text)),
        ]
    )


@dataclass
class Lines:
    """Writes the lines of every file; counts those read, lists those that can be no contract."""

    path: Path
    on: date
    read: Counter[tuple[str, str]] = field(default_factory=Counter)
    refused: list[Refused] = field(default_factory=list)
    reasons: Counter[tuple[str, str, str]] = field(default_factory=Counter)
    _batch: list[dict[str, Any]] = field(default_factory=list)
    _seq: int = 0

    def __enter__(self) -> Self:
        from pyarrow import parquet

        self._writer = parquet.ParquetWriter(self.path, line_schema(), compression="zstd")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if kind is None:
            self._flush()
        with suppress(Exception):
            self._writer.close()

    def add(self, path: Path, resource: Resource, source: str) -> None:
        """Read a file. Raises :class:`SourceContentError` when it is cut, damaged, or of another shape."""
        for row in self._rows(path, resource, source):
            self._batch.append(row)
            if len(self._batch) >= BATCH:
                self._flush()

    def _rows(self, path: Path, resource: Resource, source: str) -> Iterator[dict[str, Any]]:
        for record in records(path, resource):
            self.read[source, path.name] += 1
            if record.values is None:
                self._refuse(source, path.name, record.place, "", record.fault)
                continue
            try:
                row = contract_of(record.values, name=record.name, on=self.on)
            except NoContractError as error:
                self._refuse(source, path.name, record.place, record.values.get("id", ""), str(error))
                continue
            self._seq += 1
            where = {
                "source": source,
                "file": path.name,
                "where_read": record.place,
                "tabular": record.tabular,
            }
            yield {"seq": self._seq, **where, **row}

    def _refuse(self, source: str, file: str, place: str, told: object, reason: str) -> None:
        self.reasons[source, file, reason] += 1
        if len(self.refused) < MOST_LISTED:
            self.refused.append(Refused(source, file, place, shown(told, 40) if told else "", reason))

    def _flush(self) -> None:
        import pyarrow as pa

        if self._batch:
            self._writer.write_table(pa.Table.from_pylist(self._batch, schema=line_schema()))
            self._batch.clear()
