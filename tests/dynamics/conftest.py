"""The demonstration register with what it lacks: outlines, and a hidden inclusion enterprise."""

import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest
import shapely
from dynamics_factory import HIDDEN_NAME

from ancrage.edition.opening import open_edition
from ancrage.territories.atlas import Atlas
from asking import asked
from told_again import tell_again

TODAY = date(2026, 11, 23)
COLUMNS = 16
STEP = 0.06


def rewrite(folder: Path, table: str, sql: str) -> None:
    """Replace a table of an edition by a query over itself, named ``{table}``."""
    path = folder / f"{table}.parquet"
    read = f"read_parquet('{path}')"
    with duckdb.connect() as engine:
        engine.execute(f"CREATE TABLE changed AS {sql.format(table=read)}")
        path.unlink()
        engine.execute(f"COPY changed TO '{path}' (FORMAT parquet)")


@pytest.fixture(scope="session")
def drawn_edition(embedded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The embedded edition where the communes of Creuse are squares of a grid, and one SIAE is hidden."""
    folder = tmp_path_factory.mktemp("edition") / "dessinee"
    shutil.copytree(embedded, folder)
    communes = asked(
        f"SELECT code FROM read_parquet('{folder}/commune.parquet') "
        "WHERE vintage = 2022 AND departement = '23' ORDER BY code"
    )
    rows = []
    for rank, (code,) in enumerate(communes):
        west, south = 1.4 + rank % COLUMNS * STEP, 45.7 + rank // COLUMNS * STEP
        square = shapely.box(west, south, west + STEP, south + STEP)
        rows.append(f"('{code}', '{square.wkb_hex}', {west + STEP / 2}::DOUBLE, {south + STEP / 2}::DOUBLE)")
    rewrite(
        folder,
        "outline",
        "SELECT c AS commune, c AS name, unhex(h) AS geometry, 20.0::DOUBLE AS area, "
        "x AS longitude, y AS latitude "
        f"FROM (VALUES {', '.join(rows)}) t(c, h, x, y)",
    )
    rewrite(
        folder,
        "ess_establishment",
        "SELECT * REPLACE (CASE WHEN len(siae_kinds) > 0 THEN false ELSE diffusible END AS diffusible, "
        "CASE WHEN len(siae_kinds) > 0 THEN NULL ELSE name END AS name) FROM {table}",
    )
    rewrite(folder, "siae", f"SELECT * REPLACE ('{HIDDEN_NAME}' AS name) FROM {{table}}")
    tell_again(folder)
    return folder


@pytest.fixture(scope="session")
def drawn_atlas(drawn_edition: Path) -> Iterator[Atlas]:
    """Its atlas."""
    with open_edition(drawn_edition, resident=True) as warehouse:
        yield Atlas(warehouse, today=TODAY)
