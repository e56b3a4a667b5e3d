"""What the build will read of a file is read before the file is kept, by the very readers of the build."""

import tempfile
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any

from ancrage.contacts.sources import LISTS as CONTACT_LISTS
from ancrage.contacts.sources import LIVE, PUBLISHER
from ancrage.coverage.placing import NOWHERE
from ancrage.coverage.reading import gather
from ancrage.coverage.sources import LISTS
from ancrage.edition.bought import try_bought
from ancrage.edition.competences import SOURCE as COMPETENCES
from ancrage.edition.competences import competence_rows
from ancrage.edition.contacts import published
from ancrage.edition.geography import EVENTS_SOURCE, leading_somewhere, read_events
from ancrage.edition.inputs import Inputs
from ancrage.edition.publication import EMBEDDED
from ancrage.edition.shapes import (
    OUTLINES_SOURCE,
    TOWN_HALLS_SOURCE,
    read_outlines,
    read_quarters,
    read_town_halls,
)
from ancrage.edition.support import rows_of
from ancrage.edition.zonings import LIST_SOURCES, NAMED_PROGRAMMES, QUARTER_SOURCES, programme_names
from ancrage.errors import AncrageError, SourceContentError, SupportFileError
from ancrage.procurement.bought.tables import SOURCES as PURCHASES
from ancrage.register import sirene
from ancrage.register.api_snapshot import write_stock
from ancrage.register.list_layouts import OTHER_LISTS, SIAE_LIST, ListLayout
from ancrage.register.lists import read_ess_list, read_structures
from ancrage.register.stock import Layout, connect, open_stock
from ancrage.sources.api_results import read_results
from ancrage.sources.checking import COUNTED_BELOW
from ancrage.sources.columns import CHANGED
from ancrage.sources.declaration import Resource, Source
from ancrage.sources.provenance import KeptFile, Provenance
from ancrage.sources.snapshots import Snapshot
from ancrage.territories.geometry.qpv_polygons import qpv_communes
from ancrage.territories.quarters import LAYERS
from ancrage.territories.zonings.declaration import load_zonings
from ancrage.territories.zonings.lists import ListSources, read_list

STOCKS: Mapping[str, Layout] = {
    "sirene-etablissements": sirene.ESTABLISHMENTS,
    "sirene-unites-legales": sirene.UNITS,
    "sirene-geolocalisation": sirene.COORDINATES,
    "sirene-etablissements-historique": sirene.ESTABLISHMENT_PERIODS,
    "sirene-unites-legales-historique": sirene.UNIT_PERIODS,
}


