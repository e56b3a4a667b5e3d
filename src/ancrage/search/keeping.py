"""An index kept on disk: built beside by one process while the others wait, renamed once whole."""

import fcntl
import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib.metadata import version
from pathlib import Path

import tantivy

from ancrage import __version__
from ancrage.warehouse.holding import final_name

PREFIX, UNFINISHED = "annuaire-", ".partiel"
KEPT = 2
"""Indexes kept: another process may still be reading the one before."""


def digest(form: int, edition: Path, aids: str) -> str:
    """Changes with the edition, the aids, the program and the library."""
    told = hashlib.sha256(f"{form} {__version__} {version('tantivy')} {aids} {final_name(edition)}".encode())
    told.update((edition / "manifest.json").read_bytes())
    return told.hexdigest()[:32]


def kept(
    cache: Path | None, key: str, schema: tantivy.Schema, build: Callable[[tantivy.Index], None]
) -> tantivy.Index:
    """The index of this key, opened or built; in memory when the folder cannot be written."""
    if cache is not None:
        folder = cache / f"{PREFIX}{key}"
        if (found := _opened(folder)) is not None:
            return found
        with suppress(OSError, ValueError), _alone(cache):
            # Another process may have built it while this one waited.
            return _opened(folder) or _built_in(folder, schema, build)
    index = tantivy.Index(schema)
    build(index)
    return index


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


def _built_in(folder: Path, schema: tantivy.Schema, build: Callable[[tantivy.Index], None]) -> tantivy.Index:
    _make_room(folder)
    building = Path(tempfile.mkdtemp(dir=folder.parent, prefix=PREFIX, suffix=UNFINISHED))
    try:
        build(tantivy.Index(schema, path=str(building)))
        building.rename(folder)
    finally:
        shutil.rmtree(building, ignore_errors=True)
    return tantivy.Index.open(str(folder))


def _make_room(folder: Path) -> None:
    """Leave the latest ones; what a killed process left unfinished goes, and a damaged index too."""
    found = [each for each in folder.parent.glob(f"{PREFIX}*") if each.is_dir()]
    whole = sorted(
        (each for each in found if each.suffix != UNFINISHED and each != folder),
        key=lambda each: each.stat().st_mtime,
    )
    for each in (*whole[: 1 - KEPT], *(one for one in found if one == folder or one.suffix == UNFINISHED)):
        shutil.rmtree(each, ignore_errors=True)
