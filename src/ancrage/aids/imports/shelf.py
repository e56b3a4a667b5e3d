"""Where the aids that others publish are read: in the edition, and in the folder of those imported by hand.

A source imported by hand takes the place of the same source in the edition.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ancrage.aids.imports.imported import ImportedAid
from ancrage.aids.imports.storing import imported_files, load
from ancrage.aids.tables import IMPORTED_AID
from ancrage.warehouse.reading import Warehouse


@dataclass(frozen=True, eq=False)
class Shelf:
    """``warehouse``: the edition, ``data``: the data folder; either may be missing.

    Two shelves that hold the same are one: what was made of the first serves the second.
    """

    warehouse: Warehouse | None = None
    data: Path | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Shelf) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    @cached_property
    def key(self) -> str:
        """Changes with the edition and with any file imported by hand: names what is on the shelf."""
        files = imported_files(self.data) if self.data is not None else ()
        states = [(str(file), file.stat().st_size, file.stat().st_mtime_ns) for file in files]
        return repr((str(self.warehouse.folder) if self.warehouse else "", states))

    def aids(self) -> tuple[ImportedAid, ...]:
        """Every aid, by source. Raises :class:`ImportFileError` for a damaged file of imported aids."""
        by_hand = load(self.data) if self.data is not None else ()
        replaced = {aid.source for aid in by_hand}
        return (*(aid for aid in self._of_edition() if aid.source not in replaced), *by_hand)

    def _of_edition(self) -> Iterator[ImportedAid]:
        if self.warehouse is None or not self.warehouse.holds(IMPORTED_AID.name):
            return
        for row in self.warehouse.rows("SELECT document FROM imported_aid ORDER BY source, rank"):
            yield ImportedAid.from_json(json.loads(row["document"]))
