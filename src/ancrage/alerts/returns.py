"""Messages that came back later: reports of what could not be delivered (RFC 3464), read from a folder.

A report suspends an address only when it names a message that left from here, by its Message-ID, and says
that its delivery failed for good (RFC 3463, class 5): anybody may write a report, nobody may guess that.
"""

import email
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from enum import StrEnum
from pathlib import Path

from django.db import transaction

from ancrage.alerts.delivering import Digests
from ancrage.alerts.models import Mail, State
from ancrage.alerts.posting import message_id, words
from ancrage.errors import StorageError

OURS = re.compile(r"<alerte-(\d{1,18})-(\d{1,18})@[^>\s]+>")
LARGEST = 5_000_000
"""Bytes past which a file is taken for no report."""


class Outcome(StrEnum):
    """What a file of the folder was worth."""

    SUSPENDED = "adresses suspendues"
    KNOWN = "déjà lus"
    TEMPORARY = "retards passagers"
    DELIVERED = "remis ou relayés"
    FOREIGN = "d’un message qui n’est pas d’ici"
    UNREADABLE = "sans rapport de non-remise"


@dataclass(frozen=True, slots=True)
class Failure:
    """What a report says of a recipient: ``action`` and ``status`` as RFC 3464 writes them."""

    action: str
    status: str
    diagnostic: str


def read_folder(folder: Path, *, now: datetime) -> Counter[Outcome]:
    """Read every file of a folder, or of a Maildir; the same one read twice changes nothing more.

    Raises :class:`StorageError` when it is no folder.
    """
    if not folder.is_dir():
        raise StorageError(f"« {folder} » n'est pas un dossier.", "Donnez le dossier des messages revenus.")
    return Counter(_read(file, now) for file in _files(folder))


def _files(folder: Path) -> Iterator[Path]:
    """The files of a folder; of a Maildir, those of ``new`` and ``cur``."""
    for place in (folder, folder / "new", folder / "cur"):
        if place.is_dir():
            yield from sorted(one for one in place.iterdir() if one.is_file())


def _read(file: Path, now: datetime) -> Outcome:
    try:
        if file.stat().st_size > LARGEST:
            return Outcome.UNREADABLE
        message = email.message_from_bytes(file.read_bytes())
    except OSError:
        return Outcome.UNREADABLE
    return judged(message, now)


def judged(message: Message, now: datetime) -> Outcome:
    """What a message that came back is worth; the address it refuses for good is suspended."""
    failures = list(failures_of(message))
    if not failures:
        return Outcome.UNREADABLE
    mail = _mail_of(message)
    if mail is None:
        return Outcome.FOREIGN
    failed = [one for one in failures if one.action == "failed" and one.status.startswith("5")]
    if failed:
        return _suspended(mail, failed[0], now)
    late = any(one.action in ("delayed", "failed") for one in failures)
    return Outcome.TEMPORARY if late else Outcome.DELIVERED


def failures_of(message: Message) -> Iterator[Failure]:
    """What a report says of each recipient; nothing of a message that is none."""
    if message.get_content_type() != "multipart/report":
        return
    for part in message.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        blocks = part.get_payload()
        for fields in blocks if isinstance(blocks, list) else ():
            if isinstance(fields, Message) and fields["Action"]:
                yield _failure(fields)


def _failure(fields: Message) -> Failure:
    def said(name: str) -> str:
        return " ".join(str(fields[name] or "").split())

    diagnostic = said("Diagnostic-Code")
    return Failure(said("Action").lower(), said("Status"), diagnostic.partition(";")[2].strip() or diagnostic)


def _mail_of(message: Message) -> Mail | None:
    """The message of ours that a report gives back, whole or by its headers only."""
    for part in message.walk():
        if part is message:
            continue
        text = str(part["Message-ID"] or "")
        if part.get_content_type() == "text/rfc822-headers":
            given = part.get_payload(decode=True)
            text = given.decode("utf-8", "replace") if isinstance(given, bytes) else ""
        if (found := OURS.search(text)) and (mail := _known(found)) is not None:
            return mail
    return None


def _known(found: "re.Match[str]") -> Mail | None:
    mail = Mail.objects.filter(pk=int(found[1]), run_id=int(found[2])).select_related("subscriber").first()
    return mail if mail and message_id("alerte", mail.pk, mail.run_id) == found[0] else None


@transaction.atomic
def _suspended(mail: Mail, failure: Failure, now: datetime) -> Outcome:
    """The address of our message, whatever the report calls it: it may have been forwarded."""
    told = words(f"{failure.status} {failure.diagnostic}".strip())
    if not Mail.objects.filter(pk=mail.pk, state=State.REMIS).update(state=State.REFUSE, reply=told):
        return Outcome.KNOWN
    Digests().refused(mail, told, now)
    return Outcome.SUSPENDED
