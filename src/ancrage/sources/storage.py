"""Writing that survives a power cut, and failures of the disk told in French."""

import hashlib
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from ancrage.declarations.system import FORBIDDEN, FULL, reason_of
from ancrage.errors import StorageError

BLOCK = 1 << 20


@contextmanager
def disk_failures(folder: Path) -> Iterator[None]:
    """Turn a full or forbidden disk into :class:`StorageError`; other failures pass."""
    try:
        yield
    except OSError as error:
        if error.errno in FULL:
            raise StorageError(
                f"Plus de place pour écrire dans « {folder} ».",
                "Libérez de l'espace ou changez ANCRAGE_DATA, puis relancez : rien de publié n'a été touché.",
            ) from error
        if error.errno in FORBIDDEN or isinstance(error, NotADirectoryError | FileExistsError):
            raise StorageError(
                f"Impossible d'écrire dans « {folder} » ({reason_of(error)}).",
                "Vérifiez les droits de ce dossier ou donnez-en un autre dans ANCRAGE_DATA.",
            ) from error
        raise


def write_durably(path: Path, text: str) -> None:
    """Write a small file whole or not at all."""
    write_whole(path, text.encode())


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole, or leave what was there; what is no plain file (a pipe) is written as it stands."""
    there = path.resolve()
    if there.exists() and not there.is_file():
        there.write_bytes(content)
        return
    aside = there.with_name(f".ancrage-{os.getpid()}-{threading.get_ident()}.tmp")
    try:
        with aside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if there.exists():
            shutil.copymode(there, aside)
        aside.replace(there)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    sync_folder(there.parent)


def sync_file(path: Path) -> None:
    """Ask the system to write the content of a file to the disk."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Ask the system to write the names of a folder to the disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def sha256_of(path: Path) -> str:
    """Hexadecimal SHA-256 of a file, read by blocks."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
