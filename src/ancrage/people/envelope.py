"""A message as it leaves: its words with the signs French prints, as plain text and as a page."""

import logging
import re
import smtplib
from email.header import Header
from typing import Any

from django.conf import settings
from django.core.mail import EmailMultiAlternatives

from ancrage.language.typography import curled
from ancrage.people.letterhead import ADDRESS, page

logger = logging.getLogger("ancrage.people")
ANSWERED = "Ce message a été envoyé automatiquement."
UNANSWERED = "Ce message a été envoyé automatiquement ; n’y répondez pas."
_WORD = re.compile(r"\S+")


class Message(EmailMultiAlternatives):
    """A message whose subject begins on the line of its name, however long: some servers suspect others."""

    def message(self, **named: Any) -> Any:
        """The message as it is written on the line."""
        made = super().message(**named)
        made.replace_header("Subject", Header(str(self.subject), "utf-8", header_name="Subject"))
        return made


def enclosed(
    subject: str, text: str, to: str, *, identity: str = "", reply_to: str = "", stop: str = ""
) -> Message:
    """A message to an address, signed: plain text, and the same as a page (``multipart/alternative``).

    ``identity``: the Message-ID it leaves under; ``reply_to``: who reads what is answered, nobody otherwise;
    ``stop``: the address that stops such messages in one press (RFC 8058).
    """
    foot = ANSWERED if reply_to else UNANSWERED
    written = printed(f"{text.rstrip()}\n\n-- \n{house()}\n{foot}\n")
    title = printed(" ".join(subject.split()))
    headers = {"Auto-Submitted": "auto-generated", "Content-Language": "fr", **_named(identity, stop)}
    message = Message(title, written, to=[to], reply_to=[reply_to] if reply_to else None, headers=headers)
    message.attach_alternative(page(title, written, own=str(settings.SITE_ORIGIN)), "text/html")
    return message


def _named(identity: str, stop: str) -> dict[str, Any]:
    named = {"Message-ID": identity} if identity else {}
    if stop:
        named |= {"List-Unsubscribe": f"<{stop}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
    return named


def printed(text: str) -> str:
    """The same with the apostrophes French prints; those of an address are letters of it.

    >>> printed("l'agence d'ici : o'neil@mairie.fr, https://a.fr/l'an")
    "l’agence d’ici : o'neil@mairie.fr, https://a.fr/l'an"
    """
    return _WORD.sub(lambda found: found[0] if ADDRESS.search(found[0]) else curled(found[0]), text)


def house() -> str:
    """Who writes, at the foot of a message."""
    return ", ".join(filter(None, ("Ancrage", settings.SITE_ORIGIN)))


def leave(message: Message) -> bool:
    """Hand one message to the server, at once; whether it took it."""
    try:
        message.send()
    except (smtplib.SMTPException, OSError):
        logger.exception("a message could not be sent")
        return False
    return True
