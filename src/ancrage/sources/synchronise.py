"""Bring the declared sources here, one resource after the other, whatever happens to each of them."""

from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

from ancrage.sources.api_recherche import RateLimiter
from ancrage.sources.declaration import Source
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
) -> SyncReport:
    """Receive, check and keep every resource of the sources; ``after`` is called with each outcome.

    ``door`` tries each file as the build will read it, before it is kept.
    With a ``mirror`` folder nothing is asked from the network. A failure of one resource is reported and
    the rest goes on; previous snapshots are never touched. Raises :class:`BusyError` when another
    synchronisation runs, :class:`StorageError` when the disk is full, :class:`SourceUnavailableError` when
    the mirror is not a folder, :class:`InvalidCodeError` for a département that cannot be one.
    """
    patience = timing or Timing()
    if mirror is not None:
        require_mirror(mirror)
    with store.lock(), open_client(patience) as client:
        store.clean()
        route = Route(
            client, progress or Silent(), clock, mirror, department, patience, limiter or RateLimiter(), door
        )
        outcomes = []
        for source in sources:
            for resource in source.resources:
                outcomes.append(Reception(source, resource, store, route).run())
                after(outcomes[-1])
    return SyncReport(tuple(outcomes))
