"""Tasks asked by people, their results, and the workers that are alive."""

import uuid

from django.db import models
from django.db.models import Q

from ancrage.tasks.states import LIVE, State


class Job(models.Model):
    """A long work somebody asked for, from that moment to a day after it ends.

    ``fingerprint`` is that of kind, parameters and edition: one live job each, which the database sees to.
    ``progress`` is a percentage; ``message`` is French, shown as it is. ``asker`` is the mark of who asked,
    which leads to nobody.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=40)
    parameters = models.JSONField(default=dict)
    edition = models.CharField(max_length=200)
    fingerprint = models.CharField(max_length=64)
    asker = models.CharField(max_length=64, default="", blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    progress = models.PositiveSmallIntegerField(default=0)
    message = models.TextField(default="")
    cancel_asked = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=64, default="")
    created_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    expires_at = models.DateTimeField(null=True)

    class Meta:
        """Order, and what the database sees to."""

        ordering = ("created_at", "id")
        constraints = (
            models.UniqueConstraint(fields=["fingerprint"], condition=Q(state__in=LIVE), name="one_live_job"),
        )
        indexes = (models.Index(fields=["state", "created_at"], name="job_by_state"),)

    def __str__(self) -> str:
        return f"{self.kind} {self.id}"

    @property
    def live(self) -> bool:
        """Whether it waits or runs."""
        return self.state in LIVE

    @property
    def succeeded(self) -> bool:
        """Whether it has a result."""
        return self.state == State.DONE


class JobResult(models.Model):
    """The file a job made. It is in the database: several machines may serve it."""

    job = models.OneToOneField(Job, on_delete=models.CASCADE, primary_key=True, related_name="result")
    filename = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    content = models.BinaryField()

    def __str__(self) -> str:
        return self.filename


class WorkerBeat(models.Model):
    """A worker process, and the last moment it said that it was alive."""

    id = models.CharField(primary_key=True, max_length=64)
    beat_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return self.id


class Bucket(models.Model):
    """What a visitor has used of a rate: full until a moment (seconds since 1970), then it empties."""

    key = models.CharField(primary_key=True, max_length=64)
    full_until = models.FloatField(default=0, db_index=True)

    def __str__(self) -> str:
        return self.key


class Opinion(models.Model):
    """How many said, in a month, that a page helped them or not; nothing of who said it."""

    page = models.CharField(max_length=60)
    month = models.DateField()
    helped = models.PositiveIntegerField(default=0)
    not_helped = models.PositiveIntegerField(default=0)

    class Meta:
        """One row a page and a month."""

        ordering = ("month", "page")
        constraints = (models.UniqueConstraint(fields=["page", "month"], name="one_opinion_a_month"),)

    def __str__(self) -> str:
        return f"{self.page} {self.month:%Y-%m}"
