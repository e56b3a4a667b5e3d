"""Jobs whose worker died are taken again, once; workers say that they are alive."""

from datetime import timedelta

from django.db.models import F
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from ancrage.tasks.keeping import KEPT
from ancrage.tasks.models import Job, WorkerBeat
from ancrage.tasks.running import put_back, put_in_queue
from ancrage.tasks.states import State

SILENCE = timedelta(seconds=60)
"""Without a word for so long, a worker is held to be dead."""
MOST_ATTEMPTS = 2
ABANDONED = "Le serveur s'est arrêté deux fois pendant ce travail. Relancez-le, ou signalez-le."


def beat(worker: str) -> None:
    """Say that a worker is alive."""
    WorkerBeat.objects.update_or_create(id=worker, defaults={"beat_at": timezone.now()})


def leave(worker: str) -> None:
    """Say that a worker ends."""
    WorkerBeat.objects.filter(id=worker).delete()


def last_beat() -> timedelta | None:
    """How long ago a worker last said that it was alive; ``None`` when none ever did."""
    latest = WorkerBeat.objects.order_by("-beat_at").first()
    return timezone.now() - latest.beat_at if latest else None


def recover() -> int:
    """Take again what died workers had begun, and what the queue lost; gives how many jobs."""
    return _begun_by_the_dead() + _lost_by_the_queue()


def _begun_by_the_dead() -> int:
    alive = WorkerBeat.objects.filter(beat_at__gt=timezone.now() - SILENCE).values("id")
    orphans = list(Job.objects.filter(state=State.RUNNING).exclude(worker__in=alive))
    for job in orphans:
        mine = Job.objects.filter(pk=job.pk, state=State.RUNNING, worker=job.worker)
        mine.update(attempts=F("attempts") + 1)
        if job.attempts + 1 < MOST_ATTEMPTS:
            put_back(job)
        else:
            now = timezone.now()
            mine.update(state=State.FAILED, message=ABANDONED, finished_at=now, expires_at=now + KEPT)
    return len(orphans)


def _lost_by_the_queue() -> int:
    """Jobs for which nothing in the queue stands: a worker died between taking and starting."""
    waiting = Job.objects.filter(state=State.WAITING, created_at__lte=timezone.now() - SILENCE)
    queued = DBTaskResult.objects.filter(status=TaskResultStatus.READY).values_list("args_kwargs", flat=True)
    known = {str(told["args"][0]) for told in queued if told["args"]}
    lost = [job for job in waiting if str(job.pk) not in known]
    for job in lost:
        put_in_queue(job)
    return len(lost)
