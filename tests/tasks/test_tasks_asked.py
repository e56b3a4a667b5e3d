"""Tasks: asked once, worked out, followed, given up, taken again, forgotten."""

import threading
import uuid
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from ancrage.errors import FactError, TaskQueueFullError, UnknownTaskError
from ancrage.tasks import asking, keeping, recovering, running
from ancrage.tasks.kinds import Kind, Parameters, Progress, Result
from ancrage.tasks.models import Job, JobResult, WorkerBeat
from ancrage.tasks.states import State

pytestmark = [pytest.mark.both_engines, pytest.mark.django_db(transaction=True)]
Work = Callable[[Parameters, Progress], Result]
FILE = Result("bonjour.txt", "text/plain", "Éà".encode())


def read(parameters: Parameters) -> dict[str, str]:
    if parameters.get("territoire") == "refusé":
        raise FactError("Refusé.")
    return {"territoire": parameters.get("territoire", "").strip()}


@pytest.fixture
def working(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Work], None]]:
    """Say what the kind « essai » does; by default it makes a small file in two steps."""
    known: dict[str, Kind] = {}

    def does(work: Work) -> None:
        known["essai"] = Kind("essai", "Essai", read, work)

    def at_once(_parameters: Parameters, progress: Progress) -> Result:
        progress(10, "Première étape.")
        progress(90, "Seconde étape.")
        return FILE

    does(at_once)
    monkeypatch.setattr("ancrage.tasks.kinds.kinds", lambda: known)
    monkeypatch.setitem(running.name, "worker", "moi")
    recovering.beat("moi")
    yield does
    running.stopping.clear()


def asked(place: str = "23077", edition: str = "e1") -> Job:
    return asking.ask("essai", {"territoire": place}, edition=edition)


def worked(job: Job) -> Job:
    running.run.call(str(job.id))
    job.refresh_from_db()
    return job


@pytest.mark.usefixtures("working")
def test_a_task_is_worked_out_and_its_file_kept_a_day() -> None:
    job = worked(asked())
    assert (job.state, job.progress, job.message) == (State.DONE, 100, "Fini.")
    assert (bytes(job.result.content), job.result.filename) == (FILE.content, FILE.filename)
    assert job.expires_at is not None
    assert job.finished_at is not None
    assert job.expires_at - job.finished_at == timedelta(days=1)


@pytest.mark.usefixtures("working")
def test_the_same_question_asked_twice_is_one_task() -> None:
    first = asked()
    assert asked(" 23077 ").id == first.id
    assert asked("23096").id != first.id
    assert asked(edition="e2").id != first.id
    worked(first)
    assert asked().id != first.id


