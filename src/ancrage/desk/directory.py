"""The directory of structures of the edition in force, opened once by a process."""

from functools import lru_cache

from ancrage.edition.opened import Opened
from ancrage.register.directory.listing import Directory


def directory_of(now: Opened) -> Directory:
    """The directory of an edition."""
    return _directory(now.edition, now.today, now)


@lru_cache(maxsize=2)
def _directory(_edition: str, _today: object, now: Opened) -> Directory:
    return Directory(now.atlas)
