"""Messages handed to the server of messages, one by one: kept until it takes them, or until it refuses.

A message is claimed, then sent, then said to be sent. One whose sender died between the last two is sent
again under the same Message-ID: the two are the same message to whoever receives them. Whoever writes
messages (digests of alerts, requests for support) keeps them as :class:`Outgoing`, and says how in a
:class:`Box`.
"""

import logging
import smtplib
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Generic, Protocol, TypeVar

from django.conf import settings
from django.core.mail import get_connection
from django.db import connection, transaction
from django.db.models import F, Model, Q, QuerySet

from ancrage.alerts.models import Outgoing, State
from ancrage.people.envelope import Message

logger = logging.getLogger("ancrage.alerts")
LOST = timedelta(minutes=15)
"""After which a message that was being sent has lost who was sending it."""
FIRST_WAIT, LONGEST_WAIT = timedelta(minutes=5), timedelta(hours=6)
GIVEN_UP = timedelta(days=14)
"""How long a message is tried."""
PERMANENT = range(500, 600)
EVERYTHING = Q()
Kept = TypeVar("Kept", bound=Outgoing)
Row = TypeVar("Row", bound=Model)


class Box(Protocol, Generic[Kept]):
    """Messages of a sort. ``model``: where they are kept; ``sort``: the word their Message-ID begins with."""

    model: type[Kept]
    sort: str

    def identity(self, mail: Kept) -> str:
        """The Message-ID it leaves under: the same however many times it leaves."""

    def message(self, mail: Kept) -> Message | None:
        """The message as it leaves, made from what is true now; ``None``: nothing is to be said any more."""

    def since(self, mail: Kept) -> datetime:
        """Since when it is due: past :data:`GIVEN_UP`, it is given up."""

    def refused(self, mail: Kept, why: str, now: datetime) -> None:
        """Its address refuses for good, at once or by a report that came back later."""


class ServerDownError(Exception):
    """The server of messages does not answer: the others wait too."""


def deliver(box: Box[Kept], *, now: datetime, most: int = 5000, only: Q = EVERYTHING) -> int:
    """Send what is due, so many at most, of ``only``; gives how many were taken by the server."""
    sent = 0
    with Connected() as backend:
        for mail in _claimed(box, now, most, only):
            try:
                sent += _send(box, mail, backend, now)
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


def _claimed(box: Box[Kept], now: datetime, most: int, only: Q) -> Iterator[Kept]:
    for _ in range(most):
        mail = _claim(box, now, only)
        if mail is None:
            return
        yield mail


@transaction.atomic
def _claim(box: Box[Kept], now: datetime, only: Q) -> Kept | None:
    return claim(box.model._default_manager.filter(only), now)


def claim(among: QuerySet[Row], now: datetime) -> Row | None:
    """The next message that is due, which nobody else sends from then on; ``None`` when none is.

    To be called in a transaction. The rows have the state, attempts and moments of :class:`Outgoing`.
    """
    waiting = Q(state=State.A_ENVOYER, next_at__lte=now) | Q(state=State.ENVOI, claimed_at__lte=now - LOST)
    locking = among.select_for_update(skip_locked=connection.features.has_select_for_update_skip_locked)
    found = locking.filter(waiting).order_by("next_at", "pk").first()
    if found is None:
        return None
    among.filter(pk=found.pk).update(state=State.ENVOI, claimed_at=now, attempts=F("attempts") + 1)
    found.refresh_from_db()
    return found


def _send(box: Box[Kept], mail: Kept, backend: object, now: datetime) -> int:
    message = box.message(mail)
    if message is None:
        _end(mail, State.ANNULE, now, "plus rien à dire à cette adresse")
        return 0
    try:
        post(message, backend)
    except smtplib.SMTPRecipientsRefused as error:
        code, reply = next(iter(error.recipients.values()))
        _refused(box, mail, now, code, words(reply))
    except smtplib.SMTPResponseException as error:
        _refused(box, mail, now, error.smtp_code, words(error.smtp_error), of_address=False)
    except (OSError, smtplib.SMTPException) as error:
        _later(box, mail, now, type(error).__name__)
        raise ServerDownError from error
    else:
        _end(mail, State.REMIS, now, "")
        return 1
    return 0


def message_id(sort: str, *parts: object) -> str:
    """The same for the same message, however many times it leaves."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ") or "localhost"
    return f"<{sort}-{'-'.join(map(str, parts))}@{domain}>"


def post(message: Message, backend: Any) -> None:
    """Hand a message to the server."""
    message.connection = backend
    message.send()


def words(reply: bytes | str) -> str:
    """What a server answered."""
    return (reply.decode("utf-8", "replace") if isinstance(reply, bytes) else reply)[:500]


def _refused(
    box: Box[Kept], mail: Kept, now: datetime, code: int, reply: str, *, of_address: bool = True
) -> None:
    """For good (5xx), or for now (4xx): an address that refuses for good is written to no more."""
    if code not in PERMANENT:
        _later(box, mail, now, f"{code} {reply}")
        return
    _end(mail, State.REFUSE, now, f"{code} {reply}")
    if of_address:
        box.refused(mail, f"{code} {reply}", now)


def _later(box: Box[Kept], mail: Kept, now: datetime, why: str) -> None:
    if now - box.since(mail) > GIVEN_UP:
        _end(mail, State.ABANDONNE, now, why)
        return
    _set(mail, state=State.A_ENVOYER, next_at=now + wait_after(mail.attempts), reply=why[:500])


def wait_after(attempts: int) -> timedelta:
    """How long a message waits that could not be handed over, so many times."""
    wait: timedelta = FIRST_WAIT * 2 ** min(attempts - 1, 10)
    return min(wait, LONGEST_WAIT)


def _end(mail: Outgoing, state: State, now: datetime, reply: str) -> None:
    _set(mail, state=state, ended_at=now, reply=reply)


def _set(mail: Outgoing, **told: object) -> None:
    type(mail)._default_manager.filter(pk=mail.pk).update(**told)
