"""Working a job out: its progress told, its cancellation heeded, its result or its failure written."""

import logging
import threading
import uuid
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django_tasks import task

from ancrage.errors import AncrageError
from ancrage.tasks.keeping import KEPT
from ancrage.tasks.kinds import Result, get_kind
from ancrage.tasks.models import Job, JobResult
from ancrage.tasks.states import State

logger = logging.getLogger("ancrage.tasks")
stopping = threading.Event()
"""Set when this process is asked to end: the job under way goes back to the queue at its next step."""
name = {"worker": ""}
"""Who works in this process; written on the job, so that another may tell when it died."""
UNEXPECTED = "Une erreur d'Ancrage l'a arrêté ; elle est notée dans le journal du serveur."


class _Cancelled(Exception):  # noqa: N818 a decision, not an error
    """Somebody gave the job up."""


class _PutBack(Exception):  # noqa: N818 a decision, not an error
    """The process ends: another one will take the job from its beginning."""


@task()
def run(identifier: str) -> None:
    """Take a job that waits and see it through; one taken, cancelled or gone is left alone."""
    key = uuid.UUID(identifier)
    taken = Job.objects.filter(pk=key, state=State.WAITING).update(
        state=State.RUNNING, started_at=timezone.now(), worker=name["worker"], message="Commencé."
    )
    if not taken:
        return
    job = Job.objects.get(pk=key)
    try:
        result = get_kind(job.kind).work(job.parameters, _Progress(job))
        _finish(job, result)
    except _Cancelled:
        _end(job, State.CANCELLED, "Annulé.")
    except _PutBack:
        put_back(job)
    except AncrageError as error:
        _end(job, State.FAILED, error.message)
    except Exception:
        logger.exception("a task failed", extra={"kind": job.kind, "job": identifier})
        _end(job, State.FAILED, UNEXPECTED)


class _Progress:
    """Writes where a job stands; raises when it must stop."""

    def __init__(self, job: Job) -> None:
        self.job = job

    def __call__(self, percent: int, message: str) -> None:
        if stopping.is_set():
            raise _PutBack
        bounded = max(0, min(100, percent))
        mine = Job.objects.filter(pk=self.job.pk, state=State.RUNNING, worker=self.job.worker)
        if not mine.filter(cancel_asked=False).update(progress=bounded, message=message):
            raise _Cancelled


def _finish(job: Job, result: Result) -> None:
    """Write the result and the end together: a task that is done always has its file."""
    with transaction.atomic():
        if _end(job, State.DONE, "Fini.", progress=100):
            JobResult.objects.create(
                job=job,
                filename=result.filename,
                content_type=result.content_type,
                content=result.content,
            )


def _end(job: Job, state: State, message: str, **more: int) -> bool:
    """End a job that is still ours; one taken over by another worker is left to it."""
    now: datetime = timezone.now()
    mine = Job.objects.filter(pk=job.pk, state=State.RUNNING, worker=job.worker)
    ended = {"state": state, "message": message, "finished_at": now, "expires_at": now + KEPT}
    return bool(mine.update(**ended, **more))


def put_in_queue(job: Job) -> None:
    """Have a worker take the job; a job put twice is worked out once."""
    run.enqueue(str(job.id))


def put_back(job: Job) -> None:
    """Have a job taken again from its beginning."""
    mine = Job.objects.filter(pk=job.pk, state=State.RUNNING, worker=job.worker)
    with transaction.atomic():
        if mine.update(state=State.WAITING, worker="", progress=0, message="Interrompu ; il sera repris."):
            put_in_queue(job)
