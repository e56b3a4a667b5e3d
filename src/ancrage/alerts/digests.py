"""Digests: what is owed to each address since the last one of its frequency, in one message a run.

Runs of a frequency follow each other without a gap: one that was missed is made up by the next, which begins
where the last ended. A run that was killed is taken up where it stopped.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import F, OuterRef, Q, QuerySet, Subquery

from ancrage.alerts.models import Content, Frequency, Mail, Reason, Run, State
from ancrage.tasks.buckets import locked

PARIS = ZoneInfo("Europe/Paris")
HOUR = 7
"""Hour of Paris at which a digest closes."""
CHUNK = 4000
"""Addresses put together in one transaction: nobody waits long for the others."""
LOCK = "alertes|tournees"
FIRST = timedelta(days=3660)
"""How far before its end the first run of a frequency begins: before anything there is."""


def build(frequency: Frequency, *, now: datetime) -> int:
    """The digest due by now, if any; gives how many messages it made."""
    run = _due(frequency, now)
    if run is None:
        return 0
    made = sum(_fill(run, who) for who in _owed(run))
    Run.objects.filter(pk=run.pk, built_at=None).update(built_at=now)
    return made


def end_of(frequency: Frequency, now: datetime) -> datetime:
    """The last moment, by now, at which a digest of this frequency closes."""
    if frequency is Frequency.AUSSITOT:
        return now
    day = now.astimezone(PARIS).replace(hour=HOUR, minute=0, second=0, microsecond=0)
    if day > now:
        day -= timedelta(days=1)
    if frequency is Frequency.SEMAINE:
        day -= timedelta(days=day.weekday())
    if frequency is Frequency.MOIS:
        day = day.replace(day=1)
    return day


def _due(frequency: Frequency, now: datetime) -> Run | None:
    with transaction.atomic():
        locked(LOCK)
        last = Run.objects.filter(frequency=frequency).order_by("-until").first()
        if last and last.built_at is None:
            return last
        until = end_of(frequency, now)
        since = last.until if last else until - FIRST
        if until <= since or not _contents(frequency, until).exists():
            return None
        return Run.objects.create(frequency=frequency, since=since, until=until)


def _contents(frequency: str, until: datetime) -> QuerySet[Content]:
    """What is owed: nothing of a subscription that was stopped, nothing yet of one that is paused."""
    return Content.objects.filter(
        living(until),
        mail=None,
        at__lte=until,
        subscription__frequency=frequency,
        subscriber__suspended_at=None,
    )


def living(until: datetime) -> Q:
    """Contents of the subscriptions to be told by then: neither stopped nor paused."""
    live = Q(subscription__ended_at=None) | Q(subscription__ended_reason=Reason.TERRITOIRE)
    paused = Q(subscription__paused_until__isnull=False) & Q(subscription__paused_until__gt=until)
    return live & ~paused


def _owed(run: Run) -> Iterator[list[int]]:
    """Addresses that are owed something, by chunks."""
    last = 0
    while True:
        waiting = _contents(run.frequency, run.until).filter(subscriber__gt=last)
        found = waiting.order_by("subscriber").values_list("subscriber_id", flat=True).distinct()[:CHUNK]
        who = list(found)
        if not who:
            return
        last = who[-1]
        yield who


@transaction.atomic
def _fill(run: Run, who: list[int]) -> int:
    """The messages of some addresses: what another one told already is tied to it, and not told again."""
    first, last = who[0], who[-1]
    waiting = _contents(run.frequency, run.until).filter(subscriber__gte=first, subscriber__lte=last)
    told = Content.objects.filter(_told(), subscriber=OuterRef("subscriber"), event=OuterRef("event"))
    again = Content.objects.filter(pk__in=waiting.values("pk"), event__in=_twice(first, last))
    again.update(mail_id=Subquery(told.values("mail")[:1]))
    owed = waiting.values_list("subscriber_id", flat=True).distinct()
    mails = [Mail(run=run, subscriber_id=one, next_at=run.until) for one in owed]
    Mail.objects.bulk_create(mails, batch_size=1000, ignore_conflicts=True)
    own = Mail.objects.filter(run=run, subscriber=OuterRef("subscriber"))
    Content.objects.filter(pk__in=waiting.values("pk")).update(mail_id=Subquery(own.values("pk")[:1]))
    return len(mails)


def _told() -> Q:
    """What a message told, or is about to: not what its reader stopped before it left."""
    coming = Q(mail__state__in=(State.A_ENVOYER, State.ENVOI), subscription__ended_at=None)
    stopped = Q(subscription__ended_reason=Reason.ARRET, subscription__ended_at__lte=F("mail__ended_at"))
    return coming | (Q(mail__state=State.REMIS) & ~stopped)


def _twice(first: int, last: int) -> "QuerySet[Content, dict[str, int]]":
    """Events already told to one of these addresses."""
    told = Content.objects.filter(subscriber__gte=first, subscriber__lte=last).exclude(mail=None)
    events: Any = told.values("event").distinct()
    return cast("QuerySet[Content, dict[str, int]]", events)
