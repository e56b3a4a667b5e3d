"""Read one table of many partitions as one, on either engine: the same columns, and that of the partition."""

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ibis

from ancrage.sources.depot import Depot
from ancrage.warehouse.engines import connect_ibis


def partitioned(place: Depot, names: Sequence[str], column: str) -> Any:
    """An Ibis table over Parquet files of a place, whose folders ``<column>=…`` give one more column (text).

    DuckDB reads a folder and an object store through Arrow. Spark reads a folder that its machines share:
    what is in an object store is copied there first, for the time of its session.
    """
    con = connect_ibis()
    if con.name == "duckdb":
        return con.table(_registered(con, place, names, column))
    if place.folder is None:
        place = _brought(place, names, con.shared)
    return con.read_partitions(place.root, [place.path(name) for name in names])


def _brought(place: Depot, names: Sequence[str], shared: Path) -> Depot:
    folder = Path(tempfile.mkdtemp(prefix="lieu-", dir=shared))
    for name in names:
        place.fetch(name, folder / name)
    return Depot.at(str(folder))


def _registered(con: Any, place: Depot, names: Sequence[str], column: str) -> str:
    import pyarrow as pa
    from pyarrow import dataset

    hive = dataset.partitioning(pa.schema([(column, pa.string())]), flavor="hive")
    files = dataset.dataset(
        [place.path(name) for name in names],
        filesystem=place.system,
        format="parquet",
        partitioning=hive,
        partition_base_dir=place.root,
    )
    name = ibis.util.gen_name("partitions")
    con.con.register(name, files)
    return str(name)
