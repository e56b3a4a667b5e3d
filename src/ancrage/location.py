"""Where the data of this machine lives."""

import os
from pathlib import Path

from ancrage.errors import StorageError

VARIABLE = "ANCRAGE_DATA"


def data_directory() -> Path:
    """Folder of all synchronised and built data: ``ANCRAGE_DATA``, else the user's data folder.

    The folder is not created here. Raises :class:`StorageError` when the path is an existing file.
    """
    folder = _configured() or _default()
    if folder.exists() and not folder.is_dir():
        raise StorageError(
            f"Le dossier de données « {folder} » est un fichier.",
            f"Donnez un dossier dans la variable d'environnement {VARIABLE}.",
        )
    return folder


def _configured() -> Path | None:
    written = os.environ.get(VARIABLE, "").strip()
    return Path(written).expanduser().absolute() if written else None


def _default() -> Path:
    from platformdirs import user_data_path

    return user_data_path("ancrage", appauthor=False)
