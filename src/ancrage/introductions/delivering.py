"""Messages handed to the server one by one, as those of alerts are: claimed, sent, then said to be sent."""

import logging
import smtplib
from datetime import datetime

from django.core.mail import EmailMessage
from django.db import transaction
from django.db.models import QuerySet

from ancrage.alerts.links import origin
from ancrage.alerts.models import State
from ancrage.alerts.posting import GIVEN_UP, PERMANENT, Connected, claim, post, wait_after, words
from ancrage.alerts.wording import SIGNATURE
from ancrage.errors import MailError
from ancrage.introductions.models import Introduction, Letter, Sort
from ancrage.introductions.showing import primary
from ancrage.introductions.silence import is_silent
from ancrage.introductions.wording import Written, written

logger = logging.getLogger("ancrage.introductions")


def deliver(*, now: datetime, of: Introduction | None = None, most: int = 500) -> int:
    """Send what is due (of one introduction, if said); gives how many the server took.

    Nothing leaves, and all of it waits, while the site does not know the address of its own links.
    """
    due = Letter.objects.all() if of is None else Letter.objects.filter(to__introduction=of)
    if not due.filter(state__in=(State.A_ENVOYER, State.ENVOI)).exists():
        return 0
    try:
        house = ", ".join(("Ancrage", origin()))
    except MailError:
        logger.warning("introductions wait: the site does not know its own address")
        return 0
    sent = 0
    with Connected() as backend:
        for _ in range(most):
            letter = _next(due, now)
            if letter is None:
                break
            try:
                sent += _send(letter, backend, house, now)
            except (OSError, smtplib.SMTPException) as error:
                logger.warning("the server of messages does not answer")
                _later(letter, now, type(error).__name__)
                break
    return sent


@transaction.atomic
def _next(due: QuerySet[Letter], now: datetime) -> Letter | None:
    return claim(due, now)


def _send(letter: Letter, backend: object, house: str, now: datetime) -> int:
    told, to = written(letter, now), _address(letter)
    silent = letter.sort == Sort.INVITATION and is_silent(letter.mark)
    if told is None or not to or silent:
        _end(letter, State.ANNULE, now, "plus rien à dire à cette adresse")
        return 0
    try:
        post(_message(letter, told, to, house), backend)
    except smtplib.SMTPRecipientsRefused as error:
        code, reply = next(iter(error.recipients.values()))
        _refused(letter, now, code, words(reply))
        return 0
    except smtplib.SMTPResponseException as error:
        _refused(letter, now, error.smtp_code, words(error.smtp_error))
        return 0
    _end(letter, State.REMIS, now, "")
    return 1


def _address(letter: Letter) -> str:
    if letter.person is not None:
        return primary(letter.person) if letter.person.is_active else ""
    reached = getattr(letter.to, "reached_at", None)
    return reached.email if reached else ""


def _message(letter: Letter, told: Written, to: str, house: str) -> EmailMessage:
    message = EmailMessage(told.subject, told.text + SIGNATURE.format(house=house), to=[to])
    domain = str(message.from_email).rpartition("@")[2].strip("> ") or "localhost"
    message.extra_headers |= {
        "Message-ID": f"<relation-{letter.pk}-{letter.to_id}@{domain}>",
        "Auto-Submitted": "auto-generated",
    }
    return message


def _refused(letter: Letter, now: datetime, code: int, reply: str) -> None:
    if code in PERMANENT:
        _end(letter, State.REFUSE, now, f"{code} {reply}"[:500])
    else:
        _later(letter, now, f"{code} {reply}")


def _later(letter: Letter, now: datetime, why: str) -> None:
    if now - letter.made_at > GIVEN_UP:
        _end(letter, State.ABANDONNE, now, why)
        return
    waiting = {"state": State.A_ENVOYER, "next_at": now + wait_after(letter.attempts), "reply": why[:500]}
    Letter.objects.filter(pk=letter.pk).update(**waiting)


def _end(letter: Letter, state: State, now: datetime, reply: str) -> None:
    Letter.objects.filter(pk=letter.pk).update(state=state, ended_at=now, reply=reply)
