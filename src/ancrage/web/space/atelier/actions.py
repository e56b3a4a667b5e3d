"""An action: its page, its form, its state, its steps, what is said of it."""

import secrets
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.desk.opened import opened, today
from ancrage.errors import InvalidQuestionError
from ancrage.journal.past import history
from ancrage.levers.catalogue import read_levers
from ancrage.people.acts import Act as Right
from ancrage.people.models import Nature, Organisation
from ancrage.people.registered import population_of_body
from ancrage.questions.question import Asking
from ancrage.reports.aids import wording
from ancrage.web.space.atelier.beginning import BEGUN, begin, begin_with_aid, begin_with_steps, start_of
from ancrage.web.space.atelier.cases import live_case, origin_of, readings_of
from ancrage.web.space.atelier.courses import course_of, drawing
from ancrage.web.space.atelier.fields import Field, area, chosen, day, line, numbers
from ancrage.web.space.atelier.forms import Form, answer, by_of, seen
from ancrage.web.space.atelier.pieces import pieces_of
from ancrage.web.space.atelier.places import places
from ancrage.web.space.atelier.plan import tool_choices
from ancrage.web.space.atelier.remarks import said_of
from ancrage.web.space.atelier.shared import (
    Inside,
    choices,
    enter,
    mine,
    organisations,
    row_of,
    rows_of,
    told,
)
from ancrage.web.space.doors import signed_in
from ancrage.workspace.attaching import concerned
from ancrage.workspace.consulting import about
from ancrage.workspace.door import By
from ancrage.workspace.financing import plans_of
from ancrage.workspace.giving import ACCOUNTS, Check, checks, total
from ancrage.workspace.models import Action, Consulted, FinancingPlan, Letter, Objective, Step
from ancrage.workspace.plan import (
    add_objective,
    add_step,
    edit_action,
    edit_step,
    move,
    piloted,
    propose,
)
from ancrage.workspace.proposals import aids_for, supports_near
from ancrage.workspace.reading import Plan, read_plan
from ancrage.workspace.starting import Start
from ancrage.workspace.states import ARROWS, State

NO_OBJECTIVE = "cet objectif n’est pas dans le plan, ou n’y est plus : choisissez-en un dans la liste"


