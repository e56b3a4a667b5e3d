"""Letting anybody read an action: what is said of it, the very page that will be public, then publishing."""

import secrets
from dataclasses import replace
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from ancrage.cases.case import SORTS, STAGES, Case, Sort
from ancrage.cases.shelf import known
from ancrage.desk.opened import today
from ancrage.errors import InvalidQuestionError
from ancrage.grid.criteria import criteria
from ancrage.language.numbers import count
from ancrage.people.actors import refuse_unless
from ancrage.people.acts import Act as Right
from ancrage.people.rights import may
from ancrage.reports.cases.plans import describe_plans
from ancrage.reports.cases.sheet import sheet_of
from ancrage.web.space.atelier.fields import Field, amount, area, choice, day, line, number, numbers, yes
from ancrage.web.space.atelier.forms import Form, answer, by_of, seen
from ancrage.web.space.atelier.plan import tool_choices
from ancrage.web.space.atelier.shared import Inside, enter, row_of, told
from ancrage.web.space.doors import signed_in
from ancrage.workspace.comparing import plan_by_lever, publish_plan
from ancrage.workspace.door import By, thing
from ancrage.workspace.models import Action, CampaignReading, PublishedCase, PublishedPlan
from ancrage.workspace.published import ORIGIN, case_of, plan_of, read_cases
from ancrage.workspace.publishing import (
    correct_reading,
    publish,
    read_campaign,
    seen_before,
    unconfirmed,
    withdraw_case,
)
from ancrage.workspace.reading import read_plan

STEP, PUBLISHED = "etape", "publier"
INTRO = (
    "Ce texte pourra être lu de tous, sans compte, sur le site et son API. Il est figé : l’action peut "
    "changer ensuite, pas lui ; il se remplace ou se retire. Aucun nom de personne, aucune adresse, aucun "
    "téléphone : dites une fonction. L’écran suivant montre exactement ce qui sera public."
)
SHARED = (
    "Le nom des organisations publiques et de l’ESS qui prennent part, ce qu’elles apportent, l’argent et "
    "les apports confirmés des deux côtés. Demandez-leur d’abord leur accord : rien ne le fait ici."
)


def _fields(action: Action) -> list[Field]:
    waiting = unconfirmed(action)
    left = f" {count(waiting, 'participation')} à confirmer encore : elles n’y sont pas." if waiting else ""
    stages = (("", "–"), *((one.value, words) for one, words in STAGES.items()))
    grid = [(one.id, f"{one.number}. {one.label}") for one in criteria()]
    return [
        line("title", "Titre", required=True),
        area("text", "Ce qui est fait", longest=8000, required=True),
        area(
            "learnt", "Ce qui en a été appris", help="Ce qui a marché, ce qui a manqué, ce que vous referiez."
        ),
        line("publics", "Publics", longest=500),
        numbers("tools", "Outils", tool_choices()),
        Field(
            "criteria",
            "Critères de la grille",
            "many",
            lambda posted, name: posted.getlist(name),
            lambda value: list(value or ()),
            help="Ceux que l’action renforce.",
            choices=grid,
        ),
        replace(
            yes("shared", "Dire qui prend part et ce que chacun apporte"),
            help=SHARED + left,
        ),
        choice("sort", "Ce que c’est", [(one.value, SORTS[one]) for one in (Sort.ACTION, Sort.CAMPAIGN)]),
        replace(
            choice("stage", "Où en est la campagne", stages),
            heading="Pour une campagne de financement citoyen",
        ),
        amount("goal", "Objectif de la campagne"),
        day("ends", "Fin de la campagne"),
        line("link", "Page de la campagne", longest=500, help="Son adresse, en https://…"),
    ]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def publishing(request: HttpRequest, atelier: UUID, identity: UUID) -> HttpResponse:
    """Say what will be public, see it as it will be, then publish it."""
    inside = enter(request, atelier)
    row = row_of(Action, inside, identity)
    back = reverse("atelier-action", args=[atelier, identity])
    form = Form("Publier l’action", _fields(row), "Voir ce qui sera public", back, intro=INTRO)
    form.values = _begun(row)

    def do(by: By, said: dict[str, Any]) -> HttpResponse | str:
        if request.POST.get(STEP) == PUBLISHED:
            publish(by, row, **said)
            return back
        return _preview(request, inside, form, seen_before(by, row, **said))

    if request.POST.get(STEP) == "corriger":
        form.values, form.token = _typed(request, form), request.POST.get("jeton", "")[:64]
        return render(request, "space/atelier/form.html.j2", told(inside, form=form))
    return answer(request, form, do, around=told(inside))


def _begun(action: Action) -> dict[str, Any]:
    """What the form begins with: the last case of the action, or the action as it stands."""
    last = PublishedCase.objects.filter(action=action).first()
    kept = (
        {one.name: one.shown(getattr(last, one.name)) for one in _fields(action) if one.name != "shared"}
        if last
        else {}
    )
    return {
        "title": action.title,
        "text": action.description,
        "publics": action.publics,
        "tools": [str(one) for one in action.tools],
        **kept,
        "shared": ["oui"] if last and last.shares else [],
        "sort": last.sort if last else Sort.ACTION.value,
    }