class Candidate:
    """A store that holds one snapshot only: the one that asks to come in."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot

    def latest(self, source_id: str, resource_id: str) -> Snapshot | None:
        """The candidate, when it is of this resource."""
        told = self.snapshot.provenance
        return self.snapshot if (told.source, told.resource) == (source_id, resource_id) else None

    def resources(self, source_id: str) -> list[str]:
        """Its resource, when it is of this source."""
        told = self.snapshot.provenance
        return [told.resource] if told.source == source_id else []


def try_to_read(
    source: Source, resource: Resource, files: Sequence[Path], provenance: Provenance
) -> tuple[str, ...]:
    """What the build will set aside of the files, in French. Raises :class:`SourceContentError`."""
    kept = tuple(KeptFile(path.name, "", path.stat().st_size) for path in files)
    snapshot = Snapshot(files[0].parent, provenance.with_files(kept, ""))
    inputs = Inputs(Candidate(snapshot))
    try:
        with tempfile.TemporaryDirectory(prefix=".essai-", dir=files[0].parent) as scratch:
            for reader in readers_of(source.id, resource.id):
                reader(inputs, Path(scratch))
    except AncrageError as error:
        raise SourceContentError(error.message, error.hint or CHANGED, *error.repairs) from error
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        told = " ".join(str(error).split())[:80] or type(error).__name__
        raise SourceContentError(
            f"« {files[0].name} » a un contenu que la construction ne saurait pas lire ({told}).", CHANGED
        ) from error
    return tuple(_set_aside(inputs))


Reader = Callable[[Inputs, Path], Any]


def readers_of(source: str, resource: str) -> list[Reader]:
    """The readers that the build will use on a resource; none for one that it does not read."""
    found = [BY_SOURCE[source]] if source in BY_SOURCE else []
    if source in LIST_SOURCES:
        found.append(lambda inputs, _: _as_lists(inputs, source))
    if (source, resource) in QUARTER_SOURCES.items():
        found.append(lambda inputs, _: qpv_communes(inputs.features(source, resource) or ()))
    if (source, resource) in LISTS:
        found.append(lambda inputs, _: _as_places(inputs, source, resource))
    if source in (LIVE, PUBLISHER) or (source, resource) in CONTACT_LISTS:
        found.append(lambda inputs, _: _exhaust(iter(published(inputs))))
    if source in PURCHASES:
        found.append(lambda inputs, scratch: try_bought(inputs, source, scratch))
    if source in STOCKS:
        found.append(lambda inputs, scratch: _as_stock(inputs, source, scratch))
    return found


def _as_events(inputs: Inputs, _: Path) -> None:
    events = read_events(inputs)
    if (EMBEDDED / "manifest.json").is_file():
        events = leading_somewhere(events, EMBEDDED, inputs)
    if not events:
        raise SourceContentError("Aucun événement du fichier n'est lisible.", CHANGED)


def _as_lists(inputs: Inputs, source: str) -> None:
    rows = inputs.rows(source)
    if rows is None:
        return
    given = ListSources(rows={source: rows})
    for zoning in load_zonings().values():
        for edition in zoning.editions:
            if edition.source == source:
                read_list(zoning.id, edition, given)


def _as_places(inputs: Inputs, source: str, resource: str) -> None:
    """A place is found among the communes of an edition: without one, only its reading is tried."""
    try:
        gather(list(rows_of(inputs, source, resource)), NOWHERE, name=source)
    except SupportFileError:
        inputs.rejects.clear()


def _as_ess_list(inputs: Inputs, scratch: Path) -> None:
    if found := inputs.snapshot("liste-ess"):
        _tell(inputs, "liste-ess", read_ess_list(connect(scratch), found.path, scratch).rejects.num_rows)


def _as_structures(layout: ListLayout, inputs: Inputs, scratch: Path) -> None:
    if found := inputs.snapshot(layout.source):
        listed = read_structures(connect(scratch), found.path, scratch, layout)
        _tell(inputs, layout.source, listed.rejects.num_rows)


def _tell(inputs: Inputs, source: str, count: int) -> None:
    for _ in range(count):
        inputs.reject(source, "", "ligne inutilisable")


def _as_stock(inputs: Inputs, source: str, scratch: Path) -> None:
    """A whole stock is read when an edition is built: here its columns, and all of a small one."""
    found = inputs.snapshot(source)
    if found is not None and found.provenance.size <= COUNTED_BELOW:
        engine = connect(scratch)
        opened = open_stock(engine, found.path, STOCKS[source], scratch)
        engine.to_pyarrow(opened.rows.count())


def _as_harvest(inputs: Inputs, scratch: Path) -> None:
    for resource in inputs.store.resources("recherche-entreprises"):
        if found := inputs.snapshot_of("recherche-entreprises", resource):
            results = read_results(found.files)
            write_stock(results, scratch, departement=None, vintage="", complete=False)


def _exhaust(features: Any) -> None:
    deque(features, maxlen=0)


BY_SOURCE: Mapping[str, Reader] = {
    COMPETENCES: lambda inputs, _: deque(competence_rows(inputs), maxlen=0),
    EVENTS_SOURCE: _as_events,
    TOWN_HALLS_SOURCE: lambda inputs, _: read_town_halls(inputs),
    OUTLINES_SOURCE: lambda inputs, _: read_outlines(inputs),
    "liste-ess": _as_ess_list,
    **{one.source: partial(_as_structures, one) for one in (SIAE_LIST, *OTHER_LISTS)},
    "recherche-entreprises": _as_harvest,
    **{name: lambda inputs, _: _exhaust(programme_names(inputs, ())) for name in NAMED_PROGRAMMES},
    **{
        name: lambda inputs, _, name=name: read_quarters(inputs, name)  # type: ignore[misc]
        for name in chain.from_iterable(LAYERS.values())
    },
}


def _set_aside(inputs: Inputs) -> list[str]:
    """How many rows the build will set aside, by reason, those of the cutting into rows left out.

    A reason met once says its line.
    """
    lines: dict[str, list[str]] = {}
    for reject in inputs.rejects:
        if "au lieu de" not in reject["motif"]:
            lines.setdefault(reject["motif"], []).append(reject["ligne"])
    return [_told(reason, where) for reason, where in sorted(lines.items())]


def _told(reason: str, where: Sequence[str]) -> str:
    alone = len(where) == 1 and where[0].startswith("ligne ")
    return f"{len(where)} × {reason}" + (f" ({where[0]})" if alone else "")
