"""From what changed to who was told, end to end: what is late, and where it stopped."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from ancrage.alerts.digests import end_of, living
from ancrage.alerts.models import Content, Frequency, Mail, Run, State, Subscriber, Topic
from ancrage.language.numbers import count

LATE = timedelta(hours=2)
"""How long a digest may take from its end to the server of messages."""


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
    if number := Mail.objects.filter(state=State.ABANDONNE).count():
        yield count(number, "message abandonné", "messages abandonnés")
    if number := Topic.objects.exclude(fault="").count():
        yield f"{count(number, 'question suivie', 'questions suivies')} sans réponse"


def _owed(frequency: Frequency, until: datetime) -> int:
    waiting = Content.objects.filter(living(until), mail=None, at__lte=until, subscriber__suspended_at=None)
    return waiting.filter(subscription__frequency=frequency).count()
