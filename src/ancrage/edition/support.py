"""Tables of the support places, from the lists that were synchronised, and of the distances to them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa

from ancrage.coverage.extents import extents_of
from ancrage.coverage.places import Directory
from ancrage.coverage.placing import Ground, ground_from
from ancrage.coverage.reading import Row, feature_row, gather
from ancrage.coverage.sources import LISTS
from ancrage.coverage.tables import SUPPORT_DISTANCE, SUPPORT_PLACE
from ancrage.edition.inputs import Inputs
from ancrage.errors import SupportFileError
from ancrage.siting.geography import kin_outlines
from ancrage.siting.positions import Positions
from ancrage.sources.catalogue import get_source
from ancrage.territories.codes import departement_of
from ancrage.warehouse.engines import connect
from ancrage.warehouse.writing import quoted, write

READ = ("commune", "commune_event", "lineage", "municipal_arrondissement", "outline")
Rows = list[dict[str, Any]]


def write_support(inputs: Inputs, folder: Path) -> None:
    """Write the places; a list that was not synchronised brings none, and its kind stays unknown."""
    held = [list_ for list_ in LISTS if list_ in inputs.held or inputs.store.latest(*list_) is not None]
    with closing(_Draft(folder)) as draft:
        ground = ground_from(draft.rows) if held else None
        rows = [row for list_ in held if ground for row in _places(inputs, *list_, ground)]
    write_places(rows, folder)


def write_places(places: Rows, folder: Path) -> None:
    """Write places, and how far each commune is from them."""
    write(SUPPORT_PLACE, SUPPORT_PLACE.from_rows(places), folder)
    with closing(_Draft(folder)) as draft:
        write(SUPPORT_DISTANCE, _distances(places, draft), folder)


def _places(inputs: Inputs, source: str, resource: str, ground: Ground) -> Iterator[dict[str, Any]]:
    try:
        found = gather(list(rows_of(inputs, source, resource)), ground, name=source)
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


def rows_of(inputs: Inputs, source: str, resource: str) -> Iterator[tuple[str, Row]]:
    """Rows of a list, each with where it is in its file."""
    declared = next(one for one in get_source(source).resources if one.id == resource)
    if declared.format == "geojson" and inputs.store.latest(source, resource) is not None:
        for number, (properties, geometry) in enumerate(inputs.features(source, resource) or (), 1):
            yield f"objet {number}", feature_row({"properties": properties, "geometry": geometry})
        return
    rows = inputs.properties(source, resource) if declared.format == "geojson" else None
    for number, row in enumerate(rows or inputs.rows(source, resource) or (), 1):
        yield f"ligne {number}", row


def _distances(places: Rows, draft: "_Draft") -> pa.Table:
    """From each point of a commune to the nearest place of each kind: a diagnosis then only counts.

    None for a commune out of the départements that the lists of a kind cover.
    """
    points = draft.points()
    placed = [place for place in places if place["longitude"] is not None]
    tables = [SUPPORT_DISTANCE.empty()]
    within = extents_of((place["kind"], place["source"]) for place in places)
    for kind in sorted({place["kind"] for place in placed}):
        told = [one for one in points if kind not in within or departement_of(one["commune"]) in within[kind]]
        km = _positions(told).nearest(_positions([place for place in placed if place["kind"] == kind]))
        columns = {name: [point[name] for point in told] for name in ("commune", "vintage")}
        tables.append(
            pa.table({**columns, "kind": [kind] * len(told), "km": km}, schema=SUPPORT_DISTANCE.schema)
        )
    return pa.concat_tables(tables)


def _positions(points: Rows) -> Positions:
    return Positions.from_degrees(
        [point["longitude"] for point in points], [point["latitude"] for point in points]
    )


class _Draft:
    """The tables of territories of the edition being built."""

    def __init__(self, folder: Path) -> None:
        self._connection = connect()
        for name in READ:
            path = quoted(folder / f"{name}.parquet")
            self._connection.execute(f"CREATE VIEW {name} AS FROM read_parquet('{path}')")

    def rows(self, sql: str, parameters: Sequence[object] = ()) -> Rows:
        cursor = self._connection.execute(sql, list(parameters))
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]

    def points(self) -> Rows:
        """Points of the outlines, then those lent, by vintage, to communes that have none of their code."""
        outlines = self.rows(
            "SELECT commune, NULL AS vintage, longitude, latitude FROM outline "
            "WHERE longitude IS NOT NULL ORDER BY area"
        )
        point_of = {row["commune"]: row for row in outlines}
        lineage = self.rows("SELECT * FROM lineage ORDER BY ALL")
        lacking: dict[int, set[str]] = {}
        for row in self.rows("SELECT vintage, code FROM commune"):
            if row["code"] not in point_of:
                lacking.setdefault(row["vintage"], set()).add(row["code"])
        return [*outlines, *_lent(point_of, lineage, lacking)]

    def close(self) -> None:
        self._connection.close()


def _lent(
    point_of: Mapping[str, dict[str, Any]], lineage: Rows, lacking: Mapping[int, set[str]]
) -> Iterator[dict[str, Any]]:
    for vintage, communes in lacking.items():
        kin = kin_outlines(lineage, vintage, communes)
        # The largest outline a commune is made of comes last, and is the one kept.
        lent = {kin[outline]: row for outline, row in point_of.items() if outline in kin}
        for commune, row in lent.items():
            yield {**row, "commune": commune, "vintage": vintage}
