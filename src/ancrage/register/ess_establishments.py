"""Establishments of the ESS, or to be checked: their reasons, their SIAE kinds, their QPV."""

from collections.abc import Iterator
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
from ibis import _

from ancrage.register.lists import Lists
from ancrage.register.placement import QPV_SCHEMA, QpvPlacement, place_batch
from ancrage.register.projecting import POINT_FIELDS, with_degrees
from ancrage.register.stock import Connection, Relation, saved
from ancrage.register.tables import ESS_ESTABLISHMENT
from ancrage.warehouse import keeping

BATCH_ROWS = 100_000
POSITION = ("siret", "longitude", "latitude", "x", "y", "commune", "departement", "quality", "error_m")


def ess_establishments(
    con: Connection,
    kept: Relation,
    units: Relation,
    reasons: Relation,
    lists: Lists,
    place: QpvPlacement,
    scratch: Path,
) -> Relation:
    """Rows of ``tables.ESS_ESTABLISHMENT``.

    ``kept``: establishments with their verdict; ``units``: decided units outside « non »; ``reasons``: those
    of each ``decision``. Placing runs over batches of ``BATCH_ROWS``, so the points of the whole country
    never sit in memory at once.
    """
    described_file, placed_file = scratch / "ess.parquet", scratch / "qpv.parquet"
    described = saved(con, _described(kept, units, lists), described_file)
    schema = pa.schema([*QPV_SCHEMA, *POINT_FIELDS])
    with pq.ParquetWriter(placed_file, schema) as writer:
        for raw in _positions(described_file):
            batch = with_degrees(raw)
            placed = place_batch(batch, place)
            for field in POINT_FIELDS:
                placed = placed.append_column(field, batch[field.name])
            writer.write_table(placed)
    keeping.note_content(placed_file)
    points = keeping.read(con, placed_file).rename(place="siret")
    apart = described.drop("longitude", "latitude")
    placed_apart = apart.inner_join(points, apart.siret == points.place)
    return placed_apart.inner_join(reasons, "decision").select(*ESS_ESTABLISHMENT.schema.names)


def _positions(written: Path) -> Iterator[pa.RecordBatch]:
    """What tells where each establishment is, from a file, or from the folder of parts that Spark writes."""
    for part in sorted(written.glob("*.parquet")) if written.is_dir() else [written]:
        with pq.ParquetFile(part) as file:
            yield from file.iter_batches(columns=list(POSITION), batch_size=BATCH_ROWS)


def _described(kept: Relation, units: Relation, lists: Lists) -> Relation:
    ess = kept.filter(_.ess != "non").drop("family", "ess", "orphan", "legal_category")
    owners = units.drop("orphan", "purged", "in_directory").rename(unit="siren", unit_diffusible="diffusible")
    joined = ess.inner_join(owners, ess.siren == owners.unit)
    diffusible = joined.diffusible & joined.unit_diffusible.fill_null(True)
    shown = joined.mutate(
        diffusible=diffusible,
        name=_only_if(diffusible, ibis.coalesce(joined.name, joined.trade_name)),
        longitude=_only_if(diffusible, joined.longitude),
        latitude=_only_if(diffusible, joined.latitude),
        x=_only_if(diffusible, joined.x),
        y=_only_if(diffusible, joined.y),
        head_office=joined.head_office.fill_null(False),
    ).drop("siae_kinds")
    return _with_kinds(shown, lists)


def _only_if(condition: ibis.expr.types.BooleanValue, value: ibis.Value) -> ibis.Value:
    return condition.ifelse(value, ibis.null(value.type()))


def _with_kinds(table: Relation, lists: Lists) -> Relation:
    """Kinds of the establishment itself, by its SIRET (its unit may hold others elsewhere)."""
    if lists.siae_rows is None:
        return table.mutate(siae_kinds=ibis.null("array<string>"))
    kinds = lists.siae_rows.rows.group_by(listed=_.siret).agg(siae_kinds=_.kind.collect().sort())
    joined = table.left_join(kinds, table.siret == kinds.listed)
    absent = ibis.literal([], "array<string>") if lists.siae_rows.complete else ibis.null("array<string>")
    return joined.mutate(siae_kinds=ibis.coalesce(joined.siae_kinds, absent)).drop("listed")
