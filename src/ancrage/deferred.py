"""Libraries loaded the first time one of their names is read, never when a module that uses them loads.

A process that answers pages of territories holds neither SciPy nor Polars until a page asks for them.
The type checker reads the true import instead, under ``TYPE_CHECKING``; annotations stay unread at run time.
"""

from importlib import import_module
from typing import Any


class Deferred:
    """A module by its path, imported when a name of it is read. Raises ``ImportError`` then."""

    def __init__(self, path: str) -> None:
        self._path = path

    def __getattr__(self, name: str) -> Any:
        found = getattr(import_module(self._path), name)
        setattr(self, name, found)  # read at once the next time
        return found
