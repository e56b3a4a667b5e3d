"""Libraries loaded the first time one of their names is read, never when a module that uses them loads.

A process that answers pages of territories holds neither SciPy nor Polars until a page asks for them.
The type checker reads the true import instead, under ``TYPE_CHECKING``; annotations stay unread at run time.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from threading import Thread
from typing import Any


class Deferred:
    """A module by its path, imported when a name of it is read. Raises ``ImportError`` then."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __getattr__(self, name: str) -> Any:
        found = getattr(import_module(self._path), name)
        setattr(self, name, found)  # read at once the next time
        return found


@contextmanager
def loading(library: str) -> Iterator[None]:
    """Inside, a library that the work will need loads beside it, while the work waits for an engine.

    The work must not import it before it leaves: two threads that load the same packages may wait for each
    other. One that cannot be loaded fails where it is needed.
    """
    if library in sys.modules:
        yield
        return
    loader = Thread(target=_load, args=(library,), daemon=True)
    loader.start()
    try:
        yield
    finally:
        loader.join()


def _load(library: str) -> None:
    with suppress(ImportError):
        import_module(library)