def _fields(inside: Inside, first: bool) -> list[Field]:
    goals = [
        (str(one.pk), one.title) for one in Objective.objects.filter(atelier=inside.atelier, retired_at=None)
    ]
    above = chosen("objective_id", "Objectif", goals, required=bool(goals) or not first)
    named = line("objective_title", "Objectif", required=True, help="À quoi sert l’action, en une phrase.")
    return [
        above if goals or not first else named,
        line("title", "Intitulé de l’action", required=True),
        area("description", "Ce qui est fait", longest=8000),
        numbers("tools", "Outils du rapport", tool_choices()),
        chosen("pilot", "Pilote", choices(organisations(inside))),
        day("begin", "Début"),
        day("end", "Fin"),
        places("places", "Lieux"),
        line("publics", "Publics", longest=500),
        *(BEGUN if first and not goals and inside.may(Right.INVITE) else ()),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def writing(request: HttpRequest, atelier: UUID, identity: UUID | None = None) -> HttpResponse:
    """Propose an action, from nothing or from a tool; or change one."""
    inside = enter(request, atelier)
    row = row_of(Action, inside, identity) if identity else None
    back = reverse("atelier-action", args=[atelier, row.pk]) if row else reverse("atelier", args=[atelier])
    form = Form(
        "Changer l’action" if row else "Proposer une action",
        _fields(inside, first=row is None),
        "Enregistrer" if row else "Proposer l’action",
        back,
    )
    start = _started_from(request, form) if row is None else None
    if row is None:
        form.values["pilot"] = _own(inside)

    def do(by: By, said: dict[str, Any]) -> str:
        if row is not None:
            objective = _objective(by, inside, said, kept=row.objective_id)
            edit_action(by, row, seen(request), objective_id=objective.pk, **said)
            return back
        begun = {one.name: said.pop(one.name, None) for one in BEGUN}
        with transaction.atomic():
            origin = start.origin if start else ""
            made = propose(by, _objective(by, inside, said), origin=origin, **said)
            begin(request, by, inside, made, begun)
            if start and start.aid:
                begin_with_aid(by, made, start)
            if start and start.steps:
                begin_with_steps(inside, by, made, start)
        return reverse("atelier-action", args=[atelier, made.pk])

    return answer(request, form, do, row=row, around=told(inside))


def _own(inside: Inside) -> str:
    """The organisation of the atelier the reader answers for, when there is one only."""
    own = [str(one.pk) for one in organisations(inside) if str(one.pk) in mine(inside)]
    return own[0] if len(own) == 1 else ""


def _started_from(request: HttpRequest, form: Form) -> Start | None:
    """Fill a form with what the address says the action is started from."""
    start = start_of(request)
    if start is None:
        return None
    form.intro = f"Commencée depuis : {start.told}. Tout se change ici."
    form.values = {
        "title": start.title,
        "tools": [str(number) for number in start.tools],
        "description": start.description,
        "objective_title": start.objective,
        "places": request.GET.get("territoire", "")[:40],
    }
    return start


def _objective(by: By, inside: Inside, said: dict[str, Any], *, kept: UUID | None = None) -> Objective:
    """The objective chosen, or a first one written with the first action; ``kept`` is never refused.

    Raises :class:`InvalidQuestionError` for one that the plan does not hold, or no longer: the form stays.
    """
    if title := said.pop("objective_title", None):
        return add_objective(by, inside.atelier, title=title)
    asked = said.pop("objective_id")
    found = Objective.objects.filter(pk=asked, atelier=inside.atelier).first()
    if found is None or (found.retired_at and found.pk != kept):
        raise InvalidQuestionError([("objectif", NO_OBJECTIVE)])
    return found


@require_safe
@signed_in
def show(request: HttpRequest, atelier: UUID, identity: UUID) -> HttpResponse:
    """An action: what, who, when, money, aids, what is said of it, all that was done to it."""
    inside = enter(request, atelier)
    plan = read_plan(inside.atelier, on=inside.on, past=inside.past)
    row = next((one for one in plan.actions if one.pk == identity), None)
    if row is None:
        raise Http404("no such action that day")
    objective = next(one for one in plan.objectives if one.pk == row.objective_id)
    row.objective = objective
    lines = history(row)
    now = opened()
    asking = Asking(now, now.today, paged=True)
    pilot = plan.organisations.get(row.pilot) if row.pilot else None
    around = told(
        inside,
        plan=plan,
        action=row,
        state=State(row.state),
        objective=objective,
        balance=plan.balance(row),
        checks=_checks(plan, row),
        given=total(plan.contributions.get(row.pk, ())),
        accounts=ACCOUNTS,
        about=piloted(row),
        mine=mine(inside),
        arrows=[one for one in ARROWS[State(row.state)] if inside.may(one.right, piloted(row))],
        catalogue=read_levers(),
        proposals=None if inside.past else aids_for(row, inside.atelier, pilot, asking),
        help=None if inside.past else supports_near(row, inside.atelier, asking),
        consulted=_consulted(inside, row),
        letters=Letter.choices,
        case=(case := live_case(row)),
        readings=readings_of(row, case),
        came_from=origin_of(row),
        is_purchase=about(row) is not None,
        financings=plans_of(rows_of(FinancingPlan, inside), row.pk),
        pieces=pieces_of(inside, row, *plan.contributions.get(row.pk, ())),
        joining=inside.may(Right.ATTACH, concerned(row)),
        **said_of(inside, row, *(one.actor for one in lines)),
        decided=[one for one in plan.decisions if str(row.pk) in one.actions],
        aw=wording,
        course=course_of,
        drawing=drawing,
        edit_measure=lambda one: reverse("atelier-measure", args=[atelier, one.indicator_id, one.pk]),
        history=[one for one in lines if one.at.date() <= inside.on],
        today=today(),
        first=row.created_at.date(),
        token=secrets.token_urlsafe(16),
    )
    return render(request, "space/atelier/action.html.j2", around)


def _consulted(inside: Inside, row: Action) -> list[Consulted]:
    """Who was chosen for it, as they stood that day."""
    return [one for one in rows_of(Consulted, inside) if one.action_id == row.pk]


def _checks(plan: Plan, action: Action) -> dict[UUID, list[Check]]:
    """What the texts ask of each contribution."""
    found = plan.contributions.get(action.pk, ())
    return {
        one.pk: list(checks(one, giver, _people_of(giver)))
        for one in found
        for giver in [plan.organisations.get(one.giver)]
    }


def _people_of(giver: Organisation | None) -> int | None:
    """The population of a commune that gives."""
    if giver is None or giver.nature != Nature.COMMUNE:
        return None
    return population_of_body(opened(), giver.siren)


@require_POST
@signed_in
def moving(request: HttpRequest, atelier: UUID, identity: UUID) -> HttpResponse:
    """Follow an arrow."""
    row = row_of(Action, enter(request, atelier), identity)
    move(by_of(request), row, seen(request), request.POST.get("vers", "")[:20])
    return redirect("atelier-action", atelier, identity)


STEP = [line("title", "Intitulé", required=True), day("due", "Échéance"), day("done_on", "Faite le")]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def step(request: HttpRequest, atelier: UUID, action: UUID, identity: UUID | None = None) -> HttpResponse:
    """Write or change a step."""
    inside = enter(request, atelier)
    owner = row_of(Action, inside, action)
    row = row_of(Step, inside, identity) if identity else None
    form = Form(
        f"Une étape de « {owner.title} »",
        STEP,
        "Enregistrer",
        reverse("atelier-action", args=[atelier, action]),
    )

    def do(by: By, said: dict[str, Any]) -> None:
        if row is not None:
            edit_step(by, row, seen(request), **said)
        else:
            add_step(by, owner, **said)

    return answer(request, form, do, row=row, around=told(inside))
