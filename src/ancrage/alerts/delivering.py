"""Messages handed to the server of messages, one by one: kept until it takes them, or until it refuses.

A message is claimed, then sent, then said to be sent. One whose sender died between the last two is sent
again under the same Message-ID: the two are the same message to whoever receives them.
"""

import logging
import smtplib
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, TypeVar

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import connection, transaction
from django.db.models import F, Model, Q, QuerySet

from ancrage.alerts.models import Content, Mail, Reason, State, Subscriber
from ancrage.alerts.wording import SIGNATURE, Written, digest

logger = logging.getLogger("ancrage.alerts")
LOST = timedelta(minutes=15)
"""After which a message that was being sent has lost who was sending it."""
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=6)
GIVEN_UP = timedelta(days=14)
"""How long a message is tried."""
PERMANENT = range(500, 600)
Message = TypeVar("Message", bound=Model)


class ServerDownError(Exception):
    """The server of messages does not answer: the others wait too."""


def deliver(*, now: datetime, most: int = 5000) -> int:
    """Send what is due, so many at most; gives how many were taken by the server."""
    sent = 0
    with Connected() as backend:
        for mail in _claimed(now, most):
            try:
                sent += _send(mail, backend, now)
            except ServerDownError:
                logger.warning("the server of messages does not answer")
                break
    return sent


class Connected:
    """One connection for many messages; none where the server is down, which each message then finds out."""

    def __enter__(self) -> object:
        """The connection of Django's settings, opened at the first message."""
        self._backend = get_connection()
        return self._backend

    def __exit__(self, *_: object) -> None:
        """Close it, whatever happened."""
        try:
            self._backend.close()
        except (OSError, smtplib.SMTPException):
            logger.info("a connection was lost while it was closed")


def _claimed(now: datetime, most: int) -> Iterator[Mail]:
    for _ in range(most):
        mail = _claim(now)
        if mail is None:
            return
        yield mail


@transaction.atomic
def _claim(now: datetime) -> Mail | None:
    return claim(Mail.objects.all(), now)


def claim(among: QuerySet[Message], now: datetime) -> Message | None:
    """The next message that is due, which nobody else sends from then on; ``None`` when none is.

    To be called in a transaction. The rows have the state, attempts and moments of :class:`Mail`.
    """
    waiting = Q(state=State.A_ENVOYER, next_at__lte=now) | Q(state=State.ENVOI, claimed_at__lte=now - LOST)
    locking = among.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
    found = locking.filter(waiting).order_by("next_at", "pk").first()
    if found is None:
        return None
    among.filter(pk=found.pk).update(state=State.ENVOI, claimed_at=now, attempts=F("attempts") + 1)
    found.refresh_from_db()
    return found


def _send(mail: Mail, backend: object, now: datetime) -> int:
    contents = list(owed(mail))
    if not contents or mail.subscriber.suspended_at:
        _end(mail, State.ANNULE, now, "plus rien à dire à cette adresse")
        return 0
    try:
        post(message_of(mail, digest(mail, contents)), backend)
    except smtplib.SMTPRecipientsRefused as error:
        code, reply = next(iter(error.recipients.values()))
        _refused(mail, now, code, words(reply))
    except smtplib.SMTPResponseException as error:
        _refused(mail, now, error.smtp_code, words(error.smtp_error), of_address=False)
    except (OSError, smtplib.SMTPException) as error:
        _later(mail, now, type(error).__name__)
        raise ServerDownError from error
    else:
        _end(mail, State.REMIS, now, "")
        return 1
    return 0


def owed(mail: Mail) -> Iterator[Content]:
    """What a message tells: what its reader did not stop in the meantime."""
    live = Q(subscription__ended_at=None) | Q(subscription__ended_reason=Reason.TERRITOIRE)
    told = Content.objects.filter(live, mail=mail).select_related("event", "subscription__topic")
    return told.order_by("pk").iterator(chunk_size=500)


def message_of(mail: Mail, written: Written) -> EmailMessage:
    """The message as it leaves (RFC 8058: one press stops it)."""
    house = ", ".join(filter(None, ("Ancrage", settings.SITE_ORIGIN)))
    message = EmailMessage(
        written.subject, written.text + SIGNATURE.format(house=house), to=[mail.subscriber.email]
    )
    message.extra_headers |= {
        "Message-ID": message_id(mail),
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{written.stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    return message


def message_id(mail: Mail) -> str:
    """The same for the same message, however many times it leaves."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    return f"<alerte-{mail.pk}-{mail.run_id}@{domain}>"


def post(message: EmailMessage, backend: Any) -> None:
    """Hand a message to the server."""
    message.connection = backend
    message.send()


def words(reply: bytes | str) -> str:
    """What a server answered."""
    return (reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply)[:500]


def _refused(mail: Mail, now: datetime, code: int, reply: str, *, of_address: bool = True) -> None:
    """For good (5xx), or for now (4xx): an address that refuses for good is written to no more."""
    if code not in PERMANENT:
        _later(mail, now, f"{code} {reply}")
        return
    _end(mail, State.REFUSE, now, f"{code} {reply}")
    if of_address:
        suspend(mail.subscriber, f"{code} {reply}", now)


def suspend(subscriber: Subscriber, why: str, now: datetime) -> None:
    """Send nothing more to an address that refuses; what is owed to it waits."""
    Subscriber.objects.filter(pk=subscriber.pk, suspended_at=None).update(suspended_at=now, refusal=why[:500])


def _later(mail: Mail, now: datetime, why: str) -> None:
    if now - mail.run.until > GIVEN_UP:
        _end(mail, State.ABANDONNE, now, why)
        return
    wait = wait_after(mail.attempts)
    Mail.objects.filter(pk=mail.pk).update(state=State.A_ENVOYER, next_at=now + wait, reply=why[:500])


def wait_after(attempts: int) -> timedelta:
    """How long a message waits that could not be handed over, so many times."""
    wait: timedelta = FIRST_WAIT * 2 ** min(attempts - 1, 10)
    return min(wait, LONGEST_WAIT)


def _end(mail: Mail, state: State, now: datetime, reply: str) -> None:
    Mail.objects.filter(pk=mail.pk).update(state=state, ended_at=now, reply=reply)
