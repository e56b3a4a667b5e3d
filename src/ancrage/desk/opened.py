"""The edition in force, opened once by a process and shared by its threads.

A new edition is picked up without a restart: the first request after its publication opens it. A request
that had begun goes on with the one it started with.
"""

import threading
from datetime import date, datetime
from zoneinfo import ZoneInfo

from ancrage.edition.opened import Opened, edition_name
from ancrage.edition.opening import open_in_force
from ancrage.edition.publication import current_edition
from ancrage.location import data_directory
from ancrage.territories.atlas import Atlas

PARIS = ZoneInfo("Europe/Paris")


_lock = threading.Lock()
_state: dict[str, Opened] = {}


def today() -> date:
    """The day in Paris: the same for every visitor, whatever the machine's own clock zone."""
    return datetime.now(PARIS).date()


def opened() -> Opened:
    """The edition in force, today. Raises :class:`ancrage.errors.NoEditionError` when it cannot be read."""
    folder, day = current_edition(data_directory()), today()
    known = _state.get("now")
    if known and known.atlas.warehouse.folder == folder and known.today == day:
        return known
    with _lock:
        known = _state.get("now")
        if known is None or known.atlas.warehouse.folder != folder or known.today != day:
            known = _state["now"] = _open(day, known)
        return known


def _open(day: date, known: Opened | None) -> Opened:
    data = data_directory()
    same = known is not None and known.atlas.warehouse.folder == current_edition(data)
    warehouse = known.atlas.warehouse if known and same else open_in_force(data, resident=True)
    return Opened(
        atlas=Atlas(warehouse, today=day),
        edition=edition_name(warehouse),
        today=day,
        cache=data_directory() / "cache",
    )
