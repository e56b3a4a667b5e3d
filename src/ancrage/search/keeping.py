"""An index kept on disk: built beside by one process while the others wait, renamed once whole."""

import fcntl
import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import tantivy

from ancrage import __version__
from ancrage.warehouse.holding import final_name
from ancrage.warehouse.keeping import same_file

PREFIX, FIRST, UNFINISHED = "annuaire-", "structures-", ".partiel"
KEPT = 2
"""Indexes kept: another process may still be reading the one before."""


def digest(form: int, edition: Path, beside: str = "") -> str:
    """Changes with the edition, what is indexed beside it, the program and the library."""
    told = hashlib.sha256(
        f"{form} {__version__} {version('tantivy')} {beside} {final_name(edition)}".encode()
    )
    told.update((edition / "manifest.json").read_bytes())
    return told.hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of an index: the key of what it is made from, and what adds it."""

    key: str
    add: Callable[[tantivy.Index], None]


def kept(cache: Path | None, schema: tantivy.Schema, first: Part, rest: Part) -> tantivy.Index:
    """The index of two parts, opened or built; in memory when the folder cannot be written.

    ``first``, the larger part, is kept by itself too: when ``rest`` alone changes, it is added to the same
    files under second names. The key of ``rest`` changes with that of ``first``.
    """
    if cache is not None:
        folder = cache / f"{PREFIX}{rest.key}"
        if (found := _opened(folder)) is not None:
            return found
        with suppress(OSError, ValueError), _alone(cache):
            # Another process may have built it while this one waited.
            if (found := _opened(folder)) is not None:
                return found
            base = cache / f"{FIRST}{first.key}"
            if _opened(base) is None:
                _built_in(base, FIRST, lambda place: first.add(tantivy.Index(schema, path=str(place))))
            return _built_in(folder, PREFIX, lambda place: rest.add(_again(base, place)))
    index = tantivy.Index(schema)
    first.add(index)
    rest.add(index)
    return index


def _again(base: Path, place: Path) -> tantivy.Index:
    """An index that may be added to, and whose files are those of another, which never change."""
    for path in base.iterdir():
        if path.suffix != ".lock":
            same_file(path, place / path.name)
    return tantivy.Index.open(str(place))


def _opened(folder: Path) -> tantivy.Index | None:
    """The index of a folder; ``None`` when there is none, or a damaged one."""
    with suppress(OSError, ValueError):
        if folder.is_dir():
            index = tantivy.Index.open(str(folder))
            index.searcher()
            return index
    return None


@contextmanager
def _alone(cache: Path) -> Iterator[None]:
    """One process at a time; the lock goes with the process that holds it."""
    cache.mkdir(parents=True, exist_ok=True)
    with (cache / f"{PREFIX}index.verrou").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _built_in(folder: Path, prefix: str, make: Callable[[Path], None]) -> tantivy.Index:
    _make_room(folder, prefix)
    building = Path(tempfile.mkdtemp(dir=folder.parent, prefix=prefix, suffix=UNFINISHED))
    try:
        make(building)
        building.rename(folder)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return tantivy.Index.open(str(folder))


def _make_room(folder: Path, prefix: str) -> None:
    """Leave the latest ones; what a killed process left unfinished goes, and a damaged index too."""
    found = [each for each in folder.parent.glob(f"{prefix}*") if each.is_dir()]
    whole = sorted(
        (each for each in found if each.suffix != UNFINISHED and each != folder),
        key=lambda each: each.stat().st_mtime,
    )
    for each in (*whole[: 1 - KEPT], *(one for one in found if one == folder or one.suffix == UNFINISHED)):
        shutil.rmtree(each, ignore_errors=True)
