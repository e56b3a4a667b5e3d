"""What a person follows from her own space: no second confirmation, her address was proved when she came in.

What is not open to all (the deadlines of an atelier) is asked again of her rights each time it is told: by
e-mail, feed or calendar. Who lost them is told nothing, and that alert ends.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from allauth.account.models import EmailAddress
from django.db import transaction
from django.db.models import Q, QuerySet

from ancrage.alerts import links
from ancrage.alerts.digests import PARIS
from ancrage.alerts.following import followed, kind_of
from ancrage.alerts.forgetting import forget_situations
from ancrage.alerts.models import Content, Event, Reason, Subscriber, Subscription
from ancrage.alerts.subscribing import find_room, frequency_of, refresh, still_there, topic_of
from ancrage.edition.opened import Opened
from ancrage.errors import AlertError
from ancrage.people.models import Person

NO_ADDRESS = "Votre compte n'a pas d'adresse vérifiée : aucun courriel ne peut vous être envoyé."
LOST = "Cela ne peut pas être suivi depuis votre espace, ou n'existe pas."
TOLD_BACK = timedelta(days=365)
"""How far back a feed tells."""


def follow(person: Person, address: str, frequency: str, opened: Opened, *, now: datetime) -> Subscription:
    """Follow at once; the subscription that is there already, for her from then on.

    Raises :class:`AlertError` for a frequency that is none, past one's share, without a verified address and
    for what she may not read; what reading the question raises.
    """
    question, often = followed(address), frequency_of(frequency)
    if (may := kind_of(question).may) and not may(question, person.pk, now.astimezone(PARIS).date()):
        raise AlertError(LOST, "Demandez à qui tient l'atelier de vous y inviter.")
    email = email_of(person)
    topic = topic_of(question, opened)
    with transaction.atomic():
        still_there(topic)
        subscriber, _ = Subscriber.objects.get_or_create(email=email)
        known = subscriber.subscriptions.filter(topic=topic, ended_at=None).first()
        if known is None:
            find_room(subscriber)
            known = Subscription(subscriber=subscriber, topic=topic, asked_at=now)
        if known.confirmed_at is None:
            refresh(topic, opened)
            known.confirmed_at = now
        known.person, known.frequency = person.pk, often
        known.save()
        Subscriber.objects.filter(pk=subscriber.pk).update(suspended_at=None, refusal="")
    return known


def follows(person: Person, address: str) -> bool:
    """Whether she follows the question of a canonical address from her space."""
    live = Subscription.objects.filter(person=person.pk, ended_at=None, topic__question=address)
    return live.exclude(confirmed_at=None).exists()


def email_of(person: Person) -> str:
    """The verified address of a person. Raises :class:`AlertError` when she has none."""
    found = EmailAddress.objects.filter(user=person, verified=True).order_by("-primary").first()
    if found is None:
        raise AlertError(NO_ADDRESS, "Entrez une fois par un code envoyé à votre adresse.")
    local, _, domain = str(found.email).rpartition("@")
    return f"{local}@{domain.lower()}"


def all_of(person: Person, *, now: datetime) -> list[Subscription]:
    """What she follows, from her space or by an address of hers; what she may not read any more ends."""
    emails = EmailAddress.objects.filter(user=person, verified=True).values_list("email", flat=True)
    hers = Q(person=person.pk)
    for email in emails:
        hers |= Q(subscriber__email__iexact=email, person=None)
    close_lost(Subscription.objects.filter(person=person.pk), now=now)
    live = Subscription.objects.filter(hers, ended_at=None).exclude(confirmed_at=None)
    return list(live.select_related("topic", "subscriber").order_by("confirmed_at"))


def close_lost(among: QuerySet[Subscription], *, now: datetime) -> int:
    """End what those who follow it may not read any more; gives how many."""
    held = among.filter(ended_at=None).exclude(person=None).select_related("topic").distinct()
    lost = [one.pk for one in held if not _may(one, now)]
    return Subscription.objects.filter(pk__in=lost).update(ended_at=now, ended_reason=Reason.ACCES)


def _may(one: Subscription, now: datetime) -> bool:
    if one.person is None or not Person.objects.filter(pk=one.person, is_active=True).exists():
        return False
    question = followed(one.topic.follows)
    may = kind_of(question).may
    return may is None or may(question, one.person, now.astimezone(PARIS).date())


def owner_of(token: str) -> Person:
    """Whose feed or calendar it is. Raises :class:`AlertError` for a token that opens nothing any more."""
    identifier, mark = links.owner(token)
    person = Person.objects.filter(pk=UUID(identifier), is_active=True).first()
    if person is None or links.mark(person.stamp) != mark:
        raise AlertError("Cette adresse a été fermée.", "Une nouvelle est dans votre espace.")
    return person


def told_to(person: Person, *, now: datetime) -> list[Event]:
    """What changed in a year of what she follows and may read, the last first, each once."""
    live = [one.pk for one in all_of(person, now=now)]
    owed = Content.objects.filter(subscription__in=live, at__gte=now - TOLD_BACK)
    return list(Event.objects.filter(contents__in=owed).distinct().order_by("-seen_at", "-pk"))


@transaction.atomic
def forget_erased(*, now: datetime) -> None:
    """End what a person who was erased followed, and forget her address when nothing else goes to it."""
    gone = Person.objects.exclude(erased_at=None).values("pk")
    theirs = Subscription.objects.filter(person__in=gone)
    theirs.filter(ended_at=None).update(ended_at=now, ended_reason=Reason.ARRET)
    _forget_addresses(theirs.values_list("subscriber", flat=True))
    theirs.update(person=None)
    forget_situations()


def _forget_addresses(subscribers: Iterable[int]) -> None:
    for one in Subscriber.objects.filter(pk__in=set(subscribers)):
        if not one.subscriptions.filter(ended_at=None).exists():
            one.email, one.refusal = f"efface-{one.pk}@invalid.invalid", ""
            one.save()