def _typed(request: HttpRequest, form: Form) -> dict[str, Any]:
    return {
        one.name: request.POST.getlist(one.name) if one.kind == "many" else request.POST.get(one.name, "")
        for one in form.fields
    }


def _preview(request: HttpRequest, inside: Inside, form: Form, row: PublishedCase) -> HttpResponse:
    """The very page that will be public, and what was typed, carried along."""
    hidden = ("csrfmiddlewaretoken", STEP)
    posted = [
        (name, one) for name in request.POST if name not in hidden for one in request.POST.getlist(name)
    ]
    around = told(inside, form=form, posted=posted, s=sheet_of(case_of(row)), step=STEP)
    return render(request, "space/atelier/publish.html.j2", around)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def reading(request: HttpRequest, atelier: UUID, action: UUID, identity: UUID | None = None) -> HttpResponse:
    """Say what a campaign had gathered a day, and where it was read; or correct it."""
    inside = enter(request, atelier)
    refuse_unless(may(inside.actor, Right.PUBLISH, thing(atelier), on=today()))
    owner = row_of(Action, inside, action)
    row = row_of(CampaignReading, inside, identity) if identity else None
    form = Form(
        "Un relevé de la campagne",
        [
            day("on", "Jour du relevé", required=True),
            replace(amount("gathered", "Réuni ce jour-là"), required=True, help="En tout, depuis le début."),
            number("backers", "Personnes qui ont donné", help="Vide si on ne le sait pas."),
            line(
                "source", "Lu où", required=True, help="La page de la campagne, un courriel de la plateforme…"
            ),
            line("link", "Page où c’est lu", longest=500, help="Son adresse, en https://…"),
        ],
        "Enregistrer",
        reverse("atelier-action", args=[atelier, action]),
        values={"on": str(today())},
        intro=f"{owner.title} : ce relevé est public, avec le cas et dans le portrait du territoire.",
    )

    def do(by: By, said: dict[str, Any]) -> None:
        if said["backers"] is not None and said["backers"] != int(said["backers"]):
            raise InvalidQuestionError([("Personnes qui ont donné", "un nombre entier")])
        said["backers"] = None if said["backers"] is None else int(said["backers"])
        if row is not None:
            correct_reading(by, row, seen(request), **said)
        else:
            read_campaign(by, owner, **said)

    return answer(request, form, do, row=row, around=told(inside))


@require_POST
@signed_in
def withdrawing(request: HttpRequest, atelier: UUID, identity: UUID) -> HttpResponse:
    """Publish a case no more, with a reason."""
    row = row_of(PublishedCase, enter(request, atelier), identity)
    withdraw_case(by_of(request), row, seen(request))
    return redirect("atelier-action", atelier, row.action_id)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def publishing_plan(request: HttpRequest, atelier: UUID) -> HttpResponse:
    """See the plan by lever as others will, then publish it; or withdraw what is published."""
    inside = enter(request, atelier)
    plan = read_plan(inside.atelier, on=today())
    back = reverse("atelier", args=[atelier])
    if request.method == "POST":
        publish_plan(by_of(request), plan)
        return redirect(back)
    live = PublishedPlan.objects.filter(atelier=inside.atelier, retired_at=None).first()
    shown = plan_of(plan_by_lever(plan))
    around = told(
        inside,
        form=Form("", (), "", back),
        posted=[("jeton", secrets.token_urlsafe(16))],
        step=STEP,
        live=live,
        token=secrets.token_urlsafe(16),
        plan_only=True,
        s=describe_plans([shown]),
    )
    return render(request, "space/atelier/publish.html.j2", around)


@require_POST
@signed_in
def withdrawing_plan(request: HttpRequest, atelier: UUID) -> HttpResponse:
    """Publish the plan no more, with a reason."""
    inside = enter(request, atelier)
    row = PublishedPlan.objects.filter(atelier=inside.atelier, retired_at=None).first()
    if row is None:
        raise Http404("no plan is published")
    withdraw_case(by_of(request), row, seen(request))
    return redirect("atelier", atelier)


def live_case(action: Action) -> Case | None:
    """What anybody reads of an action today; nothing when it is not published."""
    row = PublishedCase.objects.filter(action_id=action.pk, retired_at=None).first()
    return next(iter(read_cases(str(row.pk))), None) if row else None


def readings_of(action: Action, case: Case | None) -> list[CampaignReading]:
    """What was read of the campaign of an action, by day; nothing of what is no campaign."""
    if case is None or case.campaign is None:
        return []
    return list(CampaignReading.objects.filter(action=action, retired_at=None).order_by("on"))


def origin_of(action: Action) -> Case | None:
    """The case an action was copied from, withdrawn or not."""
    kind, _, identity = action.origin.partition(":")
    return known(identity) if f"{kind}:" == ORIGIN or kind == "monographie" else None
