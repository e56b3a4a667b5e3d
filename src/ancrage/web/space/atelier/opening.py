"""The ateliers of a person, and opening one."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from ancrage.desk.asking import territory_of
from ancrage.desk.opened import opened, today
from ancrage.people.actors import actor_of
from ancrage.people.models import Membership, Organisation
from ancrage.web.space.atelier.fields import choice, line
from ancrage.web.space.atelier.forms import Form, answer
from ancrage.web.space.doors import signed_in, who
from ancrage.workspace.ateliers import open_atelier, those_of
from ancrage.workspace.door import By


@require_safe
@signed_in
def index(request: HttpRequest) -> HttpResponse:
    """The ateliers where one holds a role."""
    found = those_of(actor_of(who(request)), on=today())
    return render(request, "space/atelier/index.html.j2", {"ateliers": found})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def opening(request: HttpRequest) -> HttpResponse:
    """Open an atelier on a territory, for one's organisation."""
    person = who(request)
    mine = Organisation.objects.filter(
        pk__in=Membership.objects.filter(person=person, retired_at=None, until=None).values("organisation")
    ).order_by("name")
    if not mine.exists():
        return render(request, "space/atelier/no_organisation.html.j2", {}, status=200)
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
        ],
        "Ouvrir l’atelier",
        reverse("ateliers"),
        intro="Un atelier réunit un territoire et ses partenaires autour d’un plan. Rien n’y est public.",
    )
    if request.method != "POST" and request.GET.get("territoire"):
        form.values = {"territory": request.GET["territoire"][:200]}

    def do(by: By, said: dict[str, Any]) -> str:
        now = opened()
        territory = territory_of(now, said["territory"], on=now.today)
        organisation = mine.get(pk=said["organisation"])
        made = open_atelier(by, person, organisation, said["name"], territory)
        return reverse("atelier", args=[made.pk])

    return answer(request, form, do)
