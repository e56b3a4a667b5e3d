"""How long a task is kept, and what is swept away."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Q
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from ancrage.tasks.buckets import empty
from ancrage.tasks.models import Job, WorkerBeat

KEPT = timedelta(days=1)
"""From the end of a task to its being forgotten, result included."""


def purge() -> int:
    """Forget what has expired, in the rooms above too (``SWEEPERS``); gives how many tasks were."""
    now = timezone.now()
    _, counts = Job.objects.filter(expires_at__lte=now).delete()
    ended = Q(status__in=(TaskResultStatus.SUCCESSFUL, TaskResultStatus.FAILED), finished_at__lte=now - KEPT)
    DBTaskResult.objects.filter(ended).delete()
    WorkerBeat.objects.filter(beat_at__lte=now - KEPT).delete()
    empty()
    for name in settings.SWEEPERS:
        import_string(name)(now)
    return counts.get("tasks.Job", 0)
