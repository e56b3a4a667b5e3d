"""What was worked out of declarations, kept on disk as long as neither they nor the code change.

A command pays for what it asks, and reading thousands of lines of YAML again is not what it asks. What is
kept is never needed: a folder that cannot be written, a file that cannot be read back, and it is worked out
again.
"""

import hashlib
import os
import pickle
import stat
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cache, wraps
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar

from pydantic import VERSION

from ancrage import __version__
from ancrage.collecting import uncollected
from ancrage.errors import StorageError
from ancrage.location import data_directory

T = TypeVar("T")

KEPT = 20
"""Files of one name that are kept: other days, other versions."""
FOLDER = "retenu"
"""Folder of what is kept, inside the one of what can be worked out again: nobody else enters it."""


@dataclass(frozen=True, slots=True)
class Loader:
    """What reads declarations, and the rooms it is said to hang on."""

    load: Callable[[], Any]
    rooms: tuple[str, ...]


COMPILED: dict[str, Loader] = {}
"""Loaders by the name of their copy, as modules that declare them are imported."""


def compiled(name: str, *rooms: str) -> Callable[[Callable[[], T]], Callable[[], T]]:
    """Decorate a loader of declarations: read once in a process, and read back by the next ones.

    ``rooms``: as for :func:`kept`. The copy lies in the data folder, where there is one.
    """

    def around(load: Callable[[], T]) -> Callable[[], T]:
        COMPILED[name] = Loader(load, rooms)

        @cache
        @wraps(load)
        def loaded() -> T:
            return kept(name, load, cache=_here(), rooms=rooms)

        return loaded

    return around


def _here() -> Path | None:
    """Folder of what can be worked out again; a data folder is never made for it."""
    try:
        data = data_directory()
    except StorageError:
        return None
    return data / "cache" if data.is_dir() else None


def kept(
    name: str, work: Callable[[], T], *, cache: Path | None, rooms: Sequence[str], key: object = ""
) -> T:
    """What ``work`` gives, read back from the folder ``cache`` when it was kept there.

    ``rooms``: packages of Ancrage whose code and declarations it hangs on; ``key``: what else it hangs on,
    which its ``repr`` must tell. Raises what ``work`` raises.
    """
    if cache is None:
        return work()
    file = cache / FOLDER / f"{name}-{_digest(rooms, key)}.pickle"
    with suppress(Exception):  # whatever a damaged or foreign file raises, the work answers
        found: T = _read(file)
        return found
    made = work()
    with suppress(OSError):
        _keep(file, name, pickle.dumps(made, pickle.HIGHEST_PROTOCOL))
    return made


def _read(file: Path) -> Any:
    """A file that somebody else may have written is never trusted: reading a pickle runs what it says."""
    _refuse_shared(file.parent.lstat(), stat.S_ISDIR)
    descriptor = os.open(file, os.O_RDONLY | os.O_NOFOLLOW)
    with os.fdopen(descriptor, "rb") as source, uncollected():
        _refuse_shared(os.fstat(descriptor), stat.S_ISREG)
        return pickle.load(source)  # noqa: S301 - written by this user alone


def _refuse_shared(state: os.stat_result, sort: Callable[[int], bool]) -> None:
    if not sort(state.st_mode) or state.st_uid != os.getuid() or state.st_mode & 0o022:
        raise PermissionError


def _digest(rooms: Sequence[str], key: object) -> str:
    """Changes with anything the work hangs on: declarations, code, Python, what it was asked."""
    root = str(files("ancrage"))
    states = (_state(root, deep=False), *(_state(os.path.join(root, room)) for room in sorted(rooms)))  # noqa: PTH118
    told = f"{__version__} {VERSION} {sys.version} {rooms} {key!r} {states}"
    return hashlib.sha256(told.encode()).hexdigest()[:32]


@cache
def _state(folder: str, *, deep: bool = True) -> str:
    """Fingerprint of a folder as this process found it: the code it runs is not read again either."""
    digest = hashlib.sha256()
    for entry in _written(folder, deep=deep):
        state = entry.stat()
        digest.update(f"{entry.path} {state.st_size} {state.st_mtime_ns}".encode())
    return digest.hexdigest()


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
    file.parent.parent.mkdir(parents=True, exist_ok=True)
    file.parent.mkdir(mode=0o700, exist_ok=True)
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
