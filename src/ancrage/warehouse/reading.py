"""Read an edition: DuckDB over its Parquet files, one view a table."""

import json
import threading
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, ClassVar, Literal, Self

import duckdb

from ancrage.errors import NoEditionError

if TYPE_CHECKING:
    import polars as pl

Row = dict[str, Any]
Parameters = Sequence[object] | Mapping[str, object]


QUOTE = "'"
FORMAT = 4
"""Version of the tables and of the manifest; an edition of another one must be built again."""


class Warehouse:
    """An edition opened for reading. ``manifest`` tells its sources, coverage and day of building.

    A table is read where it lies (``VIEW``); a process that asks thousands of questions may have it in
    memory (``TABLE``). Several threads may ask at once: each has a cursor of its own.
    """

    OPENED_AS: ClassVar[Literal["VIEW", "TABLE"]] = "VIEW"

    def __init__(self, folder: Path) -> None:
        if not (folder / "manifest.json").is_file():
            raise NoEditionError(
                f"Aucune édition de l'entrepôt dans {folder}.",
                "Construisez-la : ancrage entrepot construire.",
            )
        self.folder = folder
        if self.manifest.get("format") != FORMAT:
            raise NoEditionError(
                f"L'édition de {folder} a été construite par une autre version d'Ancrage.",
                "Reconstruisez-la : ancrage entrepot construire.",
            )
        self._connection = duckdb.connect(config={"threads": 2})
        self._local = threading.local()
        self._opening = threading.RLock()
        self._derived: set[str] = set()
        self._unopened: Mapping[str, str] = {
            path.stem: f"SELECT * FROM read_parquet('{str(path).replace(QUOTE, QUOTE * 2)}')"
            for path in folder.glob("*.parquet")
        }

    @cached_property
    def manifest(self) -> Mapping[str, Any]:
        """What the edition is made of; written by the build."""
        try:
            content: Mapping[str, Any] = json.loads((self.folder / "manifest.json").read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise self._damaged("manifest.json") from error
        return content

    def _damaged(self, name: str) -> NoEditionError:
        return NoEditionError(
            f"L'édition de {self.folder} est abîmée : {name} est illisible.",
            "Reconstruisez-la : ancrage entrepot construire.",
        )

    def rows(self, sql: str, parameters: Parameters = ()) -> list[Row]:
        """Run a query and give its rows as dictionaries; parameters by position (?) or by name ($name)."""
        self._open_tables_of(sql)
        cursor = self._cursor.execute(sql, _bound(parameters))
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]

    def frame(self, sql: str, parameters: Parameters = ()) -> "pl.DataFrame":
        """Run a query and give its rows as a Polars frame."""
        import polars as pl  # only simulations pay for it

        self._open_tables_of(sql)
        table = self._cursor.sql(sql, params=_bound(parameters)).to_arrow_table()
        return pl.DataFrame(table)

    @property
    def _cursor(self) -> duckdb.DuckDBPyConnection:
        """The cursor of this thread; it is released with the thread."""
        cursor: duckdb.DuckDBPyConnection | None = getattr(self._local, "cursor", None)
        if cursor is None:
            cursor = self._local.cursor = self._connection.cursor()
        return cursor

    def derive(self, name: str, sql: str) -> None:
        """Name a table worked out from those of the edition; it is opened as they are, when first asked.

        The name must not be one of the edition's; naming it again changes nothing.
        """
        with self._opening:
            if name not in self._derived:
                self._derived.add(name)
                self._unopened = {**self._unopened, name: sql}

    def _open_tables_of(self, sql: str) -> None:
        """Open the tables a query names: opening all of them would cost more than most questions.

        A table leaves the list once it is there, and the list is replaced, never changed: a thread that
        finds nothing to open needs no lock.
        """
        if not any(name in sql for name in self._unopened):
            return
        with self._opening:
            for name in [name for name in self._unopened if name in sql]:
                if name not in self._unopened:
                    continue  # Opened meanwhile, for a table derived from it.
                source = self._unopened[name]
                if name in self._derived:
                    self._open_tables_of(source)
                self._open(name, source)
                self._unopened = {other: text for other, text in self._unopened.items() if other != name}

    def _open(self, name: str, source: str) -> None:
        try:
            self._connection.execute(f"CREATE {self.OPENED_AS} {name} AS {source}")
        except (duckdb.IOException, duckdb.InvalidInputException) as error:
            raise self._damaged(f"{name}.parquet") from error

    def row(self, sql: str, parameters: Parameters = ()) -> Row | None:
        """First row of a query, or ``None``."""
        found = self.rows(sql, parameters)
        return found[0] if found else None

    def close(self) -> None:
        """Release the connection, and the cursors of every thread."""
        self._local = threading.local()
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _bound(parameters: Parameters) -> list[object] | dict[str, object]:
    return dict(parameters) if isinstance(parameters, Mapping) else list(parameters)


class ResidentWarehouse(Warehouse):
    """An edition whose tables are copied into memory when first named: for a process that stays."""

    OPENED_AS = "TABLE"
