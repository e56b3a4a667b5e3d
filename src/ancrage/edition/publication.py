"""Editions of the warehouse: written beside, checked, then published by one atomic switch.

``<data>/entrepot/editions/<name>/`` holds Parquet files and ``manifest.json``; ``<data>/entrepot/courante``
is a symbolic link to the one in force. The previous edition is kept, so that one can go back. As long as
nothing was ever built, the edition embedded in the package answers; it never takes the place of a lost one.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from ancrage.edition.kept import (
    CURRENT,
    FIRST,
    fallback,
    is_set_aside,
    is_whole,
    lost,
    set_aside,
    warehouse_folder,
    was_built,
)
from ancrage.edition.kept import EMBEDDED as EMBEDDED
from ancrage.edition.kept import editions as editions
from ancrage.errors import BuildError, BusyError, NoEditionError, StorageError
from ancrage.repairs import BuildEdition, GiveField, TryLater
from ancrage.sources.storage import disk_failures
from ancrage.warehouse.holding import DRAFT, alone, final_name
from ancrage.warehouse.room import lacks_room
from ancrage.warehouse.wholeness import contents


def current_edition(data: Path) -> Path:
    """Folder of the edition in force: the one built here; the embedded one when none ever was.

    Raises :class:`NoEditionError` when the one in force is lost.
    """
    link = warehouse_folder(data) / CURRENT
    if _is_there(link / "manifest.json"):
        return link.resolve()
    if was_built(data):
        raise lost(data)
    return EMBEDDED


def _is_there(path: Path) -> bool:
    try:
        return path.is_file()
    except OSError:  # a folder that may not be entered
        return False


def in_force(data: Path) -> Path | None:
    """The edition in force when one was built here and is there: a hint too, nothing of it is sure."""
    folder = (warehouse_folder(data) / CURRENT).resolve()
    return folder if _is_there(folder / "manifest.json") else None


def manifest_in_force(data: Path) -> dict[str, Any]:
    """Manifest of the edition in force, empty when it cannot be read: a hint, never a reason to stop."""
    try:
        told = json.loads((warehouse_folder(data) / CURRENT / "manifest.json").read_text("utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


@contextmanager
def drafting(data: Path, name: str) -> Iterator[Path]:
    """A draft folder to build in; whatever happens, a draft that was not published is removed.

    Raises :class:`BusyError` when another build is under way.
    """
    folder = warehouse_folder(data)
    with disk_failures(folder):
        (folder / "editions").mkdir(parents=True, exist_ok=True)
        with _lock(folder / "verrou"):
            _clean(folder)
            draft = folder / "editions" / f"{DRAFT}{name}"
            draft.mkdir()
            try:
                yield draft
            except duckdb.OutOfMemoryException as error:
                if lacks_room(error):
                    raise _full(folder) from error
                raise BuildError(
                    "La mémoire permise n'a pas suffi à la construction.",
                    "L'édition en vigueur est intacte ; donnez plus de mémoire.",
                    GiveField("memoire", ("4GB",)),
                ) from error
            except duckdb.IOException as error:
                if lacks_room(error):
                    raise _full(folder) from error
                raise StorageError(
                    f"L'écriture de l'édition a échoué dans « {folder} » : {_first_line(error)}",
                    "Libérez de l'espace, puis relancez : l'édition en vigueur est intacte.",
                ) from error
            finally:
                shutil.rmtree(draft, ignore_errors=True)


def _full(folder: Path) -> StorageError:
    return StorageError(
        f"Plus de place dans « {folder} » pour ce que la construction y écrit ou y déborde.",
        "Libérez de l'espace ou changez ANCRAGE_DATA, puis relancez : l'édition en vigueur est intacte.",
    )


def _clean(folder: Path) -> None:
    """Remove what a killed build left: its draft, and the link it was about to put in place."""
    for draft in (folder / "editions").glob(f"{DRAFT}*"):
        shutil.rmtree(draft, ignore_errors=True)
    for link in folder.glob(".courante-*"):
        link.unlink(missing_ok=True)


def publish(
    data: Path, draft: Path, manifest: Mapping[str, Any], ready: Callable[[Path], None] = lambda _: None
) -> Path:
    """Complete a draft with its manifest, rename it, switch to it, keep the one that was in force.

    ``ready``: told the draft once it can be read, before anybody may ask it anything.
    """
    folder, previous = warehouse_folder(data), _answering(data)
    write_manifest(draft, manifest)
    ready(draft)
    edition = folder / "editions" / final_name(draft)
    if not was_built(data):
        (folder / FIRST).touch()
    draft.rename(edition)
    switch(data, edition)
    (folder / FIRST).unlink(missing_ok=True)
    _forget_others(folder, edition, previous)
    return edition


def _answering(data: Path) -> Path | None:
    """The edition to keep beside a new one: that in force, or the one that could answer instead of it."""
    in_force = (warehouse_folder(data) / CURRENT).resolve()
    return in_force if is_whole(in_force) else fallback(data)


def write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Write ``manifest.json``, which makes a folder an edition: what was told of it, and its very files."""
    told = {**manifest, "tables": contents(folder)}
    with (folder / "manifest.json").open("w", encoding="utf-8") as file:
        json.dump(told, file, ensure_ascii=False, indent=1, default=str)
        file.flush()
        os.fsync(file.fileno())


def switch(data: Path, edition: Path) -> None:
    """Make an edition the one in force: a new link takes the place of the old one in one rename."""
    folder = warehouse_folder(data)
    fresh = folder / f".courante-{os.getpid()}"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(edition.relative_to(folder), target_is_directory=True)
    fresh.replace(folder / CURRENT)


def go_back(data: Path) -> Path:
    """Return to the previous edition. Raises :class:`NoEditionError` when no whole one was kept."""
    older = fallback(data)
    if older is None:
        raise NoEditionError("Aucune édition précédente n'est conservée.", "", BuildEdition())
    switch(data, older)
    return older


def _forget_others(folder: Path, current: Path, previous: Path | None) -> None:
    """Forget all editions but two: going back must lead to the one that answered until now.

    One that a process still reads is set aside: nobody opens it any more, the next publication removes it.
    """
    others = sorted((path for path in (folder / "editions").glob("[!.]*") if path != current), reverse=True)
    kept = next(
        (path for path in others if previous and path.resolve() == previous.resolve()),
        next((path for path in others if not is_set_aside(path)), None),
    )
    for old in others:
        if old != kept:
            _forget(old)


def _forget(edition: Path) -> None:
    set_aside(edition)
    with alone(edition) as unread:
        if unread:
            shutil.rmtree(edition, ignore_errors=True)


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]


@contextmanager
def _lock(path: Path) -> Iterator[None]:
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BusyError(
                "Une construction de l'entrepôt est déjà en cours.",
                "Attendez sa fin, puis relancez.",
                TryLater(),
            ) from error
        yield
