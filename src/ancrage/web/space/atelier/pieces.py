"""Documents joined to what is written: given, listed, given back to who may read them."""

import secrets
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.errors import WorkspaceFileError
from ancrage.people.acts import Act as Right
from ancrage.web.space.atelier.fields import Field, line
from ancrage.web.space.atelier.forms import Form, answer, by_of, seen
from ancrage.web.space.atelier.shared import Inside, enter, row_of, rows_of, told
from ancrage.web.space.doors import signed_in
from ancrage.workspace.attaching import JOINED, attach, concerned, content_of, take_away
from ancrage.workspace.documents import ACCEPTED, LONGEST_NAME, Given, checked
from ancrage.workspace.door import By
from ancrage.workspace.models import Attachment
from ancrage.workspace.models.parts import InAtelier

CLOSED = "default-src 'none'; sandbox"


def document(name: str, label: str) -> Field:
    """A file; what it is is read from its bytes."""
    return Field(name, label, "file", lambda _posted, _name: None, help=f"{ACCEPTED} Quatre Mo au plus.")


def given(request: HttpRequest, name: str, *, required: bool = True) -> Given | None:
    """The document of a form. Raises :class:`WorkspaceFileError` for one that is not accepted, or missing."""
    file = request.FILES.get(name)
    if file is None:
        if required:
            raise WorkspaceFileError("Aucun fichier n’a été choisi.", ACCEPTED)
        return None
    return checked((file.name or "")[: 4 * LONGEST_NAME], file.read())


def served(filename: str, mime: str, written: bytes) -> HttpResponse:
    """A document to save: no browser opens it in a page of this site."""
    content = HttpResponse(written, content_type=mime)
    content["Content-Disposition"] = content_disposition_header(True, filename)
    content["Content-Security-Policy"] = CLOSED
    content["X-Content-Type-Options"] = "nosniff"
    return content


def pieces_of(inside: Inside, *about: InAtelier) -> list[Attachment]:
    """The documents joined to some rows, on the day that is read."""
    wanted = {one.pk for one in about}
    if inside.past:
        return [one for one in rows_of(Attachment, inside) if one.about in wanted]
    found = Attachment.objects.filter(atelier=inside.atelier, about__in=wanted, retired_at=None)
    return list(found)


@require_safe
@signed_in
def index(request: HttpRequest, atelier: UUID) -> HttpResponse:
    """Every document of the atelier, with what it is joined to."""
    inside = enter(request, atelier)
    found = [(one, named(one), page_of(inside, one)) for one in rows_of(Attachment, inside)]
    around = told(inside, pieces=found, token=secrets.token_urlsafe(16), may_take=_may_take(inside))
    return render(request, "space/atelier/pieces.html.j2", around)


def _may_take(inside: Inside) -> Any:
    def may_take(one: Attachment) -> bool:
        return inside.may(Right.ATTACH, concerned(JOINED[one.about_kind].objects.get(pk=one.about)))

    return may_take


def named(one: Attachment) -> str:
    """What a document is joined to, in words."""
    about = JOINED[one.about_kind].objects.get(pk=one.about)
    told_name = getattr(about, "title", "") or getattr(about, "label", "") or getattr(about, "body", "")
    return f"{about._meta.verbose_name} « {told_name} »"


def page_of(inside: Inside, one: Attachment) -> str:
    """The page of what a document is joined to."""
    about = JOINED[one.about_kind].objects.get(pk=one.about)
    return page_about(inside.atelier.pk, about)


def page_about(atelier: UUID, about: InAtelier) -> str:
    """The page of a row, or of the action it belongs to."""
    if about.kind() == "convention":
        return reverse("atelier-convention", args=[atelier, about.pk])
    action = about.pk if about.kind() == "action" else getattr(about, "action_id", None)
    if action:
        return reverse("atelier-action", args=[atelier, action])
    return reverse("atelier-decision", args=[atelier, about.pk])


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def joining(request: HttpRequest, atelier: UUID, kind: str, identity: UUID) -> HttpResponse:
    """Join a document to an action, a decision, a contribution or a convention."""
    inside = enter(request, atelier)
    if kind not in JOINED:
        raise Http404("nothing is joined to that")
    about = row_of(JOINED[kind], inside, identity)
    form = Form(
        "Joindre un document",
        [
            line(
                "title",
                "Ce que c’est",
                required=True,
                help="Délibération, devis, attestation… Pas de nom de personne : le journal ne s’efface pas.",
            ),
            document("fichier", "Fichier"),
        ],
        "Joindre",
        page_about(atelier, about),
    )

    def do(by: By, said: dict[str, Any]) -> None:
        found = given(request, "fichier")
        if found is not None:
            attach(by, about, said["title"], found)

    return answer(request, form, do, around=told(inside))


@require_safe
@signed_in
def content(request: HttpRequest, atelier: UUID, identity: UUID) -> HttpResponse:
    """A document, to who may read the atelier."""
    row = row_of(Attachment, enter(request, atelier), identity)
    if row.retired_at is not None:
        raise Http404("taken away")
    return served(row.filename, row.mime, content_of(row))


@require_POST
@signed_in
def taking(request: HttpRequest, atelier: UUID, identity: UUID) -> HttpResponse:
    """Take a document away."""
    row = row_of(Attachment, enter(request, atelier), identity)
    take_away(by_of(request), row, seen(request))
    return redirect("atelier-pieces", atelier)
