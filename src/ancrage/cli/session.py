"""What most commands begin with: the data folder, the edition in force, the day."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from ancrage.edition.opened import Opened
    from ancrage.territories.atlas import Atlas


def today() -> date:
    """The day of the person who asks, in their own time zone."""
    return datetime.now().astimezone().date()


def now() -> datetime:
    """The present moment, UTC."""
    return datetime.now(UTC)


@contextmanager
def open_atlas(*, resident: bool = False) -> Iterator["Atlas"]:
    """The atlas of the edition in force; ``resident``: in memory, for a command that asks much of a table."""
    from ancrage.edition.opening import open_in_force
    from ancrage.location import data_directory
    from ancrage.territories.atlas import Atlas

    with open_in_force(data_directory(), resident=resident) as warehouse:
        yield Atlas(warehouse, today=today())


@contextmanager
def open_edition(*, resident: bool = False) -> Iterator["Opened"]:
    """The edition in force, today, for a question; ``resident`` as for :func:`open_atlas`."""
    from ancrage.edition.opened import Opened, edition_name

    with open_atlas(resident=resident) as atlas:
        yield Opened(atlas, edition_name(atlas.warehouse), today(), cache_directory())


def cache_directory() -> "Path":
    """Where what can be worked out again is kept."""
    from ancrage.location import data_directory

    return data_directory() / "cache"
