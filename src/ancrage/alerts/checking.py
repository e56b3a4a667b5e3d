"""From what changed to who was told, end to end: what is late, and where it stopped."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q

from ancrage.alerts.digests import end_of, living
from ancrage.alerts.models import Content, Frequency, Mail, Outgoing, Run, State, Subscriber, Topic
from ancrage.language.numbers import count

LATE = timedelta(hours=2)
"""How long a digest may take from its end to the server of messages."""
TRIED = 5
"""Times that a message is tried in that long (:data:`ancrage.alerts.posting.FIRST_WAIT`, then twice it…)."""


def told(now: datetime) -> tuple[bool, str]:
    """Whether all that was due was sent, and a French sentence."""
    late = list(_late(now))
    sent = Mail.objects.filter(state=State.REMIS).count()
    suspended = Subscriber.objects.exclude(suspended_at=None).count()
    facts = ", ".join(
        (
            count(sent, "message remis", "messages remis"),
            count(suspended, "adresse suspendue", "adresses suspendues"),
        )
    )
    if late:
        return False, f"En retard : {' ; '.join(late)}. {facts}."
    return True, f"Tout ce qui était dû est remis : {facts}."


def _late(now: datetime) -> Iterator[str]:
    for frequency in Frequency:
        until = end_of(frequency, now - LATE)
        if number := _owed(frequency, until):
            yield f"{count(number, 'changement', 'changements')} à mettre en message ({frequency.label})"
    unfinished = Run.objects.filter(built_at=None, until__lt=now - LATE).count()
    if unfinished:
        yield count(unfinished, "tournée inachevée", "tournées inachevées")
    waiting = Mail.objects.filter(state__in=(State.A_ENVOYER, State.ENVOI), run__until__lt=now - LATE)
    if number := waiting.count():
        yield f"{count(number, 'message')} que le serveur de messagerie n’a pas pris"
    if number := sum(_untaken(kind, now) for kind in Outgoing.__subclasses__() if kind is not Mail):
        yield f"{count(number, 'message')} de demandes que le serveur de messagerie n’a pas pris"
    if number := sum(map(_given_up, Outgoing.__subclasses__())):
        yield count(number, "message abandonné", "messages abandonnés")
    if number := Topic.objects.exclude(fault="").count():
        yield f"{count(number, 'question suivie', 'questions suivies')} sans réponse"


def _untaken(kind: type[Outgoing], now: datetime) -> int:
    """Messages of another room that are late: nobody tried them, or the server did not answer that long."""
    waiting = kind._default_manager.filter(state__in=(State.A_ENVOYER, State.ENVOI))
    return waiting.filter(Q(next_at__lt=now - LATE) | Q(attempts__gte=TRIED)).count()


def _given_up(kind: type[Outgoing]) -> int:
    return kind._default_manager.filter(state=State.ABANDONNE).count()


def _owed(frequency: Frequency, until: datetime) -> int:
    waiting = Content.objects.filter(living(until), mail=None, at__lte=until, subscriber__suspended_at=None)
    return waiting.filter(subscription__frequency=frequency).count()
