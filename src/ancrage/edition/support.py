"""Table of the support places, from the lists that were synchronised."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import duckdb

from ancrage.coverage.places import Directory
from ancrage.coverage.placing import Ground, ground_from
from ancrage.coverage.reading import Row, feature_row, gather
from ancrage.coverage.tables import SUPPORT_PLACE
from ancrage.edition.inputs import Inputs
from ancrage.errors import SupportFileError
from ancrage.sources.catalogue import get_source
from ancrage.warehouse.writing import write

LISTS = (
    ("france-services", "points-2024"),
    ("fabriques-de-territoire", "lieux"),
    ("manufactures-de-proximite", "lieux"),
    ("mediation-numerique-creuse", "lieux"),
)
READ = ("commune", "lineage", "municipal_arrondissement", "outline")


def write_support(inputs: Inputs, folder: Path) -> None:
    """Write the places; a list that was not synchronised brings none, and its kind stays unknown."""
    ground: Ground | None = None
    rows: list[dict[str, Any]] = []
    for source, resource in LISTS:
        if inputs.store.latest(source, resource) is None:
            continue
        ground = ground or _ground(folder)
        rows += _places(inputs, source, resource, ground)
    write(SUPPORT_PLACE, SUPPORT_PLACE.from_rows(rows), folder)


def _places(inputs: Inputs, source: str, resource: str, ground: Ground) -> Iterator[dict[str, Any]]:
    try:
        found = gather(list(_rows(inputs, source, resource)), ground, name=source)
    except SupportFileError as error:
        inputs.reject(source, resource, error.message)
        return
    _tell(inputs, source, found)
    for place in found.places:
        yield {
            "kind": place.kind,
            "id": place.id,
            "name": place.name,
            "commune": place.commune,
            "longitude": place.longitude,
            "latitude": place.latitude,
            "by_commune": place.by_commune,
            "itinerant": place.itinerant,
            "source": source,
        }


def _tell(inputs: Inputs, source: str, found: Directory) -> None:
    for one in (*found.rejected, *found.merged):
        inputs.reject(source, one.where, one.why)


def _rows(inputs: Inputs, source: str, resource: str) -> Iterator[tuple[str, Row]]:
    declared = next(one for one in get_source(source).resources if one.id == resource)
    if declared.format == "geojson":
        for number, (properties, geometry) in enumerate(inputs.features(source, resource) or (), 1):
            yield f"objet {number}", feature_row({"properties": properties, "geometry": geometry})
        return
    for number, row in enumerate(inputs.rows(source, resource) or (), 1):
        yield f"ligne {number}", row


def _ground(folder: Path) -> Ground:
    """Communes and points of the edition being built."""
    with duckdb.connect() as connection:
        for name in READ:
            path = str(folder / f"{name}.parquet").replace("'", "''")
            connection.execute(f"CREATE VIEW {name} AS FROM read_parquet('{path}')")

        def rows(sql: str, parameters: Sequence[object] = ()) -> list[dict[str, Any]]:
            cursor = connection.execute(sql, list(parameters))
            names = [column[0] for column in cursor.description or ()]
            return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]

        return ground_from(rows)
