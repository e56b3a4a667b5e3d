"""The secret of the site: told by the environment, by a file of a vault, or made once where its data is."""

import fcntl
import os
import secrets
import tempfile
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

from ancrage.errors import StorageError

NAME = "cle-secrete"
SHORTEST = 32
"""Characters below which a file is what a full disk left of one, not a secret."""


TOLD, IN_A_FILE = "ANCRAGE_SECRET_KEY", "ANCRAGE_SECRET_KEY_FICHIER"


def secret_of(told: Mapping[str, str], data: Path) -> str:
    """The secret that the environment tells, else that of the file it names, else :func:`secret_key`.

    A vault writes it there (``LoadCredential`` of systemd, secrets of containers), and no other process
    reads it in an environment. Raises :class:`StorageError` when that file holds none: one made in its stead
    would close every session.
    """
    if known := told.get(TOLD):
        return known
    if not (name := told.get(IN_A_FILE)):
        return secret_key(data)
    if known := _read(Path(name)):
        return known
    raise StorageError(
        f"la clé secrète du site n'est pas dans « {name} » (le fichier manque, n'est pas lisible, ou compte "
        f"moins de {SHORTEST} caractères), et aucune autre n'est faite à sa place.",
        f"Écrivez-y la clé du site, ou corrigez la variable {IN_A_FILE}.",
    )


def secret_key(data: Path) -> str:
    """The secret kept in the data folder, made there the first time, readable by its owner only.

    Processes that start together end with the same one: it is written whole or not at all, by one of them
    while the others wait. A folder that cannot be written gives a secret for the life of the process.
    """
    file = data / NAME
    if known := _read(file):
        return known
    try:
        data.mkdir(parents=True, exist_ok=True)
        with (data / f".{NAME}.verrou").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            return _read(file) or _write(file)
    except OSError:
        return secrets.token_urlsafe(48)


def _read(file: Path) -> str:
    """The secret of a file; empty when there is none, or not a whole one."""
    with suppress(OSError, UnicodeDecodeError):
        known = file.read_text(encoding="ascii").strip()
        return known if len(known) >= SHORTEST else ""
    return ""


def _write(file: Path) -> str:
    made = secrets.token_urlsafe(48)
    descriptor, draft = tempfile.mkstemp(dir=file.parent, prefix=f".{NAME}-")  # for its owner only
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as out:
            out.write(made)
            out.flush()
            os.fsync(out.fileno())
        Path(draft).replace(file)
    except OSError:
        Path(draft).unlink(missing_ok=True)
        raise
    return made
