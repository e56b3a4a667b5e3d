"""Spark in the place of DuckDB: the same Ibis expressions, for a register that outgrows one machine.

Spark's SQL differs in a few readings of texts; the compiler below gives it those of the other engine. What is
saved is a folder of parts, which both engines read. Needs ``ancrage[spark]`` and Java.
"""

import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

import duckdb
import ibis
import pyarrow as pa
import sqlglot.expressions as sge
from ibis.backends.pyspark import Backend
from ibis.backends.sql.compilers.pyspark import PySparkCompiler
from ibis.formats.pyarrow import PyArrowData
from py4j.protocol import Py4JError
from pyspark.errors import PySparkException, PythonException
from pyspark.sql import SparkSession

from ancrage.errors import EngineError
from ancrage.repairs import GiveField

DAY = r"^\s*[0-9]{4,}-[0-9]{1,2}-[0-9]{1,2}"
"""Spark also reads « 2021 » and « 2021-03 » as days."""
NUMBER = r"^\s*[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?\s*\z"
"""Spark also reads « 12d » and « 12f », as Java does."""
GROUPED = "(?<=[0-9])_(?=[0-9])"
"""DuckDB reads « 1_000 »."""


BATCH_ROWS = 100_000
"""Rows that a worker is given at once."""
ALONE_S, LOOKED_EVERY_S = 120.0, 5.0
"""How long a build waits for a first worker, or for another one when all are lost; how often it looks."""


class Compiler(PySparkCompiler):  # type: ignore[misc]
    """Spark's SQL, with the readings of texts that DuckDB has."""

    def visit_RegexSearch(self, op: Any, *, arg: Any, pattern: Any) -> Any:  # noqa: N802, ARG002
        """``$`` is the end of the text, not of its last line."""
        return self.f.regexp_like(arg, _to_the_end(pattern))

    def visit_RegexReplace(self, op: Any, *, arg: Any, pattern: Any, replacement: Any) -> Any:  # noqa: N802, ARG002
        """As for a search."""
        return self.f.regexp_replace(arg, _to_the_end(pattern), replacement)

    def visit_FloorDivide(self, op: Any, *, left: Any, right: Any) -> Any:  # noqa: N802, ARG002
        """Whole numbers, all positive here: no detour by decimals."""
        return sge.paren(sge.IntDiv(this=sge.paren(left), expression=sge.paren(right)))

    def visit_TryCast(self, op: Any, *, arg: Any, to: Any) -> Any:  # noqa: N802
        """A text is a day or a number as DuckDB tells it."""
        kind = self.type_mapper.from_ibis(to)
        if not (op.arg.dtype.is_string() and (to.is_numeric() or to.is_temporal())):
            return sge.TryCast(this=arg, to=kind, safe=True)
        bare = self.f.regexp_replace(arg, GROUPED, "") if to.is_numeric() else arg
        shape = self.f.regexp_like(bare, NUMBER if to.is_numeric() else DAY)
        return self.if_(shape, sge.TryCast(this=bare, to=kind, safe=True), sge.Null())


def _to_the_end(pattern: Any) -> Any:
    if isinstance(pattern, sge.Literal) and pattern.name.endswith("$"):
        return sge.Literal.string(pattern.name[:-1] + r"\z")
    return pattern


