"""The clocks: a reminder after 72 hours, who asks is told after fifteen days, the support asked how it goes.

They run from the moment the server of messages took the request, not from when it was written: a server
that is down delays them. A pass may be made at any moment, by several processes, and killed.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet

from ancrage.alerts.models import State
from ancrage.needs.delivering import deliver
from ancrage.needs.keeping import forget
from ancrage.needs.mailboxes import forget_unconfirmed
from ancrage.needs.models import Asked, Letter, Need, Stage, Step
from ancrage.needs.stating import write

REMINDED, TOLD = timedelta(hours=72), timedelta(days=15)


@dataclass(frozen=True, slots=True)
class Passed:
    """What a pass did: supports reminded, silences told, supports asked how it goes, messages taken."""

    reminded: int
    silent: int
    followed: int
    sent: int


def pass_once(*, now: datetime) -> Passed:
    """A pass."""
    forget(now)
    forget_unconfirmed(now)
    refused = _live(Step.DEMANDE, State.REFUSE, State.ABANDONNE) | _live(Step.RELANCE, State.REFUSE)
    undelivered = _each(refused.distinct(), Stage.NON_REMISE, now)
    silent = _each(_taken(now - TOLD), Stage.SANS_REPONSE, now)
    reminded = _written(_taken(now - REMINDED), Step.RELANCE, now)
    going = Asked.objects.filter(
        stage=Stage.PRISE, answered_at__lte=now - TOLD, noted=False, need__ended_at=None
    )
    followed = _written(going.filter(need__erased_at=None), Step.SUITE, now) + _called(now)
    return Passed(reminded, silent + undelivered, followed, deliver(now=now))


def _called(now: datetime) -> int:
    """Ask whether the supports to call answered, once a need; gives how many are asked."""
    due = Need.objects.filter(
        asked__stage=Stage.A_JOINDRE, confirmed_at__lte=now - TOLD, ended_at=None, erased_at=None
    ).exclude(pk__in=Letter.objects.filter(step=Step.APPELS).values("need"))
    found = list(due.distinct())
    for need in found:
        write(need, Step.APPELS, now=now)
    return len(found)


def _live(step: Step, *states: State) -> QuerySet[Asked]:
    """Those without an answer whose request, or its reminder, is so."""
    return Asked.objects.filter(
        stage=Stage.ENVOYEE,
        need__ended_at=None,
        need__erased_at=None,
        letters__step=step,
        letters__state__in=states,
    )


def _taken(before: datetime) -> QuerySet[Asked]:
    return Asked.objects.filter(
        stage=Stage.ENVOYEE,
        need__ended_at=None,
        need__erased_at=None,
        letters__step=Step.DEMANDE,
        letters__state=State.REMIS,
        letters__ended_at__lte=before,
    )


def _each(found: QuerySet[Asked], stage: Stage, now: datetime) -> int:
    """Move each, and tell who asks; one that answered in the meantime is left."""
    moved = 0
    for asked in list(found.select_related("need")):
        with transaction.atomic():
            if Asked.objects.filter(pk=asked.pk, stage=Stage.ENVOYEE).update(stage=stage):
                write(asked.need, Step.SILENCE, asked=asked, now=now)
                moved += 1
    return moved


def _written(found: QuerySet[Asked], step: Step, now: datetime) -> int:
    due = list(found.exclude(pk__in=Asked.objects.filter(letters__step=step)).select_related("need"))
    for asked in due:
        write(asked.need, step, asked=asked, now=now)
    return len(due)
