"""The plan of an atelier: read now or as it was, its objectives, its partnership."""

import secrets
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.desk.opened import today
from ancrage.levers.catalogue import read_levers
from ancrage.people.acts import Act as Right
from ancrage.web.space.atelier.alike import cases_alike
from ancrage.web.space.atelier.fields import Choices, Field, area, chosen, day, line, numbers
from ancrage.web.space.atelier.forms import Form, answer, by_of, seen
from ancrage.web.space.atelier.shared import Inside, enter, mine, organisations, row_of, told
from ancrage.web.space.doors import signed_in
from ancrage.workspace.deciding import account
from ancrage.workspace.deed_reading import read_book
from ancrage.workspace.door import By
from ancrage.workspace.filing import filed
from ancrage.workspace.models import Action, Agreement, Engagement, Objective
from ancrage.workspace.partnership import agree, engage, rewrite
from ancrage.workspace.plan import add_objective, edit_objective
from ancrage.workspace.reading import Plan, read_plan
from ancrage.workspace.waiting import waiting_for


@require_safe
@signed_in
def show(request: HttpRequest, atelier: UUID) -> HttpResponse:
    """The plan, and what waits for who reads it."""
    inside = enter(request, atelier)
    plan = read_plan(inside.atelier, on=inside.on, past=inside.past, marks=inside.marks)
    own, here = mine(inside), organisations(inside)
    book = plan.once("book", lambda: read_book(inside.atelier, on=inside.on, past=inside.past))
    around = told(
        inside,
        plan=plan,
        waiting=() if inside.past else plan.once(("waiting", own), lambda: waiting_for(plan, own)),
        book=book,
        to_sign=() if inside.past else book.awaited(own),
        mine=own,
        own_organisations=[one for one in here if str(one.pk) in own],
        own_files=[
            one
            for one in here
            if str(one.pk) in own and one.siren and inside.may(Right.READ_FILE, filed(atelier, one.siren))
        ],
        agreed={one.organisation for one in plan.agreements if _current(plan, one)},
        address_of=_addresses(atelier),
        catalogue=read_levers(),
        account=plan.once("account", lambda: account(plan.decisions, plan.actions, plan.organisations)),
        alike=cases_alike(inside),
        today=today(),
        first=inside.atelier.created_at.date(),
        token=secrets.token_urlsafe(16),
    )
    return render(request, "space/atelier/plan.html.j2", around)


def _addresses(atelier: UUID) -> Callable[[Action], str]:
    """The address of each action of an atelier: looked for once, a plan may hold hundreds."""
    nobody = UUID(int=0)
    before, after = reverse("atelier-action", args=[atelier, nobody]).split(str(nobody))
    return lambda action: f"{before}{action.pk}{after}"


def _current(plan: Plan, agreement: Agreement) -> bool:
    return plan.engagement is not None and agreement.engagement_version == plan.engagement.version


def lever_choices() -> Choices:
    """The six levers."""
    return [(str(one.number), f"{one.number}. {one.name}") for one in read_levers().levers]


def tool_choices() -> Choices:
    """The nineteen tools."""
    return [(str(number), f"{number}. {one.name}") for number, one in read_levers().tools.items()]


def _objective_fields(inside: Inside, itself: Objective | None) -> list[Field]:
    above = Objective.objects.filter(atelier=inside.atelier, parent=None, retired_at=None)
    if itself is not None:
        above = above.exclude(pk=itself.pk)
    return [
        line("title", "Intitulé", required=True),
        area("need", "Besoin constaté", help="Ce que montre le diagnostic, ce que disent les structures."),
        numbers("levers", "Leviers", lever_choices()),
        chosen("parent_id", "Dans l’objectif", [(str(one.pk), one.title) for one in above]),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def objective(request: HttpRequest, atelier: UUID, identity: UUID | None = None) -> HttpResponse:
    """Write or change an objective."""
    inside = enter(request, atelier)
    row = row_of(Objective, inside, identity) if identity else None
    form = Form(
        "Changer l’objectif" if row else "Écrire un objectif",
        _objective_fields(inside, row),
        "Enregistrer",
        reverse("atelier", args=[atelier]),
    )

    def do(by: By, said: dict[str, Any]) -> None:
        if row is not None:
            edit_objective(by, row, seen(request), **said)
        else:
            add_objective(by, inside.atelier, **said)

    return answer(request, form, do, row=row, around=told(inside))


ENGAGEMENT = [
    area("purpose", "Raison d’être", required=True, help="Pourquoi ces organisations agissent ensemble."),
    day("begin", "Début", required=True),
    day("end", "Fin", required=True),
    area("governance", "Gouvernance", required=True, help="Qui décide, comment, à quel rythme."),
    area("evaluation", "Évaluation prévue", required=True, help="Ce qui sera mesuré, par qui, quand."),
]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def engagement(request: HttpRequest, atelier: UUID) -> HttpResponse:
    """Write or change what partners agree to."""
    inside = enter(request, atelier)
    row = Engagement.objects.filter(atelier=inside.atelier, retired_at=None).first()
    form = Form(
        "L’engagement de partenariat",
        ENGAGEMENT,
        "Enregistrer",
        reverse("atelier", args=[atelier]),
        intro="Changer ce texte demande à chaque organisation de redonner son accord." if row else "",
    )

    def do(by: By, said: dict[str, Any]) -> None:
        if row is not None:
            rewrite(by, row, seen(request), **said)
        else:
            engage(by, inside.atelier, **said)

    return answer(request, form, do, row=row, around=told(inside))


@require_POST
@signed_in
def agreeing(request: HttpRequest, atelier: UUID) -> HttpResponse:
    """Agree, for one's organisation, to the engagement as it was seen."""
    inside = enter(request, atelier)
    row = Engagement.objects.filter(atelier=inside.atelier, retired_at=None).first()
    organisation = request.POST.get("organisation", "")
    if row is None or organisation not in mine(inside):
        raise Http404("nothing to agree to, or not for this organisation")
    agree(by_of(request), row, seen(request), UUID(organisation))
    return redirect("atelier", atelier)
