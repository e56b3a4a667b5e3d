"""Files taken from a folder that mirrors the producers, for a machine without network or a test."""

import shutil
from pathlib import Path

from ancrage.errors import SourceUnavailableError
from ancrage.repairs import GiveField, OmitField
from ancrage.sources.declaration import Mirror
from ancrage.sources.progress import Progress
from ancrage.sources.storage import disk_failures


def require_mirror(folder: Path) -> None:
    """Raise :class:`SourceUnavailableError` when the mirror is not a folder."""
    if not folder.is_dir():
        raise SourceUnavailableError(
            f"Le miroir « {folder} » n'est pas un dossier.",
            "Donnez le dossier du miroir.",
            GiveField("mirror", ("DOSSIER",)),
        )


def find_in_mirror(folder: Path, mapping: Mirror) -> list[Path]:
    """Paths of the mirror that the mapping designates, sorted.

    Raises :class:`SourceUnavailableError` naming the file that is missing.
    """
    found = [path for pattern in mapping.paths for path in _matching(folder, pattern)]
    if len(found) < mapping.files:
        raise SourceUnavailableError(
            f"Le miroir n'a que {len(found)} fichiers « {', '.join(mapping.paths)} » sur {mapping.files}.",
            "Complétez le miroir, ou synchronisez depuis le producteur.",
            OmitField("mirror"),
        )
    return found


def copy_from_mirror(folder: Path, mapping: Mirror, workplace: Path, progress: Progress) -> list[Path]:
    """Copy the designated files into the workplace and return the copies.

    Raises :class:`SourceUnavailableError`, :class:`StorageError` when the disk is full.
    """
    found = find_in_mirror(folder, mapping)
    progress.begin(mapping.paths[0], sum(path.stat().st_size for path in found))
    try:
        return [_copy(path, workplace, progress) for path in found]
    finally:
        progress.end()


def _matching(folder: Path, pattern: str) -> list[Path]:
    found = sorted(path for path in folder.glob(pattern) if path.is_file())
    if not found:
        raise SourceUnavailableError(
            f"Le miroir ne contient pas « {pattern} ».",
            "Complétez le miroir, ou synchronisez cette source depuis le producteur.",
            OmitField("mirror"),
        )
    return found


def _copy(path: Path, workplace: Path, progress: Progress) -> Path:
    copy = workplace / path.name
    copy.unlink(missing_ok=True)
    with disk_failures(workplace):
        shutil.copyfile(path, copy)
    progress.advance(copy.stat().st_size)
    return copy
