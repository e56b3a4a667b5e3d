"""Going back to the snapshot received before the last one: the last is put aside, never erased."""

from ancrage.errors import MissingSourceError
from ancrage.repairs import SynchroniseSources
from ancrage.sources.declaration import Source
from ancrage.sources.snapshots import Snapshot, SnapshotStore
from ancrage.sources.storage import disk_failures, sync_folder

ASIDE = ".ecarte-"
"""What the name of a snapshot put aside begins with: nothing reads it any more."""


def go_back(store: SnapshotStore, source: Source, resource: str | None = None) -> list[Snapshot]:
    """Put the last snapshot of each resource aside, where one came before it; those now in force.

    Raises :class:`MissingSourceError` when no resource asked has an earlier snapshot, :class:`BusyError`
    during a synchronisation.
    """
    with store.lock():
        asked = [one for one in store.resources(source.id) if resource in (None, one)]
        kept = {one: store.history(source.id, one) for one in asked}
        earlier = {one: history for one, history in kept.items() if len(history) > 1}
        if not earlier:
            named = f"{source.id}/{resource}" if resource else source.id
            raise MissingSourceError(
                f"« {named} » n'a pas d'instantané plus ancien où revenir.",
                "Reprenez cette source chez son producteur.",
                SynchroniseSources((source.id,)),
            )
        return [_put_aside(last, before) for last, before, *_ in earlier.values()]


def _put_aside(last: Snapshot, before: Snapshot) -> Snapshot:
    folder = last.folder.parent
    with disk_failures(folder):
        last.folder.rename(folder / f"{ASIDE}{last.folder.name}")
        sync_folder(folder)
    return before
