"""Aids of the catalogue and imported ones, as entries."""

import hashlib
import os
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

from ancrage.aids.imports.storing import imported_files
from ancrage.aids.search.gathering import gather
from ancrage.search.suggestion import Entry, Found


def aid_entries(data: Path | None) -> Iterator[Entry]:
    """Every aid there is; ``data`` is the folder of the imported ones."""
    for aid in gather(data):
        yield Entry(
            kind=Found.AID,
            code=aid.id,
            title=aid.name,
            detail=aid.funder,
            names=(aid.name,),
            codes=(aid.id,),
            about=" ".join((aid.summary, *aid.subjects)),
        )


def aids_fingerprint(data: Path | None) -> str:
    """Changes with any declaration of the catalogue and any imported file, without reading them."""
    told = hashlib.sha256()
    declared = (
        Path(folder) / name
        for folder, _, names in sorted(os.walk(str(files("ancrage.aids"))))
        for name in sorted(names)
        if name.endswith(".yaml")
    )
    for path in (*declared, *(imported_files(data) if data is not None else ())):
        state = path.stat()
        told.update(f"{path} {state.st_size} {state.st_mtime_ns}\n".encode())
    return told.hexdigest()
