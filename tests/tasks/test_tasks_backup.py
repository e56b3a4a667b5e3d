"""A backup goes back as it was, on any engine, whole or not at all, and overwrites nothing unasked."""

import gzip
import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from ancrage.errors import BackupError
from ancrage.tasks.backup import restore, save
from ancrage.tasks.backup_file import read
from ancrage.tasks.models import Job, JobResult
from ancrage.tasks.states import State

pytestmark = [pytest.mark.both_engines, pytest.mark.django_db(transaction=True)]
AT = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
CONTENT = bytes(range(256))


@pytest.fixture
def filled() -> list[dict[str, object]]:
    """A task done, with its file, and one under way."""
    done = Job.objects.create(
        kind="rapport",
        parameters={"territoire": "Étampes"},
        fingerprint="a",
        state=State.DONE,
        created_at=timezone.now(),
        finished_at=timezone.now(),
    )
    JobResult.objects.create(job=done, filename="é.bin", content_type="x/y", content=CONTENT)
    Job.objects.create(
        kind="simulation", fingerprint="b", state=State.RUNNING, worker="mort", created_at=timezone.now()
    )
    return list(Job.objects.values("id", "kind", "parameters", "created_at", "finished_at"))


def test_what_was_saved_goes_back(filled: list[dict[str, object]], tmp_path: Path) -> None:
    file = tmp_path / "dossier" / "sauvegarde.gz"
    assert save(file, at=AT) == 3
    Job.objects.all().delete()
    assert restore(file).objects == 3
    assert list(Job.objects.values("id", "kind", "parameters", "created_at", "finished_at")) == filled
    assert bytes(JobResult.objects.get().content) == CONTENT


@pytest.mark.usefixtures("filled")
def test_a_task_that_was_under_way_is_put_in_the_queue_again(tmp_path: Path) -> None:
    save(tmp_path / "s", at=AT)
    DBTaskResult.objects.all().delete()
    restore(tmp_path / "s", replace=True)
    job = Job.objects.get(kind="simulation")
    assert (job.state, job.worker) == (State.WAITING, "")
    assert DBTaskResult.objects.ready().count() == 1


@pytest.mark.usefixtures("filled")
def test_nothing_is_overwritten_unasked(tmp_path: Path) -> None:
    file = tmp_path / "s"
    save(file, at=AT)
    with pytest.raises(BackupError, match="existe déjà"):
        save(file, at=AT)
    with pytest.raises(BackupError, match="n'est pas vide"):
        restore(file)
    assert save(file, at=AT, replace=True) == 3


@pytest.mark.usefixtures("filled")
def test_a_file_damaged_anywhere_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "s"
    save(file, at=AT)
    whole = file.read_bytes()
    text = gzip.decompress(whole).decode()
    for damaged in (
        whole[: len(whole) // 2],
        gzip.compress(text.replace("rapport", "rapporT").encode()),
        gzip.compress("\n".join(text.splitlines()[:-1]).encode()),
        gzip.compress(b"{}"),
        b"bonjour",
    ):
        file.write_bytes(damaged)
        with pytest.raises(BackupError):
            restore(file, replace=True)
    assert Job.objects.count() == 2


def test_a_backup_made_under_the_earlier_name_of_the_room_goes_back(
    filled: list[dict[str, object]], tmp_path: Path
) -> None:
    file = tmp_path / "s"
    save(file, at=AT)
    header, *lines = gzip.decompress(file.read_bytes()).decode().splitlines()
    earlier = [line.replace('"model": "tasks.', '"model": "workspace.') for line in lines]
    told = json.loads(header) | {
        "format": "ancrage-atelier-1",
        "sha256": hashlib.sha256("\n".join(earlier).encode()).hexdigest(),
    }
    file.write_bytes(gzip.compress("\n".join([json.dumps(told), *earlier]).encode()))
    assert earlier != lines
    assert restore(file, replace=True).objects == 3
    assert list(Job.objects.values("id", "kind", "parameters", "created_at", "finished_at")) == filled


@pytest.mark.usefixtures("filled")
def test_a_backup_of_a_later_version_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "s"
    save(file, at=AT)
    header, *lines = gzip.decompress(file.read_bytes()).decode().splitlines()
    told = json.loads(header) | {"migration": "9999_demain", "version": "99.0"}
    file.write_bytes(gzip.compress("\n".join([json.dumps(told), *lines]).encode()))
    with pytest.raises(BackupError, match=r"99\.0"):
        restore(file, replace=True)
    assert Job.objects.count() == 2


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(BackupError, match="n'existe pas"):
        read(tmp_path / "rien")


def test_the_file_is_for_its_owner_only(tmp_path: Path) -> None:
    save(tmp_path / "s", at=AT)
    assert (tmp_path / "s").stat().st_mode & 0o077 == 0
