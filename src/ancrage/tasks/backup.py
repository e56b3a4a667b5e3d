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
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core import serializers
from django.core.exceptions import ValidationError as ValidationFailure
from django.core.management.color import no_style
from django.core.serializers.base import DeserializationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import DatabaseError, connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder

from ancrage import __version__
from ancrage.declarations.faults import Fault
from ancrage.errors import BackupError
from ancrage.journal.triggers import lifted
from ancrage.repairs import GiveField
from ancrage.sources.storage import disk_failures, sync_file, sync_folder
from ancrage.tasks.backup_file import END, FORMAT, READER, Backup, read
from ancrage.tasks.models import Job
from ancrage.tasks.running import put_in_queue
from ancrage.tasks.saved import saved
from ancrage.tasks.states import LIVE, State

UNFIT = (DeserializationError, DatabaseError, ValidationFailure, ValueError, TypeError, OverflowError)


def save(file: Path, *, at: datetime, replace: bool = False) -> int:
    """Write a backup, whole or not at all, readable by its owner only; gives the number of objects.

    Raises :class:`BackupError` when the file is there already, :class:`StorageError`.
    """
    if file.exists() and not replace:
        raise BackupError(
            f"« {file} » existe déjà.", "Donnez un autre nom, ou remplacez-le.", GiveField("remplacer")
        )
    with transaction.atomic():
        lines = list(_lines())
        header = _header(lines, at)
    with disk_failures(file):
        file.parent.mkdir(parents=True, exist_ok=True)
        descriptor, name = tempfile.mkstemp(dir=file.parent, suffix=".partiel")
        try:
            with os.fdopen(descriptor, "wb") as raw, gzip.open(raw, "wb") as out:
                out.write("\n".join([json.dumps(header, ensure_ascii=False), *lines]).encode() + END)
            sync_file(Path(name))
            Path(name).replace(file)
            sync_folder(file.parent)
        finally:
            Path(name).unlink(missing_ok=True)
    read(file)
    return len(lines)


def _lines() -> Iterator[str]:
    for model in saved():
        objects = model._default_manager.order_by("pk").iterator()
        # A text may hold other ends of line (U+2028), which JSON leaves as they are.
        yield from filter(None, serializers.serialize("jsonl", objects, cls=_Exact).split("\n"))


class _Exact(DjangoJSONEncoder):
    """Moments to the microsecond: Django's own encoder cuts them to the millisecond."""

    def default(self, o: object) -> object:
        return o.isoformat() if isinstance(o, datetime) else super().default(o)


def _header(lines: list[str], at: datetime) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": __version__,
        "made_at": at.isoformat(timespec="seconds"),
        "migration": _migrations().get("tasks", ""),
        "migrations": _migrations(),
        "objects": len(lines),
        "sha256": _sum(lines),
    }


def _sum(lines: list[str]) -> str:
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _migrations() -> dict[str, str]:
    """For each room, the last change of the database this code knows and has applied."""
    applied = MigrationRecorder.Migration.objects.order_by("name").values_list("app", "name")
    return dict(applied)


def restore(file: Path, *, replace: bool = False) -> Backup:
    """Put a backup back, whole or not at all; tasks that were alive in it are put in the queue again.

    Raises :class:`BackupError` when the workspace holds something and ``replace`` is not said, or when the
    backup was made by a later version.
    """
    found = read(file)
    known = _migrations()
    if any(name > known.get(app, "") for app, name in found.migrations.items()):
        raise BackupError(
            f"Cette sauvegarde vient d'une version plus récente ({found.version}).", "Mettez Ancrage à jour."
        )
    if any(model._default_manager.exists() for model in saved()) and not replace:
        raise BackupError(
            "La base de travail n'est pas vide : la restauration remplacerait ce qu'elle contient.",
            "Sauvegardez-la d'abord, puis remplacez-la.",
            GiveField("remplacer"),
        )
    with READER.telling(file.name), lifted():
        _put_back(found)
    return found


def _put_back(found: Backup) -> None:
    tables = saved()
    for model in reversed(tables):
        model._default_manager.all()._raw_delete(using=connection.alias)
    for line, written in enumerate(found.lines, 2):
        _put_one_back(written, line, tables)
    _number_on(tables)
    Job.objects.filter(state__in=LIVE).update(state=State.WAITING, worker="", progress=0)
    for job in Job.objects.filter(state=State.WAITING):
        put_in_queue(job)


def _number_on(tables: tuple[type[models.Model], ...]) -> None:
    """Let what comes next take the numbers after the last: PostgreSQL counts apart from the tables."""
    with connection.cursor() as cursor:
        for order in connection.ops.sequence_reset_sql(no_style(), list(tables)):
            cursor.execute(order)


def _put_one_back(written: str, line: int, tables: tuple[type[models.Model], ...]) -> None:
    try:
        for each in serializers.deserialize("jsonl", written):
            if not isinstance(each.object, tables):
                raise Fault("cet objet n'est pas de ceux qu'une sauvegarde garde", line)
            # A savepoint: PostgreSQL takes nothing more of a transaction once one order of it failed.
            with transaction.atomic():
                each.save()
    except UNFIT as error:
        raise Fault("cet objet ne convient pas à cette base : rien n'a été changé", line) from error
