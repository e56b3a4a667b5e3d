"""Remarks on an action, a decision, a convention: said, resolved, opened again."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from ancrage.people.models import Person
from ancrage.web.space.atelier.forms import by_of, seen
from ancrage.web.space.atelier.pieces import page_about
from ancrage.web.space.atelier.shared import Inside, enter, row_of
from ancrage.web.space.doors import signed_in
from ancrage.workspace.models import Comment
from ancrage.workspace.models.parts import InAtelier
from ancrage.workspace.remarks import SAID_OF, comment, discussion, reopen, resolve

LONGEST = 4000


def said_of(inside: Inside, row: InAtelier, *others: UUID) -> dict[str, Any]:
    """What a page shows of the remarks on a row: them, and the people named there (``others`` too)."""
    found = discussion(Comment.objects.filter(about=row.pk, retired_at=None), on=inside.on)
    spoke = {one.author for one in found.all} | set(others)
    return {"remarks": found, "people": Person.objects.select_related("identity").in_bulk(spoke)}


@require_POST
@signed_in
def saying(request: HttpRequest, atelier: UUID, kind: str, identity: UUID) -> HttpResponse:
    """Say something of what is written."""
    inside = enter(request, atelier)
    if kind not in SAID_OF:
        raise Http404("nothing is said of that")
    row = row_of(SAID_OF[kind], inside, identity)
    comment(by_of(request), row, request.POST.get("texte", "").strip()[:LONGEST])
    return redirect(page_about(atelier, row) + "#dit")


@require_POST
@signed_in
def resolving(request: HttpRequest, atelier: UUID, identity: UUID) -> HttpResponse:
    """Say that a remark is resolved, or that it is not after all."""
    row = row_of(Comment, enter(request, atelier), identity)
    if row.about_kind not in SAID_OF:
        raise Http404("a finding is not resolved")
    do = reopen if request.POST.get("resolu") == "non" else resolve
    do(by_of(request), row, seen(request))
    about = SAID_OF[row.about_kind]._default_manager.get(pk=row.about)
    return redirect(page_about(atelier, about) + "#dit")
