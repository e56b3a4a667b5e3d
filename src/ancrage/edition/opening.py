"""Open an edition to read it: where it lies, or with its smaller tables in memory."""

from functools import partial
from pathlib import Path

from ancrage.edition.kept import EMBEDDED, mending
from ancrage.repairs import InstallAgain, Repair
from ancrage.warehouse.reading import ResidentWarehouse, Warehouse, build_again


def open_edition(folder: Path, *, resident: bool = False) -> Warehouse:
    """The edition of a folder; ``resident``: for a process that stays, or asks much of a table."""
    told = partial(_mending, folder)
    if not resident:
        return Warehouse(folder, told)
    from ancrage.edition.tables import TABLES

    return ResidentWarehouse(folder, TABLES, told)


def _mending(folder: Path) -> tuple[Repair, ...]:
    if folder == EMBEDDED:
        return (InstallAgain(),)
    return mending(folder.parents[2]) if folder.parent.name == "editions" else build_again()
