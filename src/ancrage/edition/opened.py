"""An edition opened on a day: what every question is put to."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ancrage.aids.imports.shelf import Shelf
from ancrage.territories.atlas import Atlas
from ancrage.warehouse.reading import Warehouse


@dataclass(frozen=True, slots=True)
class Opened:
    """An edition opened on a day. ``edition`` names what was built: it is part of every cache key.

    ``cache`` is the folder where what can be worked out again is kept.
    """

    atlas: Atlas
    edition: str
    today: date
    cache: Path

    @property
    def shelf(self) -> Shelf:
        """The aids that others publish: those of the edition, and those imported by hand since."""
        return Shelf(self.atlas.warehouse, self.cache.parent)


def edition_name(warehouse: Warehouse) -> str:
    """What tells an edition from any other: its folder, and when it was built."""
    built = (warehouse.folder / "manifest.json").stat().st_mtime_ns
    return f"{warehouse.folder.name}-{built:x}"
