"""Editions of the warehouse: written beside, checked, then published by one atomic switch.

``<data>/entrepot/editions/<name>/`` holds Parquet files and ``manifest.json``; ``<data>/entrepot/courante``
is a symbolic link to the one in force. The previous edition is kept, so that one can go back. With nothing
built, the edition embedded in the package answers.
"""

import fcntl
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb

from ancrage.errors import BusyError, NoEditionError, StorageError
from ancrage.repairs import BuildEdition, TryLater
from ancrage.sources.storage import disk_failures

EMBEDDED = Path(__file__).parent / "embedded"


def warehouse_folder(data: Path) -> Path:
    """Folder of the editions inside the data folder."""
    return data / "entrepot"


def current_edition(data: Path) -> Path:
    """Folder of the edition in force: the one built here, else the embedded one."""
    link = warehouse_folder(data) / "courante"
    return link.resolve() if (link / "manifest.json").is_file() else EMBEDDED


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
            draft = folder / "editions" / f".brouillon-{name}"
            draft.mkdir()
            try:
                yield draft
            except duckdb.IOException as error:
                raise StorageError(
                    f"L'écriture de l'édition a échoué dans « {folder} » : {_first_line(error)}",
                    "Libérez de l'espace, puis relancez : l'édition en vigueur est intacte.",
                ) from error
            finally:
                shutil.rmtree(draft, ignore_errors=True)


def _clean(folder: Path) -> None:
    """Remove what a killed build left: its draft, and the link it was about to put in place."""
    for draft in (folder / "editions").glob(".brouillon-*"):
        shutil.rmtree(draft, ignore_errors=True)
    for link in folder.glob(".courante-*"):
        link.unlink(missing_ok=True)


def publish(data: Path, draft: Path, manifest: Mapping[str, Any]) -> Path:
    """Complete a draft with its manifest, rename it, switch to it, keep the one that was in force."""
    folder, previous = warehouse_folder(data), current_edition(data)
    write_manifest(draft, manifest)
    edition = folder / "editions" / draft.name.removeprefix(".brouillon-")
    draft.rename(edition)
    switch(data, edition)
    _forget_others(folder, edition, previous)
    return edition


def write_manifest(folder: Path, manifest: Mapping[str, Any]) -> None:
    """Write ``manifest.json``, which makes a folder an edition."""
    with (folder / "manifest.json").open("w", encoding="utf-8") as file:
        json.dump(manifest, file, ensure_ascii=False, indent=1, default=str)
        file.flush()
        os.fsync(file.fileno())


def switch(data: Path, edition: Path) -> None:
    """Make an edition the one in force: a new link takes the place of the old one in one rename."""
    folder = warehouse_folder(data)
    fresh = folder / f".courante-{os.getpid()}"
    fresh.unlink(missing_ok=True)
    fresh.symlink_to(edition.relative_to(folder), target_is_directory=True)
    fresh.replace(folder / "courante")


def editions(data: Path) -> list[Path]:
    """Editions built here, newest first."""
    folder = warehouse_folder(data) / "editions"
    whole = [path for path in folder.glob("[!.]*") if (path / "manifest.json").is_file()]
    return sorted(whole, key=lambda path: path.name, reverse=True)


def go_back(data: Path) -> Path:
    """Return to the previous edition. Raises :class:`NoEditionError` when there is none."""
    current = current_edition(data)
    older = [edition for edition in editions(data) if edition.name < current.name]
    if not older:
        raise NoEditionError("Aucune édition précédente n'est conservée.", "", BuildEdition())
    switch(data, older[0])
    return older[0]


def _forget_others(folder: Path, current: Path, previous: Path) -> None:
    """Forget all editions but two: going back must lead to the one that answered until now."""
    others = sorted((path for path in (folder / "editions").glob("[!.]*") if path != current), reverse=True)
    kept = next((path for path in others if path.resolve() == previous), next(iter(others), None))
    for old in others:
        if old != kept:
            shutil.rmtree(old, ignore_errors=True)


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