@pytest.mark.usefixtures("working")
def test_the_same_question_asked_at_once_by_many_is_one_task() -> None:
    found: list[uuid.UUID] = []
    barrier = threading.Barrier(6)

    def ask() -> None:
        barrier.wait()
        try:
            found.append(asked().id)
        finally:
            connection.close()

    threads = [threading.Thread(target=ask) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (len(found), len(set(found)), Job.objects.count()) == (6, 1, 1)


@pytest.mark.usefixtures("working")
def test_parameters_refused_make_no_task() -> None:
    with pytest.raises(FactError):
        asked("refusé")
    with pytest.raises(UnknownTaskError, match="essai"):
        asking.ask("inconnu", {}, edition="e1")
    assert not Job.objects.exists()


@pytest.mark.usefixtures("working")
def test_the_queue_is_bounded() -> None:
    for rank in range(asking.MOST_WAITING):
        asked(str(rank))
    with pytest.raises(TaskQueueFullError):
        asked("un de trop")
    assert asked("0").state == State.WAITING


@pytest.mark.usefixtures("working")
def test_a_task_that_waits_is_given_up_at_once_and_never_begun() -> None:
    job = asking.cancel(asked().id)
    assert job.state == State.CANCELLED
    assert worked(job).state == State.CANCELLED
    assert not JobResult.objects.exists()


def test_a_task_that_runs_is_given_up_at_its_next_step(working: Callable[[Work], None]) -> None:
    reached: list[str] = []

    def work(_parameters: Parameters, progress: Progress) -> Result:
        progress(10, "Avant.")
        reached.append("avant")
        asking.cancel(Job.objects.get().id)
        progress(50, "Après.")
        reached.append("après")
        return FILE

    working(work)
    job = worked(asked())
    assert (job.state, reached) == (State.CANCELLED, ["avant"])
    assert not JobResult.objects.exists()


@pytest.mark.usefixtures("working")
def test_giving_up_a_task_that_ended_changes_nothing() -> None:
    job = worked(asked())
    assert asking.cancel(job.id).state == State.DONE


def test_a_mistake_is_told_and_a_fault_is_not_detailed(working: Callable[[Work], None]) -> None:
    def mistaken(_parameters: Parameters, _progress: Progress) -> Result:
        raise FactError("Ce fait ne convient pas.")

    def broken(_parameters: Parameters, _progress: Progress) -> Result:
        raise RuntimeError("secret")

    working(mistaken)
    assert worked(asked("a")).message == "Ce fait ne convient pas."
    working(broken)
    job = worked(asked("b"))
    assert (job.state, job.message) == (State.FAILED, running.UNEXPECTED)


def test_a_task_interrupted_by_the_end_of_the_process_is_taken_again(
    working: Callable[[Work], None],
) -> None:
    def work(_parameters: Parameters, progress: Progress) -> Result:
        running.stopping.set()
        progress(50, "Jamais dit.")
        return FILE

    working(work)
    job = worked(asked())
    assert (job.state, job.progress) == (State.WAITING, 0)
    running.stopping.clear()
    working(lambda _parameters, _progress: FILE)
    assert worked(job).state == State.DONE


@pytest.mark.usefixtures("working")
def test_what_a_dead_worker_had_begun_is_taken_again_once() -> None:
    job = asked()
    Job.objects.filter(pk=job.pk).update(state=State.RUNNING, worker="mort")
    assert recovering.recover() == 1
    job.refresh_from_db()
    assert (job.state, job.attempts) == (State.WAITING, 1)
    Job.objects.filter(pk=job.pk).update(state=State.RUNNING, worker="mort aussi")
    assert recovering.recover() == 1
    job.refresh_from_db()
    assert (job.state, job.message) == (State.FAILED, recovering.ABANDONED)


@pytest.mark.usefixtures("working")
def test_what_a_living_worker_does_is_left_to_it() -> None:
    job = asked()
    Job.objects.filter(pk=job.pk).update(state=State.RUNNING, worker="moi")
    assert recovering.recover() == 0
    WorkerBeat.objects.update(beat_at=timezone.now() - recovering.SILENCE)
    assert recovering.recover() == 1


@pytest.mark.usefixtures("working")
def test_a_task_that_the_queue_lost_is_put_back_in_it() -> None:
    job = asked()
    DBTaskResult.objects.all().delete()
    assert recovering.recover() == 0
    Job.objects.filter(pk=job.pk).update(created_at=timezone.now() - recovering.SILENCE)
    assert recovering.recover() == 1
    assert DBTaskResult.objects.ready().count() == 1


@pytest.mark.usefixtures("working")
def test_a_worker_takes_what_is_in_the_queue() -> None:
    jobs = [asked(str(rank)) for rank in range(3)]
    call_command("db_worker", batch=True, interval=0, startup_delay=False, verbosity=0, reload=False)
    for job in jobs:
        job.refresh_from_db()
    assert {job.state for job in jobs} == {State.DONE}


@pytest.mark.usefixtures("working")
def test_two_workers_never_work_the_same_task_out() -> None:
    job = asked()
    asking.put_in_queue(job)
    running.run.call(str(job.id))
    running.run.call(str(job.id))
    assert JobResult.objects.count() == 1


@pytest.mark.usefixtures("working")
@pytest.mark.parametrize(("age", "left"), [(timedelta(hours=23, minutes=59), 1), (timedelta(days=1), 0)])
def test_a_task_is_forgotten_a_day_after_its_end(age: timedelta, left: int) -> None:
    job = worked(asked())
    Job.objects.update(expires_at=timezone.now() + keeping.KEPT - age)
    assert keeping.purge() == 1 - left
    assert (Job.objects.count(), JobResult.objects.count()) == (left, left)
    if not left:
        with pytest.raises(UnknownTaskError):
            asking.find(job.id)


@pytest.mark.usefixtures("working")
def test_a_task_that_lives_is_never_swept_away() -> None:
    asked()
    assert keeping.purge() == 0
