"""Immutable snapshots of what producers gave, under ``<data>/sources/<source>/<resource>/``.

A snapshot is written beside, then renamed: it is whole or it is not there. Names begin with the moment of
reception, so that the last name is the latest snapshot.
"""

import fcntl
import hashlib
import json
import shutil
import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from ancrage.declarations.csv_text import Reject
from ancrage.errors import BusyError
from ancrage.repairs import TryLater
from ancrage.sources.provenance import FILE_NAME, KeptFile, Provenance
from ancrage.sources.rejects import REJECTS_FILE, write_rejects
from ancrage.sources.storage import disk_failures, sha256_of, sync_file, sync_folder, write_durably

CHECKS_FILE = "controles.json"
TEMPORARY = ".tmp-"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Files as received, with their provenance."""

    folder: Path
    provenance: Provenance

    @property
    def files(self) -> tuple[Path, ...]:
        """Paths of the files, in the order they were received."""
        return tuple(self.folder / file.name for file in self.provenance.files)

    @property
    def path(self) -> Path:
        """Path of the only file. Raises :class:`ValueError` when there are several."""
        (only,) = self.files
        return only

    @property
    def rejects(self) -> Path | None:
        """CSV of the lines that could not be used, when there are some."""
        path = self.folder / REJECTS_FILE
        return path if path.is_file() else None


@dataclass(frozen=True, slots=True)
class Damage:
    """A file that is no longer what was received; ``problem`` is French."""

    path: Path
    problem: str


class SnapshotStore:
    """All the snapshots of a data folder (``root`` is the folder itself, created when first written)."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folder = root / "sources"

    def latest(self, source_id: str, resource_id: str) -> Snapshot | None:
        """Return the last snapshot received, or ``None``."""
        return next(iter(self.history(source_id, resource_id)), None)

    def history(self, source_id: str, resource_id: str) -> list[Snapshot]:
        """All readable snapshots, latest first."""
        return [snapshot for folder in self._folders(source_id, resource_id) if (snapshot := _open(folder))]

    def resources(self, source_id: str) -> list[str]:
        """Ids of the resources of this source that have at least one snapshot."""
        return sorted(folder.name for folder in _visible(self.folder / source_id) if any(_visible(folder)))

    def last_checked(self, source_id: str, resource_id: str) -> datetime | None:
        """When the producer last said that the latest snapshot is still current, or when it was received."""
        snapshot = self.latest(source_id, resource_id)
        if snapshot is None:
            return None
        checked = _read_checks(snapshot.folder.parent).get(snapshot.folder.name)
        return datetime.fromisoformat(checked) if checked else snapshot.provenance.fetched_at

    def add(
        self, files: Sequence[Path], provenance: Provenance, *, rejects: Sequence[Reject] = ()
    ) -> tuple[Snapshot, bool]:
        """Move received files into a new snapshot; they must be on the same disk as the store.

        Returns the snapshot and whether it is new: files identical to the latest snapshot, and taken for the
        same thing, are not kept twice, the check is noted instead; a damaged latest snapshot is replaced.
        Raises :class:`StorageError` when the disk is full.
        """
        kept = tuple(KeptFile(path.name, sha256_of(path), path.stat().st_size) for path in files)
        dated = provenance.with_files(kept, digest_of(kept))
        current = self.latest(dated.source, dated.resource)
        same = current is not None and dated.tells_as(current.provenance)
        if current and same and self.is_intact(current):
            self.mark_checked(current, dated.fetched_at)
            for path in files:
                path.unlink()
            return current, False
        published = self._publish(files, dated, rejects)
        if current and same:
            shutil.rmtree(current.folder)
        return published, True

    def mark_checked(self, snapshot: Snapshot, moment: datetime) -> None:
        """Note that the snapshot was still current at this moment."""
        folder = snapshot.folder.parent
        with disk_failures(folder):
            checks = _read_checks(folder) | {snapshot.folder.name: moment.isoformat()}
            write_durably(folder / CHECKS_FILE, json.dumps(checks, indent=1))

    def is_intact(self, snapshot: Snapshot) -> bool:
        """Whether every file is still what was received (all its bytes are read)."""
        return not _damages(snapshot.folder)

    def verify(self) -> list[Damage]:
        """Recompute every sum; return the files that are missing or altered."""
        folders = (
            folder
            for source in _visible(self.folder)
            for resource in _visible(source)
            for folder in _visible(resource)
        )
        return [damage for folder in folders for damage in _damages(folder)]

    def clean(self) -> None:
        """Remove what an interrupted operation left half written; to be called under :meth:`lock`."""
        for leftover in self.folder.glob(f"*/*/{TEMPORARY}*"):
            shutil.rmtree(leftover)

    def workplace(self, source_id: str, resource_id: str) -> Path:
        """Folder where a resource is received before it is a snapshot; kept when interrupted, to resume."""
        folder = self.folder / ".reception" / source_id / resource_id
        with disk_failures(folder):
            folder.mkdir(parents=True, exist_ok=True)
        return folder

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Let one process write at a time. Raises :class:`BusyError`; freed by the system if we die."""
        with disk_failures(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            handle = (self.folder / ".verrou").open("w")
        with handle:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise BusyError(
                    f"Une autre synchronisation écrit déjà dans « {self.folder} ».",
                    "Attendez qu'elle se termine, puis relancez.",
                    TryLater(),
                ) from error
            yield

    def _folders(self, source_id: str, resource_id: str) -> list[Path]:
        return sorted(_visible(self.folder / source_id / resource_id), reverse=True)

    def _publish(self, files: Sequence[Path], provenance: Provenance, rejects: Sequence[Reject]) -> Snapshot:
        parent = self.folder / provenance.source / provenance.resource
        name = f"{provenance.fetched_at:%Y%m%dT%H%M%S%fZ}-{provenance.sha256[:12]}"
        temporary = parent / f"{TEMPORARY}{uuid.uuid4().hex}"
        with disk_failures(parent):
            temporary.mkdir(parents=True)
            for path in files:
                sync_file(path)
                path.rename(temporary / path.name)
            if rejects:
                write_rejects(rejects, temporary / REJECTS_FILE)
                sync_file(temporary / REJECTS_FILE)
            write_durably(
                temporary / FILE_NAME, json.dumps(provenance.as_json(), ensure_ascii=False, indent=1)
            )
            for path in temporary.iterdir():
                path.chmod(0o444)
            temporary.rename(parent / name)
            sync_folder(parent)
        return Snapshot(parent / name, provenance)


def digest_of(files: Sequence[KeptFile]) -> str:
    """SHA-256 of the only file, or of the sorted list of sums and names when there are several."""
    if len(files) == 1:
        return files[0].sha256
    listing = "".join(sorted(f"{file.sha256}  {file.name}\n" for file in files))
    return hashlib.sha256(listing.encode()).hexdigest()


def _visible(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    return sorted(path for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))


def _open(folder: Path) -> Snapshot | None:
    try:
        return Snapshot(folder, Provenance.read(folder / FILE_NAME))
    except (OSError, ValueError):
        return None


def _read_checks(folder: Path) -> dict[str, str]:
    try:
        return dict(json.loads((folder / CHECKS_FILE).read_text(encoding="utf-8")))
    except (OSError, ValueError):
        return {}


def _damages(folder: Path) -> list[Damage]:
    snapshot = _open(folder)
    if snapshot is None:
        return [Damage(folder / FILE_NAME, "provenance absente ou illisible")]
    return [
        Damage(path, problem)
        for path, kept in zip(snapshot.files, snapshot.provenance.files, strict=True)
        if (problem := _problem(path, kept))
    ]


def _problem(path: Path, kept: KeptFile) -> str:
    if not path.is_file():
        return "fichier manquant"
    return "" if sha256_of(path) == kept.sha256 else "fichier modifié depuis sa réception"
