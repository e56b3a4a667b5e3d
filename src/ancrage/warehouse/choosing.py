"""Which engine transforms: DuckDB on this machine, or Spark on one or several."""

import os
import shutil
import socket
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Literal

from ancrage.errors import EngineError
from ancrage.repairs import GiveField
from ancrage.warehouse.engines import working_with
from ancrage.warehouse.limits import Limits

CLUSTER, PATIENCE_S = "spark://", 10.0
EngineName = Literal["duckdb", "spark"]


@contextmanager
def chosen(name: EngineName, limits: Limits, data: Path, *, master: str | None = None) -> Iterator[None]:
    """Inside, builds transform with this engine.

    ``master``: address of Spark, what it is set to when not given. ``data``: folder that its machines share.
    Raises :class:`EngineError`, before anything starts, when the engine cannot run here.
    """
    if name == "duckdb":
        yield
        return
    _require_java()
    try:
        from ancrage.warehouse.spark import opened
    except ModuleNotFoundError as error:
        raise EngineError(
            f"Le moteur Spark n'est pas installé ({error.name}).",
            "Installez-le : pip install 'ancrage[spark]'. Rien n'a commencé.",
            GiveField("moteur", ("duckdb",)),
        ) from error
    _require_master(master or "")
    data.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory(prefix=".spark-", dir=data) as spill,
        opened(master, limits.memory, Path(spill)) as engine,
        working_with(engine),
    ):
        yield


def _require_master(master: str) -> None:
    """Spark itself asks a master that is not there for two minutes, then says something else."""
    if not master.startswith(CLUSTER):
        return
    for address in master.removeprefix(CLUSTER).split(","):
        host, _, port = address.rpartition(":")
        with suppress(OSError, ValueError), socket.create_connection((host, int(port)), PATIENCE_S):
            return
    raise EngineError(
        f"Aucun maître de Spark ne répond à « {master} ».",
        "Vérifiez son adresse (spark://hôte:7077) et qu'il tourne. Rien n'a commencé.",
        GiveField("moteur", ("duckdb",)),
    )


def _require_java() -> None:
    if "JAVA_HOME" not in os.environ and shutil.which("java") is None:
        raise EngineError(
            "Spark demande Java, qui n'est pas installé ici.",
            "Sous Debian : apt install default-jre-headless. Rien n'a commencé.",
            GiveField("moteur", ("duckdb",)),
        )
