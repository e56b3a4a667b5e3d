"""Asking for an alert, confirming it, changing it, stopping it: by links, without an account."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from ancrage.alerts import links, wording
from ancrage.alerts.following import canonical, followed, noted, open_to_all
from ancrage.alerts.forgetting import forget_situations
from ancrage.alerts.keeping import packed
from ancrage.alerts.models import Frequency, Reason, Subscriber, Subscription, Topic
from ancrage.edition.opened import Opened
from ancrage.errors import AlertError, MailError
from ancrage.people.envelope import enclosed, leave
from ancrage.questions.question import Question

MOST_LIVE, MOST_WAITING = 100, 5
"""Alerts of one address, confirmed and not."""
PAUSES = (30, 90)
"""Days of a pause that a page offers."""
KEPT_UNCONFIRMED = timedelta(days=7)
NOT_AN_ADDRESS = "Ce n'est pas une adresse de courriel."


def ask(address: str, email: str, frequency: str, opened: Opened, *, now: datetime) -> Subscription:
    """A subscription to be confirmed; the one that is there already when it was asked before.

    Raises :class:`AlertError` for an address or a frequency that is none and past one's share, what reading
    the question raises.
    """
    person, often = _address(email), frequency_of(frequency)
    topic = topic_of(open_to_all(address), opened)
    with transaction.atomic():
        still_there(topic)
        subscriber, _ = Subscriber.objects.get_or_create(email=person)
        known = subscriber.subscriptions.filter(topic=topic, ended_at=None).first()
        if known:
            if known.confirmed_at is None:
                Subscription.objects.filter(pk=known.pk).update(frequency=often, asked_at=now)
                known.refresh_from_db()
            return known
        find_room(subscriber)
        return Subscription.objects.create(subscriber=subscriber, topic=topic, frequency=often, asked_at=now)


def still_there(topic: Topic) -> None:
    """A situation is not erased between its topic and who follows it. Raises :class:`AlertError`."""
    if not Topic.objects.select_for_update().get(pk=topic.pk).question:
        raise AlertError("Cette alerte vient d'être arrêtée et effacée.", "Redemandez-la.")


def _address(email: str) -> str:
    cleaned = email.strip()
    local, _, domain = cleaned.rpartition("@")
    try:
        validate_email(cleaned)
    except ValidationError as error:
        raise AlertError(NOT_AN_ADDRESS, "Écrivez-la en entier : anne@mairie.fr.") from error
    return f"{local}@{domain.lower()}"


def frequency_of(typed: str) -> Frequency:
    """A frequency as a form writes it. Raises :class:`AlertError`."""
    try:
        return Frequency(typed)
    except ValueError as error:
        possible = ", ".join(Frequency.values)
        raise AlertError("Cette fréquence n'existe pas.", f"Choisissez : {possible}.") from error


def find_room(subscriber: Subscriber) -> None:
    """Let an address follow one thing more. Raises :class:`AlertError` past its share."""
    live = subscriber.subscriptions.filter(ended_at=None)
    if live.exclude(confirmed_at=None).count() >= MOST_LIVE:
        raise AlertError(f"Cette adresse suit déjà {MOST_LIVE} choses.", "Arrêtez-en une d'abord.")
    if live.filter(confirmed_at=None).count() >= MOST_WAITING:
        raise AlertError(
            f"{MOST_WAITING} alertes attendent déjà d'être confirmées.",
            "Confirmez-les depuis leurs messages.",
        )


def topic_of(asked: Question, opened: Opened) -> Topic:
    """The topic of a question, read now when nobody followed it. Raises what reading it raises."""
    question, label = canonical(asked, opened)
    known = Topic.objects.filter(digest=question.fingerprint).first()
    if known and not known.over:
        return known
    reading = noted(question, opened, on=opened.today, gone_since=opened.today)
    told = {
        "question": question.address,
        "follows": question.address,
        "label": label[:300],
        "state": packed(reading),
        "edition": opened.edition,
        "read_on": opened.today,
        "over": False,
    }
    topic, _ = Topic.objects.get_or_create(digest=question.fingerprint, defaults=told)
    return topic


def send_confirmation(subscription: Subscription) -> None:
    """Send the link that confirms. Raises :class:`MailError`."""
    link = links.address("alert-confirm", links.confirmation(str(subscription.pk)))
    subject, text = wording.confirmation(subscription, link)
    if not leave(enclosed(subject, text, subscription.subscriber.email)):
        raise MailError(
            "Le courriel de confirmation n'a pas pu partir : le serveur de messagerie ne répond pas.",
            "Réessayez dans quelques minutes.",
        )


def found(token: str) -> Subscription:
    """The subscription of a link that confirms. Raises :class:`AlertError`."""
    one = Subscription.objects.filter(pk=UUID(links.confirmed(token))).select_related("topic").first()
    if one is None or one.ended_at is not None:
        raise AlertError("Cette alerte a été arrêtée, ou n'est plus gardée.", links.ASK_AGAIN)
    return one


def confirm(token: str, opened: Opened, *, now: datetime) -> Subscription:
    """Confirm; a link used twice changes nothing. What changes from now on is told.

    Raises :class:`AlertError`.
    """
    one = found(token)
    refresh(one.topic, opened)
    Subscription.objects.filter(pk=one.pk, confirmed_at=None).update(confirmed_at=now)
    Subscriber.objects.filter(pk=one.subscriber_id).update(suspended_at=None, refusal="")
    one.refresh_from_db()
    return one


def refresh(topic: Topic, opened: Opened) -> None:
    """Read again a topic that nobody followed: what changed before its first subscription is not told."""
    followed_already = topic.subscriptions.filter(ended_at=None).exclude(confirmed_at=None).exists()
    if followed_already or (topic.edition, topic.read_on) == (opened.edition, opened.today):
        return
    reading = noted(followed(topic.follows), opened, on=opened.today, gone_since=opened.today)
    Topic.objects.filter(pk=topic.pk, turn=topic.turn).update(
        state=packed(reading), edition=opened.edition, read_on=opened.today, turn=topic.turn + 1
    )


def all_of(token: str) -> tuple[Subscriber, list[Subscription], list[Subscription]]:
    """Who a link is for, the live subscriptions it stops, the others. Raises :class:`AlertError`."""
    told = links.stopped(token)
    subscriber = Subscriber.objects.filter(pk=int(told.get("q", 0))).first()
    if subscriber is None:
        raise AlertError("Cette adresse n'est plus gardée : rien ne lui est envoyé.", "")
    live = list(
        subscriber.subscriptions.filter(ended_at=None)
        .exclude(confirmed_at=None)
        .select_related("topic")
        .order_by("confirmed_at")
    )
    wanted = _stopped_by(told, live)
    return (
        subscriber,
        [one for one in live if one.pk in wanted],
        [one for one in live if one.pk not in wanted],
    )


def _stopped_by(told: dict[str, Any], live: list[Subscription]) -> set[UUID]:
    if told.get("s"):
        return {UUID(told["s"])}
    tied = Subscription.objects.filter(contents__mail=told.get("m"), pk__in=[one.pk for one in live])
    return set(tied.values_list("pk", flat=True))


def stop(token: str, *, now: datetime) -> list[Subscription]:
    """Stop what a link stops; used twice, it stops nothing more. Raises :class:`AlertError`."""
    _, wanted, _ = all_of(token)
    end(wanted, now=now)
    return wanted


def end(subscriptions: list[Subscription], *, now: datetime) -> None:
    """End some subscriptions: what was owed to them is not sent, a situation that was told is erased."""
    Subscription.objects.filter(pk__in=[one.pk for one in subscriptions], ended_at=None).update(
        ended_at=now, ended_reason=Reason.ARRET
    )
    forget_situations()


def tune(
    subscriptions: list[Subscription], *, frequency: str = "", days: int | None = None, now: datetime
) -> None:
    """Change how often some subscriptions are told, or when they are told again, without asking again.

    ``days`` of silence from now; 0 ends a pause. Nothing is lost: what is owed goes with the next message.
    Raises :class:`AlertError` for a frequency that is none and for a pause that is not offered.
    """
    changed: dict[str, Any] = {}
    if frequency:
        changed["frequency"] = frequency_of(frequency)
    if days is not None:
        if days not in (0, *PAUSES):
            raise AlertError(
                "Cette pause n'est pas proposée.", f"Choisissez {PAUSES[0]} ou {PAUSES[1]} jours."
            )
        changed["paused_until"] = now + timedelta(days=days) if days else None
    if changed:
        live = Subscription.objects.filter(pk__in=[one.pk for one in subscriptions], ended_at=None)
        live.update(**changed)


def forget_unconfirmed(now: datetime) -> None:
    """Forget what nobody confirmed in seven days, and the addresses that asked nothing else."""
    over = Subscription.objects.filter(confirmed_at=None, asked_at__lt=now - KEPT_UNCONFIRMED)
    over.delete()
    forget_situations()
    Subscriber.objects.filter(subscriptions=None, mails=None, contents=None).delete()
