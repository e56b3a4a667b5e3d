"""Bring the declared sources here, one resource after the other, whatever happens to each of them."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from ancrage.errors import UnknownSourceError
from ancrage.sources.api_recherche import RateLimiter
from ancrage.sources.declaration import Resource, Source
from ancrage.sources.given import Given, require_given
from ancrage.sources.mirror import require_mirror
from ancrage.sources.outcome import Outcome, SyncReport
from ancrage.sources.progress import Progress, Silent
from ancrage.sources.receiving import Door, Reception, Route, open_door
from ancrage.sources.snapshots import SnapshotStore
from ancrage.sources.transport import Timing, open_client


def synchronise(
    sources: Iterable[Source],
    *,
    store: SnapshotStore,
    mirror: Path | None = None,
    progress: Progress | None = None,
    department: str | None = None,
    timing: Timing | None = None,
    limiter: RateLimiter | None = None,
    clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    after: Callable[[Outcome], None] = lambda _: None,
    door: Door = open_door,
    given: Given | None = None,
    only: str | None = None,
) -> SyncReport:
    """Receive, check and keep every resource of the sources; ``after`` is called with each outcome.

    ``door`` tries each file as the build will read it, before it is kept.
    With a ``mirror`` folder, or the file ``given`` for one resource (``only``, else the first of the source),
    nothing is asked from the network. A failure of one resource is reported and
    the rest goes on; previous snapshots are never touched. Raises :class:`BusyError` when another
    synchronisation runs, :class:`StorageError` when the disk is full, :class:`SourceUnavailableError` when
    the mirror is not a folder, :class:`InvalidCodeError` for a département that cannot be one.
    """
    patience = timing or Timing()
    if mirror is not None:
        require_mirror(mirror)
    if given is not None:
        require_given(given.path)
    with store.lock(), open_client(patience) as client:
        store.clean()
        route = Route(
            *(client, progress or Silent(), clock, mirror, department, patience),
            *(limiter or RateLimiter(), door, given),
        )
        outcomes = []
        for source in sources:
            for resource in _asked(source, only, given):
                outcomes.append(Reception(source, resource, store, route).run())
                after(outcomes[-1])
    return SyncReport(tuple(outcomes))


def _asked(source: Source, only: str | None, given: Given | None) -> tuple[Resource, ...]:
    """The resource named; else all of them, of which a file given can only be the first."""
    if only is None:
        return source.resources[:1] if given else source.resources
    named = tuple(resource for resource in source.resources if resource.id == only)
    if not named:
        raise UnknownSourceError(f"{source.id}/{only}", tuple(one.id for one in source.resources))
    return named
