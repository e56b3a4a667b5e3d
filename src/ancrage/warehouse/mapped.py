"""Columns worked out of an edition, in files that processes map: read where they lie, by no engine.

A table is a folder beside the edition, one file of NumPy a column, written whole or not at all. Who opens it
looks at the sizes alone; who prepares an edition reads it to its end (:func:`is_whole`).
"""

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zlib import crc32

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Columns = Mapping[str, NDArray[Any]]

TOLD = "colonnes.json"
"""What each file holds: sums of bytes, by column."""


def write(folder: Path, columns: "Columns") -> None:
    """Write columns of any length, in place of those of that name. Raises :class:`OSError` without room."""
    import numpy as np

    draft = folder.with_name(f".{folder.name}.{os.getpid()}")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    try:
        for name, values in columns.items():
            np.save(draft / f"{name}.npy", values.astype(np.str_) if values.dtype == object else values)
        sums = {name: _sum(draft / f"{name}.npy") for name in columns}
        (draft / TOLD).write_text(json.dumps(sums), "utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        draft.rename(folder)
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def opened(folder: Path) -> "Columns | None":
    """The columns of a folder, mapped; ``None`` when it is not there, or a file is too short."""
    import numpy as np

    try:
        names = json.loads((folder / TOLD).read_text("utf-8"))
        return {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in names}
    except (OSError, ValueError, EOFError):
        return None


def is_whole(folder: Path) -> bool:
    """Whether each file holds the bytes that were written."""
    try:
        told = json.loads((folder / TOLD).read_text("utf-8"))
        return all(_sum(folder / f"{name}.npy") == sum_ for name, sum_ in told.items())
    except (OSError, ValueError, AttributeError):
        return False


def _sum(path: Path) -> int:
    found = 0
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            found = crc32(piece, found)
    return found
