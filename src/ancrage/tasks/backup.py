"""A backup of the workspace: one file, checked by its sum, that goes back on SQLite as on PostgreSQL.

A gzipped text: a line that describes it, then one line an object, as Django writes them. Public data is not
in it: it comes back from its producers.
"""

import gzip
import hashlib
import json
import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core import serializers
from django.core.serializers.base import DeserializationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from ancrage import __version__
from ancrage.errors import BackupError
from ancrage.sources.storage import disk_failures
from ancrage.tasks.models import Job, JobResult
from ancrage.tasks.running import put_in_queue
from ancrage.tasks.states import LIVE, State

FORMAT = "ancrage-atelier-2"
EARLIER = "ancrage-atelier-1"
"""Tasks were then told under the name of another room."""
SAVED: tuple[type[models.Model], ...] = (Job, JobResult)
"""In the order they are restored: what others refer to comes first."""


@dataclass(frozen=True, slots=True)
class Backup:
    """What a file holds."""

    version: str
    made_at: str
    migration: str
    objects: int
    lines: tuple[str, ...]


def save(file: Path, *, at: datetime, replace: bool = False) -> int:
    """Write a backup, whole or not at all, readable by its owner only; gives the number of objects.

    Raises :class:`BackupError` when the file is there already, :class:`StorageError`.
    """
    if file.exists() and not replace:
        raise BackupError(f"« {file} » existe déjà.", "Donnez un autre nom, ou ajoutez --remplacer.")
    with transaction.atomic():
        lines = list(_lines())
        header = _header(lines, at)
    with disk_failures(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=file.parent, suffix=".partiel")
        try:
            with os.fdopen(descriptor, "wb") as raw, gzip.open(raw, "wt", encoding="utf-8") as out:
                out.write("\n".join([json.dumps(header, ensure_ascii=False), *lines]) + "\n")
            Path(name).replace(file)
        finally:
            Path(name).unlink(missing_ok=True)
    read(file)
    return len(lines)


def _lines() -> Iterator[str]:
    for model in SAVED:
        objects = model._default_manager.order_by("pk").iterator()
        yield from serializers.serialize("jsonl", objects, cls=_Exact).splitlines()


class _Exact(DjangoJSONEncoder):
    """Moments to the microsecond: Django's own encoder cuts them to the millisecond."""

    def default(self, o: object) -> object:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def _header(lines: list[str], at: datetime) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": __version__,
        "made_at": at.isoformat(timespec="seconds"),
        "migration": _migration(),
        "objects": len(lines),
        "sha256": _sum(lines),
    }


def _sum(lines: list[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _migration() -> str:
    """The last change of the database this code knows and has applied."""
    applied = MigrationRecorder.Migration.objects.filter(app="tasks").order_by("-name").first()
    return applied.name if applied else ""


def read(file: Path) -> Backup:
    """The backup of a file, its sum checked. Raises :class:`BackupError`."""
    try:
        with gzip.open(file, "rt", encoding="utf-8") as source:
            first, *lines = source.read().splitlines()
        header = json.loads(first)
        told = (header["format"], header["sha256"], header["objects"])
    except FileNotFoundError as error:
        raise BackupError(f"« {file} » n'existe pas.", "Donnez le fichier d'une sauvegarde.") from error
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise BackupError(f"« {file} » n'est pas une sauvegarde lisible.", "Prenez-en une autre.") from error
    if told[0] not in (FORMAT, EARLIER):
        raise BackupError(f"« {file} » est d'un format inconnu ({told[0]}).", "Mettez Ancrage à jour.")
    if told[1:] != (_sum(lines), len(lines)):
        raise BackupError(
            f"« {file} » est abîmé : sa somme de contrôle ne convient pas.", "Prenez une autre sauvegarde."
        )
    objects = tuple(map(_renamed, lines) if told[0] == EARLIER else lines)
    return Backup(header["version"], header["made_at"], header["migration"], len(lines), objects)


def _renamed(line: str) -> str:
    return line.replace('{"model": "workspace.', '{"model": "tasks.', 1)


def restore(file: Path, *, replace: bool = False) -> Backup:
    """Put a backup back, whole or not at all; tasks that were alive in it are put in the queue again.

    Raises :class:`BackupError` when the workspace holds something and ``replace`` is not said, or when the
    backup was made by a later version.
    """
    found = read(file)
    if found.migration > _migration():
        raise BackupError(
            f"Cette sauvegarde vient d'une version plus récente ({found.version}).", "Mettez Ancrage à jour."
        )
    if Job.objects.exists() and not replace:
        raise BackupError(
            "La base de travail n'est pas vide : la restauration remplacerait ce qu'elle contient.",
            "Sauvegardez-la d'abord, puis ajoutez --remplacer.",
        )
    try:
        with transaction.atomic():
            _put_back(found)
    except (DeserializationError, DatabaseError, ValueError) as error:
        raise BackupError(
            f"« {file} » ne peut pas être restauré : ses objets ne conviennent pas à cette base.",
            "Rien n'a été changé.",
        ) from error
    return found


def _put_back(found: Backup) -> None:
    for model in reversed(SAVED):
        model._default_manager.all().delete()
    for each in serializers.deserialize("jsonl", "\n".join(found.lines)):
        each.save()
    Job.objects.filter(state__in=LIVE).update(state=State.WAITING, worker="", progress=0)
    for job in Job.objects.filter(state=State.WAITING):
        put_in_queue(job)
