"""Say that an edition is being read, so that nobody removes its files meanwhile.

A reader holds a shared lock on the manifest of its edition; whoever removes an edition must have it alone.
The system frees the lock of a process that dies, and a file system without locks lets everybody read.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

MANIFEST = "manifest.json"
DRAFT = ".brouillon-"
"""Before the name of an edition that is not published yet."""


def final_name(folder: Path) -> str:
    """The name of an edition, the same before and after its publication."""
    return folder.name.removeprefix(DRAFT)


def hold(folder: Path) -> int:
    """Hold an edition: the descriptor to close when one no longer reads it.

    Raises :class:`OSError` when it has no manifest: it was removed, or never was.
    """
    descriptor = os.open(folder / MANIFEST, os.O_RDONLY | os.O_CLOEXEC)
    with suppress(OSError):
        fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


@contextmanager
def alone(folder: Path) -> Iterator[bool]:
    """Whether nobody reads an edition; as long as the ``with`` lasts, nobody begins to."""
    try:
        descriptor = os.open(folder / MANIFEST, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:  # nothing to read
        yield True
        return
    try:
        yield _locked(descriptor)
    finally:
        os.close(descriptor)


def _locked(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks: as before them
        return True
    return True
