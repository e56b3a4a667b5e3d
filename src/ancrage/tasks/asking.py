"""Asking for a task, finding it, cancelling it. The same question asked twice is one task."""

import hashlib
import json
import uuid

from django.db import IntegrityError, transaction
from django.utils import timezone

from ancrage.errors import ShareError, TaskQueueFullError, UnknownTaskError
from ancrage.repairs import TryLater
from ancrage.tasks.buckets import locked
from ancrage.tasks.keeping import KEPT
from ancrage.tasks.kinds import Parameters, get_kind
from ancrage.tasks.models import Job
from ancrage.tasks.running import put_in_queue
from ancrage.tasks.states import LIVE, State

MOST_WAITING = 20
"""Tasks that may wait at once: past it, a visitor is told to come back rather than left to hope."""


MOST_OF_ONE = 5
"""Tasks of one visitor that may wait or run at once."""
QUEUE = "file des travaux"


def ask(kind: str, parameters: Parameters, *, edition: str, asker: str = "") -> Job:
    """The live job of this question, or a new one put in the queue.

    ``asker``: mark of who asks; nobody (the command line) has no share. Raises :class:`UnknownTaskError`,
    :class:`TaskQueueFullError`, :class:`ShareError`, and what refuses the parameters.
    """
    read = get_kind(kind).read(parameters)
    fingerprint = fingerprint_of(kind, read, edition)
    if same := _live(fingerprint):
        return same
    made = Job(
        kind=kind,
        parameters=read,
        edition=edition,
        fingerprint=fingerprint,
        asker=asker,
        created_at=timezone.now(),
    )
    try:
        with transaction.atomic():
            locked(QUEUE)  # who counts is alone, or two would take the last place
            _find_room(asker)
            made.save(force_insert=True)
            put_in_queue(made)
    except IntegrityError:
        # Somebody asked the same in the meantime: the database let one in.
        if same := _live(fingerprint):
            return same
        raise
    return made


def _find_room(asker: str) -> None:
    if Job.objects.filter(state=State.WAITING).count() >= MOST_WAITING:
        raise TaskQueueFullError(
            f"{MOST_WAITING} travaux attendent déjà.",
            "Réessayez quand quelques-uns seront finis.",
            TryLater(),
        )
    if asker and Job.objects.filter(asker=asker, state__in=LIVE).count() >= MOST_OF_ONE:
        raise ShareError(
            f"{MOST_OF_ONE} de vos travaux attendent ou se font déjà.",
            "Attendez que l'un d'eux finisse, ou annulez-en un depuis sa page.",
            TryLater(),
        )


def _live(fingerprint: str) -> Job | None:
    return Job.objects.filter(fingerprint=fingerprint, state__in=LIVE).first()


def fingerprint_of(kind: str, parameters: Parameters, edition: str) -> str:
    """What makes two questions the same one."""
    told = json.dumps([kind, sorted(parameters.items()), edition], ensure_ascii=False)
    return hashlib.sha256(told.encode()).hexdigest()


def find(identifier: uuid.UUID) -> Job:
    """A job. Raises :class:`UnknownTaskError` when there is none, or no more."""
    job = Job.objects.filter(pk=identifier).first()
    if job is None or (job.expires_at and job.expires_at <= timezone.now()):
        raise UnknownTaskError(
            "Aucun travail ne porte cet identifiant.",
            "Un travail est gardé un jour après sa fin ; lancez-le de nouveau.",
        )
    return job


def cancel(identifier: uuid.UUID) -> Job:
    """Give up a job: at once when it waits, before its next step when it runs; one that ended stays so."""
    job = find(identifier)
    ended = {"finished_at": timezone.now(), "expires_at": timezone.now() + KEPT}
    waiting = Job.objects.filter(pk=identifier, state=State.WAITING)
    if not waiting.update(state=State.CANCELLED, message="Annulé avant d'avoir commencé.", **ended):
        Job.objects.filter(pk=identifier, state=State.RUNNING).update(cancel_asked=True)
    job.refresh_from_db()
    return job
