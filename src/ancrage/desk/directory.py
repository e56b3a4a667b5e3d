"""The directory of structures of the edition in force, and the search box, each opened once by a process."""

from functools import lru_cache

from ancrage.edition.opened import Opened
from ancrage.register.directory.listing import Directory
from ancrage.search.index import SearchIndex, open_index
from ancrage.sources.location import data_directory


def directory_of(now: Opened) -> Directory:
    """The directory of an edition."""
    return _directory(now.edition, now.today, now)


@lru_cache(maxsize=2)
def _directory(_edition: str, _today: object, now: Opened) -> Directory:
    return Directory(now.atlas)


def search_of(now: Opened) -> SearchIndex:
    """The index of everything that can be found, read from the cache folder or built there once."""
    return _search(now.edition, now)


@lru_cache(maxsize=2)
def _search(_edition: str, now: Opened) -> SearchIndex:
    return open_index(now.atlas, now.cache, data=data_directory())
