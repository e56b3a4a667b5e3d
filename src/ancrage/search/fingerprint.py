"""Whether what is indexed beside the edition has changed, told without reading it."""

import hashlib
import os
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from ancrage.aids.imports.storing import imported_files
from ancrage.search.catalogues import GLOSSARY

ROOMS = ("ancrage.aids", "ancrage.levers", "ancrage.monographs")
DECLARED = (".yaml", ".md")


def fingerprint(data: Path | None) -> str:
    """Changes with any declaration of the catalogues, any imported file of aids, and the glossary."""
    told = hashlib.sha256()
    imported = imported_files(data) if data is not None else ()
    for path in (*_declared(), *imported, *(path for path in GLOSSARY if path.is_file())):
        state = path.stat()
        told.update(f"{path} {state.st_size} {state.st_mtime_ns}\n".encode())
    return told.hexdigest()


def _declared() -> Iterator[Path]:
    for room in ROOMS:
        for folder, _, names in sorted(os.walk(str(files(room)))):
            yield from (Path(folder) / name for name in sorted(names) if name.endswith(DECLARED))
