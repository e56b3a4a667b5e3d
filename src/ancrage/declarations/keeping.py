"""What was worked out of declarations, kept on disk as long as neither they nor the code change.

A command pays for what it asks, and reading thousands of lines of YAML again is not what it asks. What is
kept is never needed: a folder that cannot be written, a file that cannot be read back, and it is worked out
again.
"""

import hashlib
import os
import pickle
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from ancrage import __version__

T = TypeVar("T")

KEPT = 20
"""Files of one name that are kept: other days, other versions."""


def kept(
    name: str, work: Callable[[], T], *, cache: Path | None, rooms: Sequence[str], key: object = ""
) -> T:
    """What ``work`` gives, read back from the folder ``cache`` when it was kept there.

    ``rooms``: packages of Ancrage whose code and declarations it hangs on; ``key``: what else it hangs on,
    which its ``repr`` must tell. Raises what ``work`` raises.
    """
    if cache is None:
        return work()
    file = cache / f"{name}-{_digest(rooms, key)}.pickle"
    with suppress(Exception):  # whatever a damaged or foreign file raises, the work answers
        found: T = _read(file)
        return found
    made = work()
    with suppress(OSError):
        _keep(file, name, pickle.dumps(made, pickle.HIGHEST_PROTOCOL))
    return made


def _read(file: Path) -> Any:
    """A file that somebody else may have written is never trusted: reading a pickle runs what it says."""
    with file.open("rb") as source:
        state = os.fstat(source.fileno())
        if state.st_uid != os.getuid() or state.st_mode & 0o022:
            raise PermissionError(file)
        return pickle.load(source)  # noqa: S301 - written by this user alone


def _digest(rooms: Sequence[str], key: object) -> str:
    """Changes with anything the work hangs on: declarations, code, Python, what it was asked."""
    digest = hashlib.sha256(f"{__version__} {sys.version} {rooms} {key!r}".encode())
    root = str(files("ancrage"))
    for folder in (root, *(os.path.join(root, room) for room in sorted(rooms))):  # noqa: PTH118 - it is walked
        for entry in _written(folder, deep=folder != root):
            state = entry.stat()
            digest.update(f"{entry.path} {state.st_size} {state.st_mtime_ns}".encode())
    return digest.hexdigest()[:32]


def _written(folder: str, *, deep: bool) -> Iterator[os.DirEntry[str]]:
    """Code and declarations of a folder, in the order of their names."""
    with os.scandir(folder) as entries:
        for entry in sorted(entries, key=lambda each: each.name):
            if entry.name.endswith((".py", ".yaml")):
                yield entry
            elif deep and entry.is_dir() and entry.name != "__pycache__":
                yield from _written(entry.path, deep=True)


def _keep(file: Path, name: str, content: bytes) -> None:
    """Written whole or not at all; the oldest make room."""
    file.parent.mkdir(parents=True, exist_ok=True)
    older = sorted(file.parent.glob(f"{name}-*.pickle"), key=lambda each: each.stat().st_mtime)
    for each in older[: 1 - KEPT]:
        each.unlink(missing_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=file.parent, suffix=".partiel")
    try:
        with os.fdopen(descriptor, "wb") as out:
            out.write(content)
        Path(draft).replace(file)
    except OSError:
        Path(draft).unlink(missing_ok=True)
        raise
