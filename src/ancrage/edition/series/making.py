"""Make the register of one month, from its files alone: the same on whatever machine it is made."""

import shutil
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from ancrage.edition.door import try_to_read
from ancrage.edition.geography import leading_somewhere, read_events, read_thread
from ancrage.edition.held.tables import held_tables
from ancrage.edition.inputs import Inputs
from ancrage.edition.judging import judge, judge_invented
from ancrage.edition.publication import EMBEDDED, write_manifest
from ancrage.edition.register.monthly import Written
from ancrage.edition.register.writing import Ground, ground_of, write_register
from ancrage.edition.series.marks import FileTold, Mark
from ancrage.edition.series.stocks import Stock
from ancrage.edition.zonings import quarters_of
from ancrage.errors import NoEditionError
from ancrage.register.tables import HISTORY
from ancrage.sources.catalogue import get_source
from ancrage.sources.depot import Depot
from ancrage.sources.given import Given
from ancrage.sources.provenance import tool_version
from ancrage.sources.snapshots import SnapshotStore
from ancrage.sources.synchronise import synchronise
from ancrage.warehouse.wholeness import contents

GIVEN = "recus"
"""Where the files of a month are received, under the folder it is made in."""


@dataclass(frozen=True, slots=True)
class Made:
    """A month just made: the folder of its tables, and what is told of it but where it will lie."""

    folder: Path
    written: Written
    files: dict[str, FileTold]
    register: dict[str, Any]
    fictitious: bool


def ground_of_package() -> Ground:
    """What all months stand on: the geography and the lists that travel with the package.

    Nothing synchronised on one machine enters: two machines make the same month alike.
    Raises :class:`NoEditionError` when the embedded edition is absent.
    """
    if not (EMBEDDED / "manifest.json").is_file():
        raise NoEditionError(
            "Le découpage administratif embarqué est absent.", "Construisez-le d'abord : make reference."
        )
    nothing = Inputs(SnapshotStore(EMBEDDED / "aucune-source"), held_tables())
    events = leading_somewhere(read_events(nothing), EMBEDDED, nothing)
    thread = read_thread(EMBEDDED, events)
    return ground_of(EMBEDDED, thread, quarters_of(nothing), ())


def make_stock(
    stock: Stock, place: Depot, ground: Ground, workplace: Path, *, invented: bool, previous: Path | None
) -> Made:
    """Receive the files of a month and write its tables under ``workplace``.

    ``previous``: the folder of the month before, from which it is made where it can be. Raises
    :class:`SourceContentError` or :class:`SourceUnavailableError` for a file that is not what its name says.
    """
    store = SnapshotStore(workplace / GIVEN)
    files = {source: _receive(stock, source, place, store, invented) for source in stock.files}
    inputs, folder = Inputs(store, held_tables()), workplace / "tables"
    folder.mkdir(parents=True)
    written = write_register(inputs, folder, ground, on=stock.counted_on, previous=previous)
    shutil.rmtree(workplace / GIVEN)
    tables = written.tables
    register = {
        "counted_on": stock.counted_on.isoformat(),
        "history": [source for source in HISTORY if f"{source}/periodes" in inputs.used],
        "remarks": inputs.remarks,
        "coverage": [asdict(found) for found in tables.coverage],
        "accounts": [asdict(account) for account in tables.accounts],
        "vintage": inputs.used["sirene-etablissements/stock"].vintage,
    }
    write_manifest(folder, {"month": stock.name, "register": register})
    return Made(folder, written, files, register, any(found.fictitious for found in tables.coverage))


def _receive(stock: Stock, source: str, place: Depot, store: SnapshotStore, invented: bool) -> FileTold:
    """Check a file as any file somebody gives, and keep a copy of it for the time of the build."""
    found = stock.files[source]
    local = place.folder / found.name if place.folder else None
    path = local or place.fetch(found.name, store.root / "venus" / found.name.rpartition("/")[2])
    given = Given(path, judge_invented if invented else judge, fictitious=invented)
    report = synchronise([get_source(source)], store=store, door=try_to_read, given=given)
    if local is None:
        path.unlink()
    if failure := report.failure():
        raise failure
    kept = next(one.snapshot for one in report.outcomes if one.snapshot is not None)
    return FileTold(found.name, found.bytes, found.modified, kept.provenance.sha256)


def mark_of(made: Made, stock: Stock, folder: str, since: str, at: datetime) -> Mark:
    """What is told of a month whose tables will lie in ``folder``."""
    written = made.written
    return Mark(
        month=stock.name,
        folder=folder,
        counted_on=stock.counted_on.isoformat(),
        made_at=at.isoformat(),
        version=tool_version(),
        files=made.files,
        tables=contents(made.folder),
        register=made.register,
        fictitious=made.fictitious,
        since=since if written.since else "",
        because=written.because,
        kept=tuple(sorted(one.name for one in (made.folder / "suite").glob("*"))),
    )
