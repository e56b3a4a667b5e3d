"""What the build reads: the latest snapshot of each source, and an account of what was set aside."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from ancrage.edition.held.tables import Held
from ancrage.sources.catalogue import get_source, load_catalogue
from ancrage.sources.declaration import Format, Resource
from ancrage.sources.provenance import Provenance
from ancrage.sources.reading import Feature, read_geojson, read_rows
from ancrage.sources.snapshots import Snapshot

CsvRow = dict[str, str]


class Store(Protocol):
    """Where snapshots are kept."""

    def latest(self, source_id: str, resource_id: str) -> Snapshot | None:
        """The last snapshot of a resource."""

    def resources(self, source_id: str) -> list[str]:
        """Resources of a source that have a snapshot."""


@dataclass
class Inputs:
    """Reads the snapshots of a store; remembers which were used and what was rejected.

    ``held``: facts of the package that stand for a list with no snapshot.
    """

    store: Store
    held: Held = field(default_factory=dict)
    used: dict[str, Provenance] = field(default_factory=dict)
    rejects: list[dict[str, Any]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def snapshot(self, source: str, resource: str | None = None) -> Snapshot | None:
        """Latest snapshot of a resource (the first of the source by default), or ``None``."""
        return self.snapshot_of(source, _resource(source, resource).id)

    def snapshot_of(self, source: str, resource: str) -> Snapshot | None:
        """Latest snapshot of a resource that may not be declared (a département asked of the API)."""
        found = self.store.latest(source, resource)
        if found:
            self.used[f"{source}/{resource}"] = found.provenance
        return found

    def rows(self, source: str, resource: str | None = None) -> list[CsvRow] | None:
        """Rows of a table as text: of its snapshot, else of what is held; ``None`` without either."""
        found = self.snapshot(source, resource)
        if found is None:
            return self._held(source, resource)
        rows: list[CsvRow] = []
        for path in found.files:
            result = read_rows(path, _resource(source, resource))
            rows += result.table.to_pylist()
            self._note(source, path, result.rejects, result.remarks)
        return rows

    def features(self, source: str, resource: str | None = None) -> Iterator[Feature] | None:
        """Features of a GeoJSON, or ``None`` when it was not synchronised."""
        found = self.snapshot(source, resource)
        if found is None:
            return None
        declared = _resource(source, resource)
        return (feature for path in found.files for feature in read_geojson(path, declared))

    def properties(self, source: str, resource: str | None = None) -> Iterator[dict[str, Any]] | None:
        """What the objects of a GeoJSON say, without their shapes: of its snapshot, else of what is held."""
        features = self.features(source, resource)
        if features is None:
            rows = self._held(source, resource)
            return None if rows is None else iter(rows)
        return (properties for properties, _ in features)

    def _held(self, source: str, resource: str | None) -> list[CsvRow] | None:
        declared = _resource(source, resource).id
        table = self.held.get((source, declared))
        if table is None:
            return None
        self.used[f"{source}/{declared}"] = table.provenance
        return table.read()

    def reject(self, source: str, line: str, reason: str) -> None:
        """Set a row aside: it is counted, listed and shown, never dropped in silence."""
        self.rejects.append({"source": source, "ligne": line, "motif": reason})

    def missing(self) -> list[str]:
        """Sources declared and never synchronised, of which nothing is held, or without their shapes.

        A service that is asked when somebody asks, and never kept, lacks nowhere.
        """
        whole = {source for (source, _), table in self.held.items() if table.whole}
        return [
            source.id
            for source in load_catalogue().values()
            if source.id not in whole
            and any(one.format is not Format.SERVICE and not one.optional for one in source.resources)
            and not any(self.store.latest(source.id, resource.id) for resource in source.resources)
        ]

    def _note(self, source: str, path: Path, rejects: Any, remarks: Any) -> None:
        self.remarks += [f"{source} : {remark}" for remark in remarks]
        for reject in rejects:
            self.reject(source, f"{path.name}:{reject.line}", reject.reason)


def listed_on(snapshot: Snapshot, resource: Resource) -> date | None:
    """The day of a list: that of the mirror's copy, or the day on which its producer gave it."""
    mirror = resource.mirror
    if mirror is not None and not snapshot.provenance.origin.startswith("http"):
        return mirror.as_of
    return snapshot.provenance.fetched_at.date()


def _resource(source: str, resource: str | None) -> Resource:
    resources = get_source(source).resources
    return next((found for found in resources if found.id == resource), resources[0])
