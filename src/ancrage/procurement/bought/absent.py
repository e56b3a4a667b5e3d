"""An edition built before contracts were read: their tables, without a row."""

from ancrage.procurement.bought.tables import TABLES
from ancrage.warehouse.reading import Warehouse
from ancrage.warehouse.table import SQL_TYPES


def hold_empty(warehouse: Warehouse) -> None:
    """Name the tables that the edition does not have, empty: nothing is known, and nothing fails."""
    for table in TABLES:
        if not warehouse.holds(table.name):
            columns = ", ".join(f"CAST(NULL AS {SQL_TYPES[one.type]}) AS {one.name}" for one in table.columns)
            warehouse.derive(table.name, f"SELECT {columns} LIMIT 0")
