"""Editions kept under the data folder: which was put in force, which can be read, which may answer."""

from contextlib import suppress
from pathlib import Path

from ancrage.errors import NoEditionError
from ancrage.repairs import BuildEdition, Repair, RevertEdition
from ancrage.warehouse.holding import MANIFEST
from ancrage.warehouse.reading import Warehouse

EMBEDDED = Path(__file__).parent / "embedded"
CURRENT = "courante"
SET_ASIDE = ".oubliee"
FIRST = ".premiere"
"""Stands while the first edition ever built is put in force: until then, the embedded one answers."""


def warehouse_folder(data: Path) -> Path:
    """Folder of the editions inside the data folder."""
    return data / "entrepot"


def editions(data: Path) -> list[Path]:
    """Editions built here, newest first, damaged ones included as long as they have a manifest."""
    folder = warehouse_folder(data) / "editions"
    return sorted(
        (path for path in folder.glob("[!.]*") if (path / MANIFEST).is_file() and not is_set_aside(path)),
        key=lambda path: path.name,
        reverse=True,
    )


def set_aside(edition: Path) -> None:
    """Forget an edition although somebody may still read it: it is no longer one to go back to."""
    with suppress(OSError):
        (edition / SET_ASIDE).touch()


def is_set_aside(edition: Path) -> bool:
    """Whether an edition is only there for those who still read it."""
    return (edition / SET_ASIDE).exists()


def was_built(data: Path) -> bool:
    """Whether an edition was ever put in force here, be it lost since; what cannot be read counts as one."""
    folder = warehouse_folder(data)
    try:
        (folder / CURRENT).lstat()
    except (FileNotFoundError, NotADirectoryError):
        return any((folder / "editions").glob("[!.]*")) and not (folder / FIRST).exists()
    except OSError:
        return True
    return True


def put_in_force(data: Path) -> str:
    """Name of the edition that was put in force, be it lost since; empty when nothing says it."""
    try:
        return (warehouse_folder(data) / CURRENT).readlink().name
    except OSError:
        return ""


def is_whole(folder: Path) -> bool:
    """Whether an edition can be read by this version: its manifest, and every table of it."""
    try:
        Warehouse(folder).close()
    except NoEditionError:
        return False
    return True


def fallback(data: Path) -> Path | None:
    """The whole edition that may answer instead of the one in force: the one before it, else any other.

    One newer than an edition in force that can be read is none: it was left on purpose.
    """
    named = put_in_force(data)
    others = [edition for edition in editions(data) if edition.name != named and is_whole(edition)]
    older = [edition for edition in others if edition.name < named]
    in_force = warehouse_folder(data) / "editions" / named
    lost = not (named and is_whole(in_force))
    return next(iter(older or (others if lost else [])), None)


def mending(data: Path) -> tuple[Repair, ...]:
    """What mends the loss of the edition in force: going back when one was kept, building again."""
    return (RevertEdition(), BuildEdition()) if fallback(data) else (BuildEdition(),)


def lost(data: Path) -> NoEditionError:
    """The edition in force is not where it was published; no other takes its place by itself."""
    named = put_in_force(data)
    what = f"« {named} »" if named else "construite ici"
    return NoEditionError(
        f"L'édition {what} a disparu de l'entrepôt, en tout ou en partie.",
        "Rien ne répond à sa place.",
        *mending(data),
    )
