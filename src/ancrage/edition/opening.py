"""Open an edition to read it: where it lies, or with its smaller tables in memory."""

from functools import partial
from pathlib import Path

from ancrage.edition.kept import EMBEDDED, mending
from ancrage.edition.publication import current_edition
from ancrage.errors import NoEditionError
from ancrage.repairs import InstallAgain, Repair
from ancrage.warehouse import at_hand
from ancrage.warehouse.reading import CopiedWarehouse, ResidentWarehouse, Warehouse, build_again


def open_edition(folder: Path, *, resident: bool = False) -> Warehouse:
    """The edition of a folder; ``resident``: for a process that stays, or asks much of a table."""
    told = partial(_mending, folder)
    if not resident and not at_hand.has_copies(folder):
        return Warehouse(folder, told)
    from ancrage.edition.tables import TABLES

    return (ResidentWarehouse if resident else CopiedWarehouse)(folder, TABLES, told)


def open_in_force(data: Path, *, resident: bool = False) -> Warehouse:
    """The edition in force, opened and held: the one that took its place, when it was removed meanwhile.

    Raises :class:`NoEditionError` when the one in force is lost or damaged.
    """
    while True:
        folder = current_edition(data)
        try:
            return open_edition(folder, resident=resident)
        except NoEditionError:
            if current_edition(data) == folder:
                raise


def _mending(folder: Path) -> tuple[Repair, ...]:
    if folder == EMBEDDED:
        return (InstallAgain(),)
    return mending(folder.parents[2]) if folder.parent.name == "editions" else build_again()
