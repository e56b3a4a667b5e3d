"""How a table of the warehouse is declared: once, with its key, its units, its checks and its sources."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:  # a reader of an edition needs the declarations, and never Arrow
    import pyarrow as pa

ColumnType = Literal["text", "integer", "decimal", "day", "yes_no", "texts", "binary"]
SQL_TYPES: dict[ColumnType, str] = {
    "text": "VARCHAR",
    "integer": "BIGINT",
    "decimal": "DOUBLE",
    "day": "DATE",
    "yes_no": "BOOLEAN",
    "texts": "VARCHAR[]",
    "binary": "BLOB",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its type, its meaning in French, its unit, and whether a row may leave it empty."""

    name: str
    type: ColumnType
    meaning: str
    unit: str = ""
    nullable: bool = False


@dataclass(frozen=True, slots=True)
class Check:
    """A condition every row must meet, as a SQL expression over the columns; unknown (NULL) passes."""

    name: str
    rule: str


@dataclass(frozen=True, slots=True)
class Table:
    """A table at rest: one Parquet file, sorted by its key.

    ``resident``: a server may hold the whole of it in memory, once a process.
    """

    name: str
    meaning: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    sources: tuple[str, ...]
    checks: tuple[Check, ...] = field(default=())
    sorted_by: tuple[str, ...] = ()
    resident: bool = True

    @property
    def schema(self) -> "pa.Schema":
        """Arrow schema of the table, nullability included."""
        import pyarrow as pa

        types: dict[ColumnType, pa.DataType] = {
            "text": pa.string(),
            "integer": pa.int64(),
            "decimal": pa.float64(),
            "day": pa.date32(),
            "yes_no": pa.bool_(),
            "texts": pa.list_(pa.string()),
            "binary": pa.binary(),
        }
        return pa.schema([pa.field(one.name, types[one.type], one.nullable) for one in self.columns])

    def empty(self) -> "pa.Table":
        """The table without a row, for an edition whose source was not synchronised."""
        return self.schema.empty_table()

    def from_rows(self, rows: Sequence[Mapping[str, object]]) -> "pa.Table":
        """Build the table from rows given as dictionaries, one per line."""
        import pyarrow as pa

        return pa.Table.from_pylist(list(rows), schema=self.schema)
