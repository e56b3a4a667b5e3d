"""What is verified of a received file before it becomes a snapshot."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ancrage.declarations.csv_text import Reject
from ancrage.errors import SourceContentError
from ancrage.language.numbers import count
from ancrage.sources.api_results import read_results
from ancrage.sources.declaration import Format, Resource
from ancrage.sources.envelope import RETRY, check_envelope, format_of
from ancrage.sources.reading import check_header, parquet_rows, read_geojson, read_rows

# Above this size on disk (bytes), rows are counted by the warehouse's engine, not here.
COUNTED_BELOW = 32 << 20


@dataclass(frozen=True, slots=True)
class Checked:
    """What was seen: number of usable rows (``None`` when not counted), lines set aside, French remarks."""

    rows: int | None
    rejects: tuple[Reject, ...] = ()
    remarks: tuple[str, ...] = ()


def check_received(files: Sequence[Path], resource: Resource, *, sample: bool = False) -> Checked:
    """Verify soundness, columns and number of rows of the files of one resource.

    A sample may have fewer rows than ``min_rows``, never none. Raises :class:`SourceContentError`.
    """
    for path in files:
        check_envelope(path, resource)
    if resource.format is Format.RECORDS:
        return Checked(None)
    if sum(path.stat().st_size for path in files) > COUNTED_BELOW:
        checked = _joined([_count_if_told(path, resource) for path in files])
    else:
        checked = _joined([_count(path, resource) for path in files])
    _check_rows(checked, files[0], minimum=1 if sample else resource.min_rows)
    return checked


def _count_if_told(path: Path, resource: Resource) -> Checked:
    """Rows of a large file when it tells them itself (Parquet); a large CSV is not read for that."""
    check_header(path, resource)
    return Checked(parquet_rows(path) if format_of(path, resource) is Format.PARQUET else None)


def _count(path: Path, resource: Resource) -> Checked:
    match format_of(path, resource):
        case Format.GEOJSON:
            check_header(path, resource)
            return Checked(sum(1 for _ in read_geojson(path, resource)))
        case Format.API:
            return Checked(sum(1 for _ in read_results([path])))
        case _:
            read = read_rows(path, resource)
            return Checked(read.table.num_rows, read.rejects, read.remarks)


def _joined(parts: Sequence[Checked]) -> Checked:
    return Checked(
        None if any(part.rows is None for part in parts) else sum(part.rows or 0 for part in parts),
        tuple(reject for part in parts for reject in part.rejects),
        tuple(dict.fromkeys(remark for part in parts for remark in part.remarks)),
    )


def _check_rows(checked: Checked, path: Path, *, minimum: int) -> None:
    rows = checked.rows
    if rows is not None and rows < minimum:
        seen = count(rows, "ligne")
        set_aside = f" ({len(checked.rejects)} inutilisables)" if checked.rejects else ""
        raise SourceContentError(
            f"« {path.name} » ne donne que {seen}{set_aside} au lieu de {minimum} au moins.",
            RETRY,
        )
