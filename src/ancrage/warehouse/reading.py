"""Read an edition: DuckDB over its Parquet files, one view a table."""

import json
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


FORMAT = 3
"""Version of the tables and of the manifest; an edition of another one must be built again."""


class Warehouse:
    """An edition opened for reading. ``manifest`` tells its sources, coverage and day of building.

    A table is read where it lies (``VIEW``); a process that asks thousands of questions may have it in
    memory (``TABLE``).
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
        self._unopened = {path.stem: path for path in folder.glob("*.parquet")}

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
        bound = dict(parameters) if isinstance(parameters, Mapping) else list(parameters)
        cursor = self._connection.execute(sql, bound)
        names = [column[0] for column in cursor.description or ()]
        return [dict(zip(names, values, strict=True)) for values in cursor.fetchall()]

    def frame(self, sql: str, parameters: Parameters = ()) -> "pl.DataFrame":
        """Run a query and give its rows as a Polars frame."""
        import polars as pl  # only simulations pay for it

        self._open_tables_of(sql)
        bound = dict(parameters) if isinstance(parameters, Mapping) else list(parameters)
        table = self._connection.sql(sql, params=bound).to_arrow_table()
        return pl.DataFrame(table)

    def _open_tables_of(self, sql: str) -> None:
        """Open the tables a query names: opening all of them would cost more than most questions."""
        for name in [name for name in self._unopened if name in sql]:
            path = str(self._unopened[name]).replace("'", "''")
            try:
                self._connection.execute(
                    f"CREATE {self.OPENED_AS} {name} AS SELECT * FROM read_parquet('{path}')"
                )
            except (duckdb.IOException, duckdb.InvalidInputException) as error:
                raise self._damaged(f"{name}.parquet") from error
            del self._unopened[name]

    def row(self, sql: str, parameters: Parameters = ()) -> Row | None:
        """First row of a query, or ``None``."""
        found = self.rows(sql, parameters)
        return found[0] if found else None

    def close(self) -> None:
        """Release the connection."""
        self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class ResidentWarehouse(Warehouse):
    """An edition whose tables are copied into memory when first named: for a process that stays."""

    OPENED_AS = "TABLE"
