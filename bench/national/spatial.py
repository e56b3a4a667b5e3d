"""Each establishment in its quarter: points drawn beside the stock, and the same join by several tools.

Two files, seeded: ``points`` in the shape of INSEE's geolocation file (siret, x_longitude, y_latitude), drawn as
``bench_qpv_assignment.realistic_points`` draws them; ``quartiers`` (rank, wkb), the 692 polygons published for
QPV 2024 by commune, or synthetic shapes without the mirror. Each tool reads both and writes (siret, rank) of
the points that lie in a quarter, its boundary included, the first in order when several hold the point.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

from ancrage.territories.geometry.assignment import ZoneIndex
from national.postgres import placed_by_postgis
from national.tools import needed

POINTS, ZONES = "GeolocalisationEtablissement.parquet", "quartiers.parquet"
COLUMNS = ["siret", "x_longitude", "y_latitude"]
FRAME = "OGC:CRS84"


def made_points(folder: Path, stock: Path) -> bool:
    """Write both files beside the stock; return whether the quarters are those published."""
    from bench_qpv_assignment import MIRROR, SEED, published_layer, realistic_points

    rng = np.random.default_rng(SEED)
    zones, centres, synthetic = published_layer(MIRROR, rng)
    drawn = pa.table({"rank": pa.array(range(len(zones)), pa.int64()), "wkb": list(shapely.to_wkb(zones))})
    pq.write_table(drawn, folder / ZONES)
    siret = pq.read_table(stock, columns=["siret"])["siret"].unique().sort()
    longitude, latitude = realistic_points(zones, centres, len(siret), rng)
    columns = [pa.array(one, from_pandas=True) for one in (longitude, latitude)]
    pq.write_table(pa.table([siret, *columns], names=COLUMNS), folder / POINTS)
    return not synthetic


def placed_by_us(points: Path, zones: Path, out: Path) -> None:
    """The index of zones of Ancrage, a batch of points at a time."""
    drawn = pq.read_table(zones)
    shapes = shapely.from_wkb(drawn["wkb"].to_numpy())
    index = ZoneIndex.build(shapes, [str(rank) for rank in drawn["rank"].to_pylist()])
    schema = pa.schema([("siret", pa.string()), ("rank", pa.int64())])
    with pq.ParquetWriter(out, schema) as written:
        for batch in pq.ParquetFile(points).iter_batches(1 << 20, columns=COLUMNS):
            found = index.assign(*(_degrees(batch[name]) for name in COLUMNS[1:]))
            rows = pa.table([batch["siret"], pa.array(found, pa.int64())], schema=schema)
            written.write_table(rows.filter(found >= 0))


def _degrees(column: pa.Array) -> "np.ndarray[Any, Any]":
    return column.fill_null(float("nan")).to_numpy(zero_copy_only=False)


def placed_by_geopandas(points: Path, zones: Path, out: Path) -> None:
    """pandas and geopandas as people write it: whole frames, sjoin, the first quarter of each."""
    geopandas, pandas = needed("geopandas", "pip install geopandas"), needed("pandas", "pip install pandas")
    known = pandas.read_parquet(points).dropna()
    where = geopandas.points_from_xy(known.x_longitude, known.y_latitude)
    every = geopandas.GeoDataFrame(known[["siret"]], geometry=where, crs=FRAME)
    drawn = pandas.read_parquet(zones)
    areas = geopandas.GeoDataFrame(
        drawn[["rank"]], geometry=geopandas.GeoSeries.from_wkb(drawn.wkb), crs=FRAME
    )
    joined = geopandas.sjoin(every, areas, predicate="intersects")
    joined.groupby("siret", as_index=False)["rank"].min().to_parquet(out)


def placed_by_sedonadb(points: Path, zones: Path, out: Path) -> None:
    """Spatial SQL, in this process."""
    engine = needed("sedonadb", "pip install sedonadb").connect()
    engine.read_parquet(points).to_view("points")
    engine.read_parquet(zones).to_view("zones")
    engine.sql("""
        SELECT siret, min(rank) AS rank
        FROM (SELECT siret, ST_Point(x_longitude, y_latitude) AS place FROM points WHERE x_longitude IS NOT NULL) p
        JOIN (SELECT rank, ST_GeomFromWKB(wkb) AS shape FROM zones) z ON ST_Intersects(z.shape, p.place)
        GROUP BY siret
    """).to_parquet(out)


PLACED: dict[str, Callable[[Path, Path, Path], None]] = {
    "ancrage": placed_by_us,
    "geopandas": placed_by_geopandas,
    "postgis": placed_by_postgis,
    "sedonadb": placed_by_sedonadb,
}


def placed(tool: str, folder: Path) -> None:
    """Do the work with one tool; the result goes in a folder of its own."""
    PLACED[tool](folder / POINTS, folder / ZONES, _result(folder, tool))


def placed_otherwise(tool: str, folder: Path) -> int:
    """Rows of one tool that are not those of Ancrage, and of Ancrage that are not its own."""
    one, other = (
        f"SELECT siret, rank::BIGINT AS rank FROM '{_result(folder, name)}'" for name in (tool, "ancrage")
    )
    sql = f"SELECT count(*) FROM (({one} EXCEPT ALL {other}) UNION ALL ({other} EXCEPT ALL {one}))"
    with duckdb.connect() as con:
        (found,) = con.execute(sql).fetchall()
    return int(found[0])


def placed_rows(folder: Path) -> tuple[int, int]:
    """Points, and those in a quarter by Ancrage."""
    files = folder / POINTS, _result(folder, "ancrage")
    points, inside = (pq.ParquetFile(path).metadata.num_rows for path in files)
    return points, inside


def _result(folder: Path, tool: str) -> Path:
    path = folder / "resultats" / f"quartiers-{tool}.parquet"
    path.parent.mkdir(exist_ok=True)
    return path
