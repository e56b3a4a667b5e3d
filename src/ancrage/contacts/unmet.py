"""The blank zones as they are lived: what is counted of the requests for support, and where it is read.

Questions stand below what people write. They ask here, and the room of requests gives its reader when it
starts; without it nothing is read, and it is said.
"""

from collections.abc import Callable
from dataclasses import dataclass

from ancrage.errors import NeedError
from ancrage.territories.atlas import Atlas
from ancrage.territories.territory import Territory

STEP = 5
"""Every count is a multiple of it, from below, and none is told under it."""


@dataclass(frozen=True, slots=True)
class Lived:
    """A line. ``told``: needs; ``unmet``: those nobody met. By fives; ``None``: under five, or none."""

    code: str
    label: str
    told: int | None
    unmet: int | None


@dataclass(frozen=True, slots=True)
class LivedNeeds:
    """Needs of a territory, as they now are. ``parts``: of the level below, those of five needs or more."""

    whole: Lived
    kinds: tuple[Lived, ...]
    parts: tuple[Lived, ...]


Reader = Callable[[Atlas, Territory], LivedNeeds]
_reader: list[Reader] = []


def lend(reader: Reader) -> None:
    """Say how requests for support are counted."""
    _reader[:] = [reader]


def lived_in(atlas: Atlas, territory: Territory) -> LivedNeeds:
    """What was asked there and what nobody met. Raises :class:`NeedError` where no request can be read."""
    if not _reader:
        raise NeedError(
            "Les demandes d’appui ne se lisent que là où leur base est ouverte.",
            "Demandez-les au site, ou à son API.",
        )
    return _reader[0](atlas, territory)
