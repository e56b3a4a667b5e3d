"""Messages that came back later: reports of what could not be delivered (RFC 3464), read from a folder.

A report counts only when it names a message that left from here, by its Message-ID, and says that its
delivery failed for good (RFC 3463, class 5): anybody may write a report, nobody may guess that. Whoever
writes messages (alerts, introductions, requests for support) hears of its own, through its :class:`Box`.
"""

import email
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.message import Message
from enum import StrEnum
from pathlib import Path
from typing import Any

from django.db import transaction

from ancrage.alerts.models import Outgoing, State
from ancrage.alerts.posting import Box, words
from ancrage.errors import StorageError

OURS = re.compile(r"<([a-z]{1,20})-(\d{1,18})-[\w-]{1,40}@[^>\s]+>")
Boxes = Sequence[Box[Any]]
Sent = tuple[Box[Any], Outgoing]
LARGEST = 5_000_000
"""Bytes past which a file is taken for no report."""


class Outcome(StrEnum):
    """What a file of the folder was worth."""

    REFUSED = "adresses qui refusent"
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


def read_folder(folder: Path, boxes: Boxes, *, now: datetime) -> Counter[Outcome]:
    """Read every file of a folder, or of a Maildir; the same one read twice changes nothing more.

    Raises :class:`StorageError` when it is no folder.
    """
    if not folder.is_dir():
        raise StorageError(f"« {folder} » n'est pas un dossier.", "Donnez le dossier des messages revenus.")
    return Counter(_read(file, boxes, now) for file in _files(folder))


def _files(folder: Path) -> Iterator[Path]:
    """The files of a folder; of a Maildir, those of ``new`` and ``cur``."""
    for place in (folder, folder / "new", folder / "cur"):
        if place.is_dir():
            yield from sorted(one for one in place.iterdir() if one.is_file())


def _read(file: Path, boxes: Boxes, now: datetime) -> Outcome:
    try:
        if file.stat().st_size > LARGEST:
            return Outcome.UNREADABLE
        message = email.message_from_bytes(file.read_bytes())
    except OSError:
        return Outcome.UNREADABLE
    return judged(message, boxes, now)


def judged(message: Message, boxes: Boxes, now: datetime) -> Outcome:
    """What a message that came back is worth; who wrote the one refused for good hears of it, once."""
    failures = list(failures_of(message))
    if not failures:
        return Outcome.UNREADABLE
    sent = _sent_of(message, boxes)
    if sent is None:
        return Outcome.FOREIGN
    failed = [one for one in failures if one.action == "failed" and one.status.startswith("5")]
    if failed:
        return _refused(*sent, failed[0], now)
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


def _sent_of(message: Message, boxes: Boxes) -> Sent | None:
    """The message of ours that a report gives back, whole or by its headers only."""
    for part in message.walk():
        if part is message:
            continue
        text = str(part["Message-ID"] or "")
        if part.get_content_type() == "text/rfc822-headers":
            given = part.get_payload(decode=True)
            text = given.decode("utf-8", "replace") if isinstance(given, bytes) else ""
        if (found := OURS.search(text)) and (sent := _known(found, boxes)) is not None:
            return sent
    return None


def _known(found: "re.Match[str]", boxes: Boxes) -> Sent | None:
    for box in boxes:
        mail = box.model._default_manager.filter(pk=int(found[2])).first() if box.sort == found[1] else None
        if mail is not None and box.identity(mail) == found[0]:
            return box, mail
    return None


@transaction.atomic
def _refused(box: Box[Any], mail: Outgoing, failure: Failure, now: datetime) -> Outcome:
    """The address of our message, whatever the report calls it: it may have been forwarded."""
    told = words(f"{failure.status} {failure.diagnostic}".strip())
    taken = box.model._default_manager.filter(pk=mail.pk, state=State.REMIS)
    if not taken.update(state=State.REFUSE, reply=told):
        return Outcome.KNOWN
    box.refused(mail, told, now)
    return Outcome.REFUSED
