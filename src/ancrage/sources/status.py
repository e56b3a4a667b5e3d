"""What is here, since when, and whether the producer has probably published something newer."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from ancrage.sources.declaration import Format, Resource, Source
from ancrage.sources.snapshots import Snapshot, SnapshotStore


class Freshness(StrEnum):
    """State of a resource; the values are shown."""

    ABSENT = "absente"
    SAMPLE = "échantillon"
    OLD = "à rafraîchir"
    CURRENT = "à jour"
    ASKED = "à la demande"


@dataclass(frozen=True, slots=True)
class ResourceStatus:
    """One resource: ``age_days`` counts from the last check with the producer; ``size`` is bytes."""

    source: str
    resource: str
    freshness: Freshness
    frequency: str
    vintage: str
    fetched_at: datetime | None = None
    checked_at: datetime | None = None
    age_days: int | None = None
    size: int | None = None
    rows: int | None = None
    rejected: int = 0
    note: str = ""


def status(sources: Iterable[Source], store: SnapshotStore, *, on: date) -> list[ResourceStatus]:
    """Status on a day of every resource of the sources, the départements asked from an API included."""
    return [
        _status(source, resource, store, on) for source in sources for resource in _present(source, store)
    ]


def _present(source: Source, store: SnapshotStore) -> Iterator[Resource]:
    yield from source.resources
    declared = {resource.id: resource for resource in source.resources}
    for resource_id in store.resources(source.id):
        root = next((name for name in declared if resource_id.startswith(f"{name}-")), None)
        if resource_id not in declared and root:
            yield declared[root].model_copy(update={"id": resource_id})


def _status(source: Source, resource: Resource, store: SnapshotStore, on: date) -> ResourceStatus:
    snapshot = store.latest(source.id, resource.id)
    if snapshot is None:
        return ResourceStatus(
            source.id, resource.id, _without(resource), source.frequency, source.vintage, note=resource.note
        )
    told = snapshot.provenance
    checked = store.last_checked(source.id, resource.id) or told.fetched_at
    age = max(0, (on - checked.date()).days)
    return ResourceStatus(
        source=source.id,
        resource=resource.id,
        freshness=_freshness(snapshot, resource, age),
        frequency=source.frequency,
        vintage=told.vintage,
        fetched_at=told.fetched_at,
        checked_at=checked,
        age_days=age,
        size=told.size,
        rows=told.rows,
        rejected=told.rejected,
        note=told.note,
    )


def _without(resource: Resource) -> Freshness:
    """Nothing is kept of a service, which is not for want of it."""
    return Freshness.ASKED if resource.format is Format.SERVICE else Freshness.ABSENT


def _freshness(snapshot: Snapshot, resource: Resource, age_days: int) -> Freshness:
    if snapshot.provenance.sample:
        return Freshness.SAMPLE
    limit = resource.max_age_days
    return Freshness.OLD if limit is not None and age_days > limit else Freshness.CURRENT
