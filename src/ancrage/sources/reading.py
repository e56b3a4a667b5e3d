"""Tables from the files of a snapshot, every cell kept as text: a code read as a number loses its zeros."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ancrage.declarations.csv_text import Reject, first_line, sniff_separator, split_header, split_rows
from ancrage.declarations.decoding import decode
from ancrage.declarations.faults import Fault, shown
from ancrage.declarations.given import UTF16_MARKS
from ancrage.declarations.json_text import read_json
from ancrage.deferred import Deferred
from ancrage.errors import SourceContentError
from ancrage.sources.columns import check_columns
from ancrage.sources.declaration import Format, Resource
from ancrage.sources.envelope import RETRY, format_of, open_inside

if TYPE_CHECKING:
    import pyarrow as pa
else:
    pa = Deferred("pyarrow")

HEADER_BYTES = 1 << 16
CODE_LIST = ("code", "libelle")

Feature = tuple[dict[str, Any], dict[str, Any] | None]


@dataclass(frozen=True, slots=True)
class ReadResult:
    """A table whose columns are all text, and what happened while it was read.

    An empty cell is an empty text in a CSV, null in JSON. ``remarks`` are French sentences (another
    encoding than the declared one).
    """

    table: pa.Table
    rejects: tuple[Reject, ...] = ()
    encoding: str = "utf-8"
    separator: str = ""
    remarks: tuple[str, ...] = ()


def read_rows(path: Path, resource: Resource) -> ReadResult:
    """Read a CSV, Parquet or JSON file of any envelope, with the columns the resource expects.

    Lines with a wrong number of cells become rejects. Raises :class:`SourceContentError` when a column is
    missing, a quote is never closed, or the file cannot be read as its format.
    """
    match format_of(path, resource):
        case Format.PARQUET:
            result = ReadResult(_parquet(path))
        case Format.CSV:
            result = _read_csv(path, resource)
        case _:
            result = ReadResult(_read_json(path, resource))
    check_columns(result.table.column_names, resource, path)
    return result


def read_geojson(path: Path, resource: Resource | None = None) -> Iterator[Feature]:
    """Features of a GeoJSON of any envelope, as (properties, geometry); a geometry may be ``None``.

    Raises :class:`SourceContentError` when it is not a FeatureCollection.
    """
    collection = _load_json(path, resource or Resource(id="geojson", format=Format.GEOJSON))
    features = collection.get("features") if isinstance(collection, dict) else None
    if not isinstance(features, list):
        raise SourceContentError(f"« {path.name} » n'est pas une collection GeoJSON.", RETRY)
    for rank, feature in enumerate(features, 1):
        yield _feature(feature, rank, path)


def _feature(feature: Any, rank: int, path: Path) -> Feature:
    """Properties and geometry of an object, each the object it must be."""
    if not isinstance(feature, dict):
        raise _no_object("l'objet", feature, rank, path)
    properties, geometry = feature.get("properties"), feature.get("geometry")
    if properties and not isinstance(properties, dict):
        raise _no_object("« properties »", properties, rank, path)
    if geometry is not None and not isinstance(geometry, dict):
        raise _no_object("« geometry »", geometry, rank, path)
    return properties or {}, geometry


def _no_object(what: str, found: Any, rank: int, path: Path) -> SourceContentError:
    told = f"« {path.name} », objet {rank} : {what} n'est pas un objet JSON, mais « {shown(found)} »."
    return SourceContentError(told, RETRY)


def check_header(path: Path, resource: Resource) -> tuple[str, ...]:
    """Columns of a file of any size, without reading its rows.

    Raises :class:`SourceContentError` naming the missing column and the nearest one present.
    """
    columns = columns_of(path, resource)
    check_columns(columns, resource, path)
    return columns


def columns_of(path: Path, resource: Resource) -> tuple[str, ...]:
    """Columns of a file, whatever they are. Raises :class:`SourceContentError` when it cannot be read."""
    match format_of(path, resource):
        case Format.PARQUET:
            return _parquet_columns(path)
        case Format.CSV:
            return _csv_columns(path, resource)
        case Format.GEOJSON:
            properties = (properties for properties, _ in read_geojson(path, resource))
            return tuple(dict.fromkeys(name for feature in properties for name in feature))
        case _:
            return tuple(_read_json(path, resource).column_names)


def _read_csv(path: Path, resource: Resource) -> ReadResult:
    with open_inside(path, resource) as stream, _told(path):
        decoded = decode(stream.read(), resource.encoding)
    separator = _separator(decoded.text, resource)
    with _told(path):
        columns, rows, rejects = split_rows(decoded.text, separator)
    arrays = [pa.array(cells, pa.string()) for cells in zip(*rows, strict=True)] if rows else None
    table = pa.Table.from_arrays(arrays or [pa.array([], pa.string()) for _ in columns], names=columns)
    other = f"séparateur « {separator} » au lieu de « {resource.separator} »"
    remarks = (decoded.remark, other if resource.separator and separator != resource.separator else "")
    return ReadResult(table, tuple(rejects), decoded.encoding, separator, tuple(filter(None, remarks)))


def _separator(text: str, resource: Resource) -> str:
    """The one declared; where the header does not have it, the one it has: spreadsheets write their own."""
    declared = resource.separator
    return declared if declared and declared in first_line(text) else sniff_separator(text)


def _csv_columns(path: Path, resource: Resource) -> tuple[str, ...]:
    with open_inside(path, resource) as stream:
        start = stream.read(HEADER_BYTES)
    # The block may end in the middle of a character: only whole lines are read.
    with _told(path):
        text = decode(_whole_lines(start), resource.encoding).text
    with _told(path):
        return split_header(text, _separator(text, resource))


def _whole_lines(start: bytes) -> bytes:
    """The block up to its last end of line: LF, CR alone, or either of UTF-16 (which takes two bytes)."""
    if start.startswith(UTF16_MARKS):
        return start[: len(start) // 2 * 2]
    end = max(start.rfind(b"\n"), start.rfind(b"\r"))
    return start[: end + 1] or start


@contextmanager
def _parquet_failures(path: Path) -> Iterator[None]:
    try:
        yield
    except (pa.ArrowException, OSError) as error:
        raise SourceContentError(f"« {path.name} » n'est pas un fichier Parquet lisible.", RETRY) from error


def _parquet(path: Path) -> pa.Table:
    from pyarrow import parquet

    with _parquet_failures(path):
        table = parquet.read_table(path)
        return table.cast(pa.schema([(name, pa.string()) for name in table.column_names]))


def _parquet_columns(path: Path) -> tuple[str, ...]:
    from pyarrow import parquet

    with _parquet_failures(path):
        return tuple(parquet.read_schema(path).names)


def parquet_rows(path: Path) -> int:
    """Number of rows told by the footer of a Parquet file of any size."""
    from pyarrow import parquet

    with _parquet_failures(path):
        return int(parquet.read_metadata(path).num_rows)


def _read_json(path: Path, resource: Resource) -> pa.Table:
    """Table of a list of objects, of the ``data`` of an answer of the tabular API, or of a code list."""
    content = _load_json(path, resource)
    if isinstance(content, dict):
        content = content.get("data", content)
    if isinstance(content, dict) and all(isinstance(label, str) for label in content.values()):
        content = [dict(zip(CODE_LIST, pair, strict=True)) for pair in content.items()]
    if not isinstance(content, list) or not all(isinstance(row, dict) for row in content):
        raise SourceContentError(f"« {path.name} » ne contient pas une liste d'objets JSON.", RETRY)
    names = tuple(dict.fromkeys(name for row in content for name in row))
    return pa.table(
        {name: pa.array([_text(row.get(name)) for row in content], pa.string()) for name in names}
    )


def _text(value: Any) -> str | None:
    return value if value is None or isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _load_json(path: Path, resource: Resource) -> Any:
    with open_inside(path, resource) as stream:
        content = stream.read()
    with _told(path):
        return read_json(decode(content, resource.encoding).text)


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turn the faults of a text into the refusal of its file."""
    try:
        yield
    except Fault as fault:
        raise SourceContentError(fault.told(path.name), RETRY) from fault
    except UnicodeDecodeError as error:
        told = f"« {path.name} » n'est pas de l'{error.encoding} lisible (octet {error.start})."
        raise SourceContentError(told, RETRY) from error
