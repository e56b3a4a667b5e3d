"""Decisions of an atelier."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from ancrage.desk.opened import today
from ancrage.web.space.atelier.fields import Field, area, choice, day, identities, line, yes
from ancrage.web.space.atelier.forms import Form, answer, by_of, seen
from ancrage.web.space.atelier.shared import Inside, choices, enter, organisations, row_of, told
from ancrage.web.space.doors import signed_in
from ancrage.workspace.deciding import adopt, edit_decision, write_decision
from ancrage.workspace.door import By
from ancrage.workspace.models import Action, Decision


def _fields(inside: Inside) -> list[Field]:
    actions = Action.objects.filter(atelier=inside.atelier, retired_at=None)
    return [
        line("body", "Instance", longest=200, required=True, help="Comité de pilotage, bureau, conseil…"),
        day("on", "Jour", required=True),
        area("text", "Ce qui est décidé", longest=8000, required=True),
        area("options", "Options examinées"),
        choice("mode", "Modalité", Decision.Mode.choices),
        area("reasons", "Motifs"),
        identities("present", "Organisations présentes", choices(organisations(inside))),
        yes("inhabitants", "Des habitants y ont pris part"),
        identities("actions", "Actions créées ou changées", [(str(one.pk), one.title) for one in actions]),
        day("review_on", "À revoir le"),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def decision(request: HttpRequest, atelier: UUID, identity: UUID | None = None) -> HttpResponse:
    """Write a decision, or change one that is not adopted."""
    inside = enter(request, atelier)
    row = row_of(Decision, inside, identity) if identity else None
    back = reverse("atelier", args=[atelier]) + "#decisions"
    form = Form("Une décision", _fields(inside), "Enregistrer", back)
    form.values = {"on": str(today())}

    def do(by: By, said: dict[str, Any]) -> None:
        if row is not None:
            edit_decision(by, row, seen(request), **said)
        else:
            write_decision(by, inside.atelier, **said)

    return answer(request, form, do, row=row, around=told(inside))


@require_POST
@signed_in
def adopting(request: HttpRequest, atelier: UUID, identity: UUID) -> HttpResponse:
    """Adopt a decision."""
    inside = enter(request, atelier)
    adopt(by_of(request), row_of(Decision, inside, identity), seen(request))
    return redirect(reverse("atelier", args=[atelier]) + "#decisions")
