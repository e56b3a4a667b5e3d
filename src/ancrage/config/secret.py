"""The secret of the site, made once and kept where its data is."""

import os
import secrets
from pathlib import Path

NAME = "cle-secrete"


def secret_key(data: Path) -> str:
    """The secret kept in the data folder, made there the first time, readable by its owner only.

    Two processes that start together end with the same one: the first to write wins. A folder that
    cannot be written gives a secret for the life of the process.
    """
    file = data / NAME
    try:
        data.mkdir(parents=True, exist_ok=True)
        written = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return file.read_text(encoding="ascii").strip() or secrets.token_urlsafe(48)
    except OSError:
        return secrets.token_urlsafe(48)
    made = secrets.token_urlsafe(48)
    with os.fdopen(written, "w", encoding="ascii") as secret:
        secret.write(made)
    return made
