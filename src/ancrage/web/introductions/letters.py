"""The letters of an introduction, as a file to edit: for who asked."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from ancrage.desk.opened import today
from ancrage.introductions.answering import open_until
from ancrage.introductions.finding import sides_of
from ancrage.introductions.models import Side
from ancrage.reports.papers.invitation import Invited, Wish, invitation
from ancrage.web.space.doors import signed_in, who

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@require_safe
@signed_in
def letters(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:
    """A letter to each structure that was asked, whatever it answered; no detail of any of them."""
    from ancrage.reports.formats.docx import render_sheet_docx

    side = (
        sides_of(who(request), today())
        .filter(pk=identifier, asks=True)
        .select_related("introduction")
        .first()
    )
    if side is None:
        raise Http404("no such introduction")
    one = side.introduction
    asked = one.sides.filter(asks=False).order_by("name")
    wish = Wish(
        asker=_named(side),
        aim=one.get_aim_display(),
        subject=one.subject,
        words=one.words,
        on=timezone.localdate(one.asked_at),
        until=timezone.localdate(open_until(side)),
    )
    sheet = invitation(wish, [_named(each) for each in asked])
    answer = HttpResponse(render_sheet_docx(sheet), content_type=DOCX)
    answer["Content-Disposition"] = 'attachment; filename="invitations.docx"'
    return answer


def _named(side: Side) -> Invited:
    return Invited(side.name, side.code)
