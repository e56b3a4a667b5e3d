"""Open an edition to read it: where it lies, or with its smaller tables in memory."""

from pathlib import Path

from ancrage.warehouse.reading import ResidentWarehouse, Warehouse


def open_edition(folder: Path, *, resident: bool = False) -> Warehouse:
    """The edition of a folder; ``resident``: for a process that stays, or asks much of a table."""
    if not resident:
        return Warehouse(folder)
    from ancrage.edition.tables import TABLES

    return ResidentWarehouse(folder, TABLES)
