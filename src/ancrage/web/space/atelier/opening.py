"""The ateliers of a person, and opening one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from ancrage.desk.asking import territory_of
from ancrage.desk.opened import opened, today
from ancrage.errors import AncrageError
from ancrage.people.actors import actor_of
from ancrage.people.acts import Act as Right
from ancrage.people.models import Membership, Organisation
from ancrage.people.registered import siren_of_body
from ancrage.people.rights import may
from ancrage.reasoning import Verdict
from ancrage.territories.territory import Territory
from ancrage.web.space.atelier.beginning import asked_again, start_of
from ancrage.web.space.atelier.fields import choice, line
from ancrage.web.space.atelier.forms import Form, answer
from ancrage.web.space.atelier.plan import tool_choices
from ancrage.web.space.doors import signed_in, who
from ancrage.workspace.ateliers import open_atelier, those_of
from ancrage.workspace.contracting import entrusted
from ancrage.workspace.door import By, thing
from ancrage.workspace.pooling import unanswered
from ancrage.workspace.starting import STARTS


@require_safe
@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """The ateliers where one holds a role."""
    actor = actor_of(who(request))
    ateliers = those_of(actor, on=today())
    found = {
        "ateliers": ateliers,
        "entrusted": entrusted(actor, on=today()),
        "invited": unanswered(ateliers, on=today()),
    }
    return render(request, "space/atelier/index.html.j2", found)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def opening(request: HttpRequest) -> HttpResponse:
    """Open an atelier on a territory, for one's organisation."""
    person = who(request)
    mine = Organisation.objects.filter(
        pk__in=Membership.objects.filter(person=person, retired_at=None, until=None).values("organisation")
    ).order_by("name")
    here = _named(request.GET.get("territoire", ""))
    if not mine.exists():
        return _an_organisation_first(request, here)
    form = Form(
        "Ouvrir un atelier",
        [
            line("name", "Nom de l’atelier", longest=200, required=True),
            line(
                "territory",
                "Territoire",
                required=True,
                help="Une commune, une intercommunalité, un département… par son nom ou son code.",
            ),
            choice("organisation", "Au nom de", [(str(one.pk), one.name) for one in mine]),
            choice(
                "tool", "Commencer par une action tirée d’un outil du rapport", (("", "–"), *tool_choices())
            ),
        ],
        "Ouvrir l’atelier",
        reverse("ateliers"),
        intro="Un atelier réunit un territoire et ses partenaires autour d’un plan. Rien n’y est public.",
    )
    start = start_of(request)
    form.values = {"tool": request.GET.get("outil", "")[:2]}
    if start and not start.origin.startswith("outil:"):
        # The tool would be one start more.
        form.fields = form.fields[:-1]
        form.intro = f"{form.intro} La première action y partira de : {start.told}."
    if here is not None:
        form.values |= {"territory": _told(here), "name": f"Agir ensemble, {here.name}"}

    def do(by: By, said: dict[str, Any]) -> str:
        now = opened()
        territory = territory_of(now, said["territory"], on=now.today)
        organisation = mine.get(pk=said["organisation"])
        made = open_atelier(by, person, organisation, said["name"], territory)
        again = asked_again(request)
        if said.get("tool"):
            again = {"outil": said["tool"]}
        if set(again) & set(STARTS):
            return f"{reverse('atelier-action-new', args=[made.pk])}?{urlencode(again)}"
        return reverse("atelier", args=[made.pk])

    return answer(request, form, do)


@require_safe
@signed_in
def beginning(request: HttpRequest) -> HttpResponse:
    """Lead who comes from a public page to the form of an action: in the atelier that is hers, or chosen."""
    now = today()
    actor = actor_of(who(request))
    held = [
        one
        for one in those_of(actor, on=now)
        if may(actor, Right.PROPOSE, thing(one.pk), on=now).verdict is Verdict.OUI
    ]
    start, again = start_of(request), urlencode(asked_again(request))
    if not held:
        return redirect(f"{reverse('atelier-open')}?{again}")
    if len(held) == 1:
        return redirect(f"{reverse('atelier-action-new', args=[held[0].pk])}?{again}")
    told = {"ateliers": held, "start": start, "again": again}
    return render(request, "space/atelier/begin.html.j2", told)


def _named(code: str) -> Territory | None:
    """The territory of an address that leads here; none for one that is not, or no longer, there."""
    now = opened()
    try:
        return territory_of(now, code, on=now.today) if code else None
    except AncrageError:
        return None


def _told(territory: Territory) -> str:
    """What stands in the field: the name, or the code where several places have that name."""
    again = _named(territory.name)
    return territory.name if again and again.code == territory.code else str(territory.code)


def _an_organisation_first(request: HttpRequest, here: Territory | None) -> HttpResponse:
    """Lead to the organisation of the territory one comes from, then back; to any other from there."""
    there = {"next": request.get_full_path()}
    if siren := siren_of_body(opened(), str(here.code)) if here else "":
        return redirect(f"{reverse('organisation-choose')}?{urlencode({'code': siren} | there)}")
    return render(request, "space/atelier/no_organisation.html.j2", {"here_again": there["next"]})
