"""Opening the catalogue of a day: compiled once, then read back from a cache as long as nothing changed."""

from collections.abc import Mapping
from datetime import date
from functools import lru_cache
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from ancrage.aids.answering import DayCatalogue
from ancrage.aids.entries import DayEntries
from ancrage.aids.imports.shelf import Shelf
from ancrage.declarations.keeping import kept

if TYPE_CHECKING:
    from ancrage.aids.imports.duplicates import Duplicate
    from ancrage.aids.imports.imported import ImportedAid

ROOMS = ("aids", "contacts", "declarations", "facts", "language", "rules", "sources")
"""Rooms that a compiled day hangs on."""
NOTHING = Shelf()
FEW = 8


def open_day(
    on: date,
    *,
    overrides: Mapping[str, float] | None = None,
    cache: Path | None = None,
    shelf: Shelf = NOTHING,
) -> DayCatalogue:
    """The aids of a day, with those on the ``shelf``, which others publish.

    ``cache`` is a folder, used when it can be written, and never needed. Raises what
    :func:`ancrage.aids.compiling.compile_day` raises, and :class:`ImportFileError` for a damaged file.
    """
    told = tuple(sorted((overrides or {}).items()))
    # From the second day that it compiles, a process has at hand all but what changed: no file is quicker.
    with _one_at_a_time:
        found = _opened(on, told, None if shelf.key in _compiled else cache, shelf)
        if shelf is not NOTHING and not told:
            _beside[on] = found
            while len(_beside) > FEW:
                del _beside[next(iter(_beside))]
    return found


def open_ours(on: date, *, cache: Path | None = None) -> DayCatalogue:
    """The aids of a day for who looks only at ours: others may stand beside them.

    They do when another part of the same page asks them too: the day is then put together once for both. Of
    ours, it answers the same.
    """
    with _one_at_a_time:  # whoever puts it together now is waited for
        found = _beside.get(on)
    return found or open_day(on, cache=cache)


_one_at_a_time = RLock()
_beside: dict[date, DayCatalogue] = {}
"""Days last opened with a shelf."""


_compiled: set[str] = set()
"""Shelves of which this process compiled a day."""


def compile_for_all(on: date, shelf: Shelf) -> None:
    """Compile a day, with and without the shelf: the others are then compiled in a few milliseconds."""
    for each in (NOTHING, shelf):
        _opened(on, (), None, each)


@lru_cache(maxsize=8)
def _opened(
    on: date, overrides: tuple[tuple[str, float], ...], cache: Path | None, shelf: Shelf
) -> DayCatalogue:
    def compiled() -> DayEntries:
        from ancrage.aids.compiling import compile_day

        imported, pairs = _shelved(shelf)
        found = compile_day(on, overrides=dict(overrides), imported=imported, pairs=pairs)
        if len(_compiled) >= FEW:
            _compiled.clear()
        _compiled.add(shelf.key)
        return found

    return DayCatalogue(kept("aides", compiled, cache=cache, rooms=ROOMS, key=(on, overrides, shelf.key)))


@lru_cache(maxsize=2)
def _shelved(shelf: Shelf) -> "tuple[tuple[ImportedAid, ...], tuple[Duplicate, ...]]":
    """What is on a shelf, read and compared once for all the days that are asked."""
    from ancrage.aids.compiling import same_as_others

    imported = shelf.aids()
    return imported, same_as_others(imported) if imported else ()