class SparkEngine(Backend):  # type: ignore[misc]
    """An Ibis backend on Spark that reads and writes as the warehouse's own engine does."""

    compiler = Compiler()
    shared: Path
    """Folder that the machines share, emptied when the session ends."""

    def read_parquet(self, path: str | Path, /, **named: Any) -> Any:
        """A file, or a folder of parts; raises what DuckDB raises of one that is damaged."""
        try:
            return super().read_parquet(path, **named)
        except (PySparkException, Py4JError) as error:
            raise duckdb.IOException(first_line(error)) from error

    def read_partitions(self, root: str, paths: Sequence[str]) -> Any:
        """Files under ``root``, whose folders « name=value » each give a column, as texts."""
        name = ibis.util.gen_name("partitions")
        self._session.read.option("basePath", root).parquet(*paths).createOrReplaceTempView(name)
        return self.table(name)

    def to_parquet(self, expr: Any, /, path: str | Path, **_: Any) -> None:
        """Run an expression into a folder of parts, named as the file would be."""
        self._run_pre_execute_hooks(expr)
        self._session.sql(self.compile(expr)).write.mode("overwrite").parquet(os.fspath(path))

    def create_table(self, name: str, /, obj: Any = None, **_: Any) -> Any:
        """A small table, for the time of the session."""
        self._register_in_memory_tables(obj)
        self._session.sql(self.compile(obj)).createOrReplaceTempView(name)
        return self.table(name)

    def to_pyarrow(self, expr: Any, /, **_: Any) -> Any:
        """Rows of an expression, by Arrow from end to end."""
        self._run_pre_execute_hooks(expr)
        table = expr.as_table()
        rows = self._session.sql(self.compile(table)).toArrow()
        return expr.__pyarrow_result__(PyArrowData.convert_table(rows, table.schema()))

    def gathered(
        self, rows: pa.Table, work: Callable[[pa.RecordBatch], pa.RecordBatch], columns: Mapping[str, str]
    ) -> pa.Table:
        """What ``work`` gives of each part of ``rows``, wherever it runs, put together in no order.

        ``work`` is sent to the machines, which have this package too; ``columns``: Spark's types
        of what it gives.
        """
        schema = ", ".join(f"{name} {kind}" for name, kind in columns.items())
        parts = self._session.createDataFrame(rows)
        try:
            return parts.mapInArrow(lambda batches: map(work, batches), schema).toArrow()
        except PythonException as error:
            raise EngineError(
                f"Une machine de Spark n'a pas su compter sa part : {_last_line(error)}.",
                "Chacune doit avoir Python (PYSPARK_PYTHON dit lequel) et la même version d’Ancrage.",
            ) from error

    def _register_in_memory_table(self, op: Any) -> None:
        rows: pa.Table = op.data.to_pyarrow(op.schema)
        self._session.createDataFrame(rows).createOrReplaceTempView(op.name)

    def workers(self) -> int:
        """How many processes work for this session, on all machines; this one, which asks, is not counted."""
        return int(self._session.sparkContext._jsc.sc().getExecutorMemoryStatus().size()) - 1

    def interrupt(self) -> None:
        """Stop the jobs under way."""
        self._session.sparkContext.cancelAllJobs()


@contextmanager
def opened(master: str | None, memory: int, spill: Path) -> Iterator[SparkEngine]:
    """An engine on ``master`` (``local[2]``, ``spark://…``; what Spark is set to, when not given).

    ``memory``: bytes of the process that plans, and that works too when the master is local.
    """
    settings: dict[str, bool | float | int | str | None] = {
        "spark.driver.memory": f"{memory >> 20}m",
        "spark.local.dir": str(spill),
        "spark.sql.warehouse.dir": str(spill / "entrepot"),
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.log.level": "FATAL",
        "spark.sql.execution.arrow.maxRecordsPerBatch": str(BATCH_ROWS),
        "spark.sql.ansi.enabled": "true",
        # « mois=2026-10 » is a text, not the first of October.
        "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
        "spark.sql.parquet.datetimeRebaseModeInWrite": "CORRECTED",
        "spark.sql.parquet.datetimeRebaseModeInRead": "CORRECTED",
    }
    if master and master.startswith("local"):
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    builder = SparkSession.builder.appName("ancrage").config(map=settings)
    engine = SparkEngine()
    engine.shared = spill
    engine.register_options()
    try:
        engine.do_connect((builder.master(master) if master else builder).getOrCreate())
    except Exception as error:  # Spark tells an address it does not reach by errors of several libraries
        raise EngineError(
            f"Spark ne s'ouvre pas sur {master or 'sa grappe'} : {first_line(error)}"
        ) from error
    try:
        with _workers_watched(engine, master or "") as lost:
            yield engine
    except (PySparkException, Py4JError) as error:
        said = "Spark a perdu tous ses ouvriers" if lost.is_set() else f"Spark a échoué : {first_line(error)}"
        raise EngineError(
            f"{said}.",
            "Rien n'est publié, l'édition en place le reste. Vérifiez ses machines, puis relancez.",
            GiveField("moteur", ("duckdb",)),
        ) from error
    finally:
        engine.disconnect()


@contextmanager
def _workers_watched(engine: SparkEngine, master: str) -> Iterator[Event]:
    """Give up when no worker is there for ``ALONE_S``: Spark itself waits for one without end nor word.

    Yields what is set before the jobs under way are stopped.
    """
    lost, over = Event(), Event()

    def watch() -> None:
        seen = time.monotonic()
        while not over.wait(LOOKED_EVERY_S):
            seen = time.monotonic() if engine.workers() else seen
            if time.monotonic() - seen > ALONE_S:
                lost.set()
                engine.interrupt()

    watcher = Thread(target=watch, daemon=True)
    if not master.startswith("local"):
        watcher.start()
    try:
        yield lost
    finally:
        over.set()


def _last_line(error: Exception) -> str:
    """What went wrong, after the trace of what led to it."""
    return next((line.strip() for line in reversed(str(error).splitlines()) if line.strip()), "")


def first_line(error: Exception) -> str:
    """What an error says, without the pages that Java adds."""
    return next(iter(str(error).splitlines()), type(error).__name__)
