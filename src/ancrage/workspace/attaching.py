"""Joining a document to what is written, and giving it back to who may read it."""

import hashlib
from uuid import UUID

from django.db.models import Sum

from ancrage.errors import BrokenJournalError, UnknownObjectError, WorkspaceFileError
from ancrage.journal.writing import Pen
from ancrage.people.acts import Act as Right
from ancrage.people.rights import Thing
from ancrage.workspace.documents import Given
from ancrage.workspace.door import By, allowed, carried_out, retired, thing
from ancrage.workspace.models import (
    Action,
    Attachment,
    Content,
    Contribution,
    Convention,
    ConventionText,
    Decision,
    Participation,
)
from ancrage.workspace.models.parts import InAtelier

MOST_TOGETHER = 200_000_000
"""Bytes of the documents of an atelier."""
JOINED: dict[str, type[InAtelier]] = {one.kind(): one for one in (Action, Decision, Contribution, Convention)}


def attach(by: By, about: InAtelier, title: str, given: Given) -> Attachment:
    """Join a document. Raises :class:`WorkspaceFileError` when the atelier holds too much already."""
    by = allowed(by, Right.ATTACH, concerned(about))
    row = Attachment(
        atelier_id=about.atelier_id,
        about_kind=about.kind(),
        about=about.pk,
        title=title,
        joined_by=by.act.on_behalf_of,
        filename=given.filename,
        mime=given.mime,
        size=len(given.written),
        digest=digest_of(given.written),
    )

    def do(pen: Pen) -> Attachment:
        keep(about.atelier_id, given.written)
        return pen.create(row)

    carried_out(by, "piece.jointe", about.atelier_id, do)
    return row


def take_away(by: By, row: Attachment, seen: int) -> Attachment:
    """Retire a document; its digest stays in the past."""
    about = JOINED[row.about_kind].objects.get(pk=row.about)
    by = allowed(by, Right.ATTACH, concerned(about))
    return retired(by, "piece.retiree", row, seen)


def concerned(about: InAtelier) -> Thing:
    """What a document is joined to, as rights see it: the organisations that it is about."""
    if isinstance(about, Action):
        parts = Participation.objects.filter(action=about, retired_at=None)
        named = {one.organisation for one in parts} | {about.pilot}
    elif isinstance(about, Contribution):
        named = {about.giver, about.receiver}
    elif isinstance(about, Convention):
        named = set(about.parties())
    else:
        named = {UUID(one) for one in getattr(about, "present", ())}
    return thing(about.atelier_id, concerns=[one for one in named if one])


def digest_of(written: bytes) -> str:
    """The SHA-256 of a document."""
    return hashlib.sha256(written).hexdigest()


def keep(atelier: UUID, written: bytes) -> None:
    """Keep the bytes of a document, once; inside a command."""
    digest = digest_of(written)
    if Content.objects.filter(atelier_id=atelier, digest=digest).exists():
        return
    held = [
        model.objects.filter(atelier=atelier).aggregate(all=Sum("size"))["all"] or 0
        for model in (Attachment, ConventionText)
    ]
    if sum(held) + len(written) > MOST_TOGETHER:
        raise WorkspaceFileError(
            "Les documents de cet atelier dépassent 200 Mo.", "Gardez celui-ci ailleurs, et dites où il est."
        )
    Content.objects.create(atelier_id=atelier, digest=digest, written=written)


def content_of(row: Attachment | ConventionText) -> bytes:
    """The bytes of a document. Raises :class:`UnknownObjectError` when they are not here, or not the same."""
    found = Content.objects.filter(atelier_id=row.atelier_id, digest=row.digest).first()
    written = bytes(found.written) if found else b""
    if found is None or digest_of(written) != row.digest:
        raise UnknownObjectError(f"contenu de « {row.filename} »")
    return written


def verify_documents() -> int:
    """Check that each document is the one the journal tells; gives how many are not in this base.

    Raises :class:`BrokenJournalError` for one whose bytes were changed.
    """
    kept = {
        (one.atelier_id, one.digest): digest_of(bytes(one.written)) == one.digest
        for one in Content.objects.iterator(20)
    }
    rows: list[Attachment | ConventionText] = [*Attachment.objects.all(), *ConventionText.objects.all()]
    for row in rows:
        if kept.get((row.atelier_id, row.digest)) is False:
            raise BrokenJournalError(f"Le fichier de {row.kind()} {row.pk} a été changé.")
    return sum((row.atelier_id, row.digest) not in kept for row in rows)
