"""The records of a file of essential data, whatever its shape: JSON, XML, CSV or Parquet, of 2019 or 2022."""

import csv
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from ancrage.declarations.csv_text import as_title, sniff_separator
from ancrage.declarations.faults import Fault
from ancrage.declarations.json_stream import records_of
from ancrage.declarations.xml_stream import records_of_xml
from ancrage.errors import SourceContentError
from ancrage.procurement.bought.vocabulary import RECORDS
from ancrage.sources.declaration import Resource
from ancrage.sources.envelope import PARQUET_MARK, RETRY, open_inside

HEAD = 1 << 16
ROWS = 20_000
NEEDED = ("id", ("acheteur_id", "acheteur.id"))
"""Columns without which a table is none of this data."""


@dataclass(frozen=True, slots=True)
class Record:
    """A record: the name under which it stands, where (« ligne 12 »), what it says; or why nothing."""

    name: str
    place: str
    values: Mapping[str, Any] | None
    fault: str = ""
    tabular: bool = False


def records(path: Path, resource: Resource) -> Iterator[Record]:
    """Every record of a file, of any envelope, one at a time.

    Raises :class:`SourceContentError` for a file that is cut, damaged, or of another shape.
    """
    with open_inside(path, resource) as stream:
        start = stream.read(HEAD)
    if not start.strip(b"\xef\xbb\xbf \t\r\n"):
        raise SourceContentError(f"« {path.name} » est vide.", RETRY)
    with _told(path):
        if start.startswith(PARQUET_MARK):
            yield from _parquet(path)
            return
        with open_inside(path, resource) as stream:
            yield from _of_text(stream, start.lstrip(b"\xef\xbb\xbf \t\r\n"))


def _of_text(stream: IO[bytes], start: bytes) -> Iterator[Record]:
    if start.startswith(b"<"):
        yield from _objects(records_of_xml(stream, RECORDS))
        return
    text = io.TextIOWrapper(stream, encoding="utf-8-sig", errors="replace", newline="")
    try:
        is_json = start.startswith((b"{", b"["))
        yield from _objects(records_of(text, RECORDS)) if is_json else _csv(text)
    finally:
        text.detach()


def _objects(found: Iterator[tuple[str, int, Any]]) -> Iterator[Record]:
    for rank, (name, _, value) in enumerate(found, 1):
        if isinstance(value, dict):
            yield Record(name, f"contrat {rank}", value)
        else:
            yield Record(name, f"contrat {rank}", None, "ce n'est pas un objet")


def _csv(text: IO[str]) -> Iterator[Record]:
    head = text.readline()
    separator = sniff_separator(head)
    columns = [as_title(one) for one in next(csv.reader([head], delimiter=separator), [])]
    _refuse_other(columns)
    reader = csv.reader(text, delimiter=separator, strict=True)
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise Fault("un guillemet y est ouvert et jamais refermé", reader.line_num + 1) from error
        line = f"ligne {reader.line_num + 1}"
        if len(cells) == len(columns):
            yield Record("", line, dict(zip(columns, cells, strict=True)), tabular=True)
        elif cells:
            yield Record("", line, None, f"{len(cells)} cellules au lieu de {len(columns)}", tabular=True)


def _parquet(path: Path) -> Iterator[Record]:
    import pyarrow as pa
    from pyarrow import parquet

    try:
        file = parquet.ParquetFile(path)
        _refuse_other(file.schema_arrow.names)
        rank = 0
        for batch in file.iter_batches(batch_size=ROWS):
            for row in batch.to_pylist():
                rank += 1
                yield Record(
                    "", f"ligne {rank}", {name: _plain(value) for name, value in row.items()}, tabular=True
                )
    except (pa.ArrowException, OSError) as error:
        raise SourceContentError(f"« {path.name} » n'est pas un fichier Parquet lisible.", RETRY) from error


def _plain(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _refuse_other(columns: list[str]) -> None:
    for wanted in NEEDED:
        names = (wanted,) if isinstance(wanted, str) else wanted
        if not any(name in columns for name in names):
            raise Fault(f"il n'y a pas de colonne « {names[0]} » : ce ne sont pas des marchés", 1)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn what is wrong in a text into the refusal of its file."""
    try:
        yield
    except Fault as fault:
        raise SourceContentError(f"{fault.told(path.name)} {fault.repair}".strip(), RETRY) from fault
