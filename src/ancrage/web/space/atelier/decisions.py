"""Decisions of an atelier."""

import secrets
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.desk.opened import today
from ancrage.language.days import short_day
from ancrage.people.acts import Act as Right
from ancrage.people.models import Organisation
from ancrage.web.space.atelier.fields import Field, area, choice, chosen, day, identities, line, yes
from ancrage.web.space.atelier.forms import Form, answer, by_of, seen
from ancrage.web.space.atelier.pieces import pieces_of
from ancrage.web.space.atelier.remarks import said_of
from ancrage.web.space.atelier.shared import (
    Inside,
    choices,
    enter,
    organisations,
    row_of,
    rows_of,
    told,
)
from ancrage.web.space.doors import signed_in
from ancrage.workspace.attaching import concerned
from ancrage.workspace.deciding import (
    REPLACES,
    adopt,
    edit_decision,
    replaceable,
    speak,
    voters,
    write_decision,
)
from ancrage.workspace.door import By
from ancrage.workspace.models import Action, Decision, Voice
from ancrage.workspace.reading import read_plan


def _fields(inside: Inside, itself: UUID | None) -> list[Field]:
    actions = Action.objects.filter(atelier=inside.atelier, retired_at=None)
    before = [(str(one.pk), _called(one)) for one in replaceable(inside.atelier.pk, itself=itself)]
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
        *([chosen("replaces_id", REPLACES, before)] if before else ()),
    ]


def _called(one: Decision) -> str:
    """A decision among others: who took it, when, how it begins."""
    text = " ".join(one.text.split())
    return f"{one.body}, {short_day(one.on)} : {text[:80]}{'…' if len(text) > 80 else ''}"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def decision(request: HttpRequest, atelier: UUID, identity: UUID | None = None) -> HttpResponse:
    """Write a decision, or change one that is not adopted."""
    inside = enter(request, atelier)
    row = row_of(Decision, inside, identity) if identity else None
    back = reverse("atelier", args=[atelier]) + "#decisions"
    form = Form("Une décision", _fields(inside, identity), "Enregistrer", back)
    form.values = {"on": str(today()), "replaces_id": request.GET.get("remplace", "")[:36]}

    def do(by: By, said: dict[str, Any]) -> None:
        if row is not None:
            edit_decision(by, row, seen(request), **said)
        else:
            write_decision(by, inside.atelier, **said)

    return answer(request, form, do, row=row, around=told(inside))


@require_safe
@signed_in
def show(request: HttpRequest, atelier: UUID, identity: UUID) -> HttpResponse:
    """A decision: its text, what was looked at, who was there, the actions it is about, what replaced it."""
    inside = enter(request, atelier)
    plan = read_plan(inside.atelier, on=inside.on, past=inside.past)
    row = next((one for one in plan.decisions if one.pk == identity), None)
    if row is None:
        raise Http404("no such decision that day")
    voices = [one for one in rows_of(Voice, inside) if one.decision_id == row.pk]
    closed = inside.past or row.adopted_at is not None
    own = frozenset() if closed else voters(inside.actor, inside.atelier.pk, on=inside.on)
    around = told(
        inside,
        plan=plan,
        decision=row,
        voices=voices,
        spoke=Organisation.objects.in_bulk([one.organisation for one in voices]),
        speaks=[one for one in organisations(inside) if str(one.pk) in own],
        actions=[one for one in plan.actions if str(one.pk) in row.actions],
        replaced=next((one for one in plan.decisions if one.pk == row.replaces_id), None),
        replacing=next((one for one in plan.decisions if one.replaces_id == row.pk), None),
        pieces=pieces_of(inside, row),
        joining=inside.may(Right.ATTACH, concerned(row)),
        **said_of(inside, row),
        today=today(),
        first=row.created_at.date(),
        token=secrets.token_urlsafe(16),
    )
    return render(request, "space/atelier/decision.html.j2", around)


@require_POST
@signed_in
def adopting(request: HttpRequest, atelier: UUID, identity: UUID) -> HttpResponse:
    """Adopt a decision."""
    inside = enter(request, atelier)
    adopt(by_of(request), row_of(Decision, inside, identity), seen(request))
    return redirect(reverse("atelier", args=[atelier]) + "#decisions")


VOICE = [
    choice("said", "Son avis", Voice.Said.choices),
    area("why", "Pourquoi", longest=2000, help="À dire pour une réserve ou un désaccord."),
]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def speaking(request: HttpRequest, atelier: UUID, identity: UUID, organisation: UUID) -> HttpResponse:
    """Say what one's organisation thinks of a decision that is not adopted yet."""
    inside = enter(request, atelier)
    row = row_of(Decision, inside, identity)
    if str(organisation) not in voters(inside.actor, atelier, on=inside.on):
        raise Http404("not one of the reader's, or one that does not say")
    name = Organisation.objects.get(pk=organisation).name
    said = Voice.objects.filter(decision=row, organisation=organisation, retired_at=None).first()
    back = reverse("atelier-decision", args=[atelier, identity])
    form = Form(f"L’avis de « {name} »", VOICE, "Enregistrer l’avis", back)
    form.intro = f"{row.body}, {short_day(row.on)} : {row.text}"

    def do(by: By, fields: dict[str, Any]) -> None:
        speak(by, row, organisation, seen(request), **fields)

    return answer(request, form, do, row=said, around=told(inside))
