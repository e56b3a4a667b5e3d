"""Read files of places: CSV, GeoJSON, JSON; in the data.inclusion schema or as producers publish them."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ancrage.coverage.declaring import check_version, network_of, parts_of, receives, zones_of
from ancrage.coverage.kinds import get_kind
from ancrage.coverage.layouts import Layout, layout_of
from ancrage.coverage.places import Directory, Gathering, Rejected, SupportPlace
from ancrage.coverage.placing import Ground, placed
from ancrage.declarations.reader import LIST, Reader
from ancrage.declarations.tables import Values
from ancrage.errors import SupportFileError
from ancrage.language.folding import bare

Row = Mapping[str, Any]
REPAIR = "Donnez un CSV, un classeur, un JSON ou un GeoJSON de lieux."
READER = Reader(SupportFileError, REPAIR, LIST, guessed=True)
YES = frozenset({"oui", "true", "vrai", "1"})


def read_directory(path: Path, ground: Ground, *, kind: str | None = None) -> Directory:
    """Places of a file. ``kind`` is that of a file that does not say it.

    Raises :class:`SupportFileError` for a file that cannot be read or holds no usable place.
    """
    if kind is not None:
        get_kind(kind)
    gathered = Gathering()
    rows = list(_rows(path, gathered))
    return gather(rows, ground, name=path.name, kind=kind, gathered=gathered)


def gather(
    rows: Sequence[tuple[str, Row]],
    ground: Ground,
    *,
    name: str,
    kind: str | None = None,
    gathered: Gathering | None = None,
) -> Directory:
    """Places of rows, each with where it is in its file. Raises :class:`SupportFileError` for none usable."""
    kept = gathered or Gathering()
    if not rows:
        raise SupportFileError(f"« {name} » ne contient aucun lieu.", "Vérifiez le fichier.")
    layout = layout_of({column for _, row in rows for column in row}, name, rows[0][0])
    for where, row in rows:
        _add(row, where, layout, ground, kept, kind=kind, source=name)
    if not kept.places:
        first = kept.rejected[0] if kept.rejected else None
        why = f" Le premier rejet : {first.where}, {first.why}." if first else ""
        raise SupportFileError(f"Aucun lieu de « {name} » n'est utilisable.{why}", "Corrigez le fichier.")
    return Directory(
        tuple(kept.places.values()),
        tuple(kept.rejected),
        tuple(kept.merged),
        tuple(kept.moved),
        tuple(kept.remarks),
        frozenset(place.kind for place in kept.places.values()),
        (f"{name} ({layout.label})",),
    )


def _add(
    row: Row, where: str, layout: Layout, ground: Ground, kept: Gathering, *, kind: str | None, source: str
) -> None:
    def cell(what: str) -> Any:
        return row.get(layout.columns.get(what, ""))

    def told(what: str) -> str:
        return "" if cell(what) is None else str(cell(what)).strip()

    name = told("name")
    if not name:
        kept.reject(where, "sans nom")
        return
    place = placed(
        SupportPlace(
            id=told("id") or f"{name}@{told('commune')}",
            kind=kind or _kind(cell("kind"), told("id"), layout),
            name=name,
            commune=None,
            longitude=None,
            latitude=None,
            zones=tuple(zones_of(told("zone_type"), cell("zone_codes"))),
            publics=tuple(parts_of(cell("publics"))),
            receives=receives(cell("modes")),
            itinerant=bare(told("itinerant")) in YES,
            source=source,
        ),
        told("commune"),
        told("longitude"),
        told("latitude"),
        ground,
    )
    if isinstance(place, str):
        kept.reject(where, f"{name} : {place}")
    else:
        kept.add(place, where)
        if place.remark:
            kept.remarks.append(Rejected(where, f"{name} : {place.remark}"))
        if place.doubt:
            kept.moved.append(Rejected(where, f"{name} : {place.doubt}, placé au point de sa commune"))


def _kind(written: Any, identifier: str, layout: Layout) -> str:
    """Kind of a place: what its row says, else what its identifier or its layout does."""
    return network_of(written) or layout.kinds_by_id.get(identifier.split("-")[0], layout.kind or "autre")


def _rows(path: Path, gathered: Gathering) -> Iterator[tuple[str, Row]]:
    read = READER.table_or_json(path)
    if isinstance(read, Values):
        yield from _json_rows(read.values, path.name)
        return
    for line, cells in read.rows:
        yield f"{path.name}, ligne {line}", dict(zip(read.columns, cells, strict=True))
    for reject in read.rejects:
        gathered.reject(f"{path.name}, ligne {reject.line}", reject.reason)


def _json_rows(document: Any, name: str) -> Iterator[tuple[str, Row]]:
    if isinstance(document, dict) and isinstance(document.get("features"), list):
        for number, feature in enumerate(document["features"], 1):
            yield f"{name}, objet {number}", feature_row(feature)
        return
    if isinstance(document, dict):
        check_version(document, name)
    found = document if isinstance(document, list) else _first_list(document)
    for number, row in enumerate(found or [], 1):
        yield f"{name}, objet {number}", row if isinstance(row, dict) else {}


def _first_list(document: Any) -> list[Any] | None:
    """Rows of a document that wraps them (``items``, ``results``, ``structures``…)."""
    values = document.values() if isinstance(document, dict) else ()
    return next((value for value in values if isinstance(value, list)), None)


def feature_row(feature: Any) -> Row:
    """A GeoJSON feature as a row; its point, if it is one, gives the coordinates."""
    if not isinstance(feature, dict):
        return {}
    properties = feature.get("properties")
    point = _point(feature.get("geometry"))
    position = {"longitude": point[0], "latitude": point[1]} if point else {}
    return {**(properties if isinstance(properties, dict) else {}), **position}


def _point(geometry: Any) -> list[Any] | None:
    """The coordinates of a point, or of the only one of several."""
    if not isinstance(geometry, dict):
        return None
    found = geometry.get("coordinates")
    if geometry.get("type") == "MultiPoint" and isinstance(found, list) and len(found) == 1:
        (found,) = found
    elif geometry.get("type") != "Point":
        return None
    return found if isinstance(found, list) and len(found) > 1 else None
