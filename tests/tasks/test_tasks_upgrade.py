"""A database made when tasks were in the room « workspace » keeps all it holds, queue included."""

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from ancrage.tasks import asking, running
from ancrage.tasks.models import Job, JobResult, WorkerBeat
from ancrage.tasks.states import State

pytestmark = [pytest.mark.both_engines, pytest.mark.django_db(transaction=True)]
MODELS = (Job, JobResult, WorkerBeat)
EARLIER_PATH = "ancrage.workspace.running.run"


def earlier_name(table: str) -> str:
    return table.replace("tasks_", "workspace_")


def as_it_was() -> None:
    """Give tables, history and queue the names and the columns they had."""
    call_command("migrate", "tasks", "0001", verbosity=0, interactive=False)
    with connection.schema_editor() as editor:
        for model in MODELS:
            table = model._meta.db_table
            editor.alter_db_table(model, table, earlier_name(table))
    recorder = MigrationRecorder(connection)
    recorder.record_unapplied("tasks", "0001_tasks")
    recorder.record_applied("workspace", "0001_tasks")
    DBTaskResult.objects.update(task_path=EARLIER_PATH)


@pytest.fixture
def waiting() -> Job:
    """A task that waits, and the file of another, in a database of the earlier version."""
    job = Job.objects.create(
        kind="rapport", fingerprint="a", created_at=timezone.now(), parameters={"territoire": "Étampes"}
    )
    done = Job.objects.create(kind="rapport", fingerprint="b", state=State.DONE, created_at=timezone.now())
    JobResult.objects.create(job=done, filename="é.bin", content_type="x/y", content=bytes(range(256)))
    running.put_in_queue(job)
    as_it_was()
    return job


def test_what_waited_is_worked_out_after_the_upgrade(waiting: Job) -> None:
    call_command("migrate", verbosity=0, interactive=False)
    assert asking.find(waiting.id).parameters == {"territoire": "Étampes"}
    assert bytes(JobResult.objects.get().content) == bytes(range(256))
    queued = DBTaskResult.objects.ready().get()
    assert (queued.task.func, queued.task_result.args) == (running.run.func, [str(waiting.id)])


@pytest.mark.usefixtures("waiting")
def test_the_earlier_names_are_free_for_another_room() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    assert not {earlier_name(model._meta.db_table) for model in MODELS} & set(
        connection.introspection.table_names()
    )
    assert not MigrationRecorder.Migration.objects.filter(app="workspace", name="0001_tasks").exists()


@pytest.mark.usefixtures("waiting")
def test_the_database_still_refuses_two_live_tasks_of_one_question() -> None:
    call_command("migrate", verbosity=0, interactive=False)
    with pytest.raises(IntegrityError):
        Job.objects.create(kind="rapport", fingerprint="a", created_at=timezone.now())
