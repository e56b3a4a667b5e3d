"""Results of the steps of a build, kept under what they were made from, so as not to be made twice.

The name of a result is the fingerprint of its query and of all it reads, files of the sources included. A
build taken up after a kill, and the build of the next month, find there what they would have made. What reads
something without a fingerprint is made each time; a result whose bytes changed since it was written is made
again. Nothing is kept outside :func:`keeping`.
"""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import duckdb

from ancrage.sources.storage import sha256_of

if TYPE_CHECKING:
    import pyarrow as pa

EXCLUDED = re.compile(r"(?<=EXCLUDE \()[^)]*")
SMALL_BYTES = 32 << 20
VERSION = 1
"""Version of what is kept; another one is made again."""


@dataclass(slots=True)
class Kept:
    """The folder of what is kept. ``taken``: results this build found; ``made``: those it added."""

    folder: Path
    files: dict[Path, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    taken: set[str] = field(default_factory=set)
    made: set[str] = field(default_factory=set)

    def result(self, key: str, path: Path, make: Callable[[Path], object]) -> bool:
        """Put a result at ``path``: the one kept, else the one made now. Return whether it was kept."""
        self.files[path] = key
        found = self._whole(key)
        if found is None:
            make(path)
            same_file(path, self.folder / f"{key}-{sha256_of(path)}")
            self.made.add(key)
            return False
        same_file(found, path)
        self.taken.add(key)
        return True

    def _whole(self, key: str) -> Path | None:
        for found in self.folder.glob(f"{key}-*"):
            if sha256_of(found) == found.name.removeprefix(f"{key}-"):
                return found
            found.unlink()
        return None

    def forget_others(self) -> None:
        """Remove what this build neither found nor made: the next one would not need it."""
        for path in self.folder.iterdir():
            if path.name.partition("-")[0] not in self.taken | self.made:
                path.unlink()


_current: ContextVar[Kept | None] = ContextVar("_current", default=None)


@contextmanager
def keeping(folder: Path) -> Iterator[Kept]:
    """Keep what is made inside in a folder, and take from there what was."""
    folder.mkdir(parents=True, exist_ok=True)
    token = _current.set(kept := Kept(folder))
    try:
        yield kept
    finally:
        _current.reset(token)


def same_file(source: Path, path: Path) -> None:
    """Give a file a second name, or copy it where the disk knows no such thing; whole or not there."""
    aside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        try:
            os.link(source, aside)
        except OSError:
            shutil.copyfile(source, aside)
        aside.replace(path)
    finally:
        with suppress(OSError):
            aside.unlink(missing_ok=True)


def made(of: Any, path: Path, make: Callable[[Path], object], *, said: str = "") -> bool:
    """Put at ``path`` what ``make`` writes from an Ibis table (``of``), or what was kept of it.

    ``said``: what decides of the result beside the query. Nothing is kept of another engine than DuckDB,
    whose results may lie on several machines. Returns whether it was kept.
    """
    kept = _current.get()
    key = _key(kept, of, said) if kept and _is_here(of.get_backend()) else None
    if kept is None or key is None:
        make(path)
        return False
    return kept.result(key, path, make)


def read(con: Any, path: Path) -> Any:
    """An Ibis table over a Parquet file, known for what it is made of."""
    table = con.read_parquet(str(path))
    kept = _current.get()
    if kept and _is_here(con):
        kept.names[table.get_name()] = kept.files.get(path) or _file(path)
    return table


def note_rows(name: str, rows: "pa.Table") -> None:
    """Tell what a small table given to an engine under a name holds, in whatever order."""
    if kept := _current.get():
        kept.names[name] = _rows(rows)


def note_content(path: Path) -> None:
    """Tell that a file worked out in Python is known by its content, whatever its size."""
    if kept := _current.get():
        kept.files[path] = sha256_of(path)


def note_copy(path: Path, of: Path, how: str) -> None:
    """Tell that a file is a copy of another one."""
    if kept := _current.get():
        kept.files[path] = _fingerprint(_file(of), how)


def _is_here(con: Any) -> bool:
    return bool(con.name == "duckdb")


def _key(kept: Kept, of: Any, said: str) -> str | None:
    from ibis.expr import operations as ops

    text = f"{of.get_backend().compile(of)} {said}"
    for table in of.op().find(ops.PhysicalTable):
        if isinstance(table, ops.InMemoryTable):
            known: str | None = _rows(table.data.to_pyarrow(table.schema))
        else:
            known = kept.names.get(table.name)
        if known is None:
            return None
        text = text.replace(table.name, known)
    return _fingerprint(str(VERSION), duckdb.__version__, EXCLUDED.sub(_in_order, text))


def _in_order(excluded: re.Match[str]) -> str:
    """Ibis holds the columns left out in a set, whose order changes from one process to the next."""
    return ", ".join(sorted(excluded[0].split(", ")))


def _rows(rows: "pa.Table") -> str:
    return _fingerprint(str(rows.schema), *sorted(map(repr, rows.to_pylist())))


def _file(path: Path) -> str:
    """A small file is known by its content; a file of a snapshot never changes: place, size and day do."""
    told = path.stat()
    if told.st_size <= SMALL_BYTES:
        return sha256_of(path)
    return _fingerprint(str(path.resolve()), str(told.st_size), str(told.st_mtime_ns))


def _fingerprint(*texts: str) -> str:
    return sha256("\0".join(texts).encode()).hexdigest()[:40]
