"""A file whose ends are right, but not its data: told by its name, whatever question meets it."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from ancrage.errors import SourceContentError
from ancrage.repairs import SynchroniseSources
from ancrage.warehouse.reading import is_readable

PARQUET = b"PAR1"
UNREAD = re.compile(r'Failed to read file "(?P<path>[^"]+)"')
"""How the engine tells which file it could not read, when it does."""


def may_be_damage(error: Exception) -> bool:
    """Whether a file may be at fault: the head of a page, read as nonsense, is an error of no class."""
    return isinstance(error, duckdb.InvalidInputException) or type(error) is duckdb.Error


@contextmanager
def telling_damage(*files: Path | None) -> Iterator[None]:
    """A query that fails because a file did says which; one that fails by itself is a fault of ours.

    ``files``: those that may be at fault, read again to their ends when the engine names none.
    Raises :class:`SourceContentError`.
    """
    try:
        yield
    except duckdb.Error as error:
        found = UNREAD.search(str(error))
        told = found["path"] if found else _unreadable(files) if may_be_damage(error) else None
        if told is None:
            raise
        raise SourceContentError(
            f"{Path(told).name} est abîmé : son début et sa fin se lisent, non ses données.",
            "L'édition en vigueur est intacte.",
            SynchroniseSources(),
        ) from error


def _unreadable(files: Iterable[Path | None]) -> Path | None:
    return next((file for file in files if file is not None and _is_damaged(file)), None)


def _is_damaged(file: Path) -> bool:
    with file.open("rb") as opened:
        if opened.read(len(PARQUET)) != PARQUET:
            return False
    return not is_readable(file)
