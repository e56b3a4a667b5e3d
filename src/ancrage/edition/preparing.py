"""What the site needs of a large edition beside its tables, made once at the end of its build.

The tables worked out of the register, and the copy of those that every process asks, lie with the edition;
the index of the search box, and how places resemble their neighbours, in that of what can be made again.
A site that opens an edition without them makes them, which takes a minute for all of France.
"""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from ancrage.contacts.placing import TOWN, open_towns
from ancrage.edition.opening import open_edition
from ancrage.levers.alike import ROWS, write_alike
from ancrage.register.apart import APART, open_apart
from ancrage.register.placed import write_placed_changes
from ancrage.register.wide import write_wide
from ancrage.search.index import open_index
from ancrage.sources.snapshots import SnapshotStore
from ancrage.territories.atlas import Atlas
from ancrage.territories.zonings.answering import PLACED, open_placed
from ancrage.warehouse.reading import ResidentWarehouse, Warehouse

CACHE = "cache"


@dataclass(slots=True)
class Ready:
    """Prepares the edition it is told; ``done``: whether that was done, or was not worth it."""

    data: Path
    on: date
    step: Callable[[str], None]
    done: bool = True

    def __call__(self, edition: Path) -> None:
        """A small edition is left alone: a site reads it in a second.

        A disk without room, or a memory too small, is no reason to lose an edition: the site will try again.
        """
        with open_edition(edition, resident=True) as warehouse:
            if not warehouse.is_large:
                return
            self.step("Annuaire et recherche")
            try:
                tables_ready(warehouse)
                self._answers(Atlas(warehouse, today=self.on), self.data / CACHE)
            except (OSError, ValueError, duckdb.Error):
                logging.getLogger("ancrage.edition").warning("published unprepared", exc_info=True)
                self.done = False

    def _answers(self, atlas: Atlas, cache: Path) -> None:
        # Spatial statistics take a second to import.
        from ancrage.dynamics.answering import Asked, prepare
        from ancrage.dynamics.centres import epci_centres

        open_index(atlas, cache, data=self.data)
        centres = epci_centres(SnapshotStore(self.data))
        prepare(atlas, Asked(), on=self.on, centres=centres, cache=cache)


def tables_ready(warehouse: Warehouse) -> None:
    """Make what the search box does not ask for: tables worked out of the register, the copy of the others.

    Nothing of a small edition. Raises :class:`OSError` and what DuckDB raises where there is no room.
    """
    if not (isinstance(warehouse, ResidentWarehouse) and warehouse.is_large):
        return
    if warehouse.holds("siae"):
        open_apart(warehouse)
        warehouse.rows(f"SELECT count(*) FROM {APART}")
    write_worked_out(warehouse)
    warehouse.prepare()


def write_worked_out(warehouse: ResidentWarehouse) -> None:
    """Write beside an edition what its pages would work out again and again; they answer the same without."""
    write_wide(warehouse)
    write_placed_changes(warehouse)
    write_alike(warehouse)
    open_placed(warehouse)
    warehouse.write_derived(PLACED, rows=ROWS)
    if warehouse.holds("outline"):
        open_towns(warehouse)
        warehouse.write_derived(TOWN)
