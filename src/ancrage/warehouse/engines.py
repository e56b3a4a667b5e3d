"""The engines at work in this process: whoever asks to stop is heard in the middle of a query.

DuckDB waits for the tasks of a query whose caller fails, and goes on with them: it must be asked to stop too.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

from ancrage.warehouse.limits import settings

if TYPE_CHECKING:
    import duckdb

_engines: "WeakSet[Any]" = WeakSet()
_larger: ContextVar[Any] = ContextVar("_larger", default=None)


def connect(**options: Any) -> "duckdb.DuckDBPyConnection":
    """A connection of DuckDB, in memory, that can be stopped."""
    import duckdb

    config = settings() | options.pop("config", {})
    return watched(duckdb.connect(**options, config=config))


@contextmanager
def working_with(engine: Any) -> Iterator[None]:
    """Inside, transformations run on this Ibis backend instead of DuckDB (:mod:`ancrage.warehouse.spark`)."""
    token = _larger.set(engine)
    _engines.add(engine)
    try:
        yield
    finally:
        _larger.reset(token)


def larger_engine() -> Any:
    """The engine chosen instead of DuckDB, ``None`` when none was."""
    return _larger.get()


def connect_ibis(**options: Any) -> Any:
    """The Ibis backend that transforms: DuckDB, in memory, unless another was chosen. It can be stopped."""
    _compile_as_written()
    return _larger.get() or connect_ibis_here(**options)


def connect_ibis_here(**options: Any) -> Any:
    """An Ibis backend on DuckDB, whatever was chosen."""
    import ibis

    _compile_as_written()
    backend = ibis.duckdb.connect(**(settings() | options))
    watched(backend.con)
    return backend


def _compile_as_written() -> None:
    """Let Ibis merge no queries: engines do it by themselves, and it takes a third longer to compile them."""
    import ibis

    ibis.options.sql.fuse_selects = False


def watched(connection: "duckdb.DuckDBPyConnection") -> "duckdb.DuckDBPyConnection":
    """The same connection (or cursor), that can be stopped."""
    _engines.add(connection)
    return connection


def interrupt() -> None:
    """Stop every query under way; an engine that is idle loses nothing."""
    for engine in list(_engines):
        with suppress(Exception):  # one that was closed meanwhile
            engine.interrupt()
