"""One side of a comparison: a territory, in an edition, with a catalogue, on a day."""

from dataclasses import dataclass
from datetime import date

from ancrage.aids.catalogue import Catalogue
from ancrage.aids.imports.shelf import Shelf
from ancrage.territories.atlas import Atlas
from ancrage.territories.territory import Territory


@dataclass(frozen=True, slots=True)
class Side:
    """What is read on a side. ``gone_since``: what ended before that day is left unsaid.

    ``structures``: the SIRET that are noted; all of the territory when ``None``.
    """

    atlas: Atlas
    shelf: Shelf
    catalogue: Catalogue
    territory: Territory
    on: date
    gone_since: date
    structures: tuple[str, ...] | None = None
