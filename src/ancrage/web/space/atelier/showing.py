"""What an atelier shows to all: structures that agreed in writing, local events."""

import secrets
from datetime import time
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.desk.opened import opened, today
from ancrage.errors import CeasedTerritoryError, UnknownTerritoryError
from ancrage.people.actors import refuse_unless
from ancrage.people.acts import Act as Right
from ancrage.people.rights import may
from ancrage.portrait.models import Appearance, LocalEvent
from ancrage.register.directory.cards import commune_names
from ancrage.territories.resolving import resolve
from ancrage.web.space.atelier.appearing import PUBLIC, WORDS
from ancrage.web.space.atelier.fields import Choices, Field, Unreadable, area, choice, day, line
from ancrage.web.space.atelier.forms import Form, answer, by_of, seen
from ancrage.web.space.atelier.shared import Inside, enter, told
from ancrage.web.space.atelier.structures import entered
from ancrage.web.space.doors import signed_in
from ancrage.workspace.appearing import announce, change_shown, note_agreement, noted_appearance, withdraw
from ancrage.workspace.door import By, thing

NOTED = [
    day("agreed_on", "Accord donné le", required=True),
    line(
        "proof",
        "Dans quel écrit, et où il est gardé",
        longest=500,
        required=True,
        help="Par exemple : bulletin d’accord signé, au service développement économique.",
    ),
    *WORDS,
]
HOUR = "écrivez une heure, par exemple 14:30"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def naming(request: HttpRequest, atelier: UUID, code: str) -> HttpResponse:
    """Note that a structure agreed in writing to be named, or change what is said of it."""
    inside, found = entered(request, atelier, code, Right.READ_FILE)
    _refuse(inside)
    row = noted_appearance(atelier, found.siren)
    form = Form(
        "Un accord pour paraître dans « L’ESS d’ici »",
        NOTED,
        "Enregistrer",
        reverse("atelier-structure", args=[atelier, found.siren]),
        values={"agreed_on": str(today())},
        intro=f"{found.name or found.siren} : son nom et ces textes seront publics.",
    )

    def do(by: By, said: dict[str, Any]) -> None:
        if row is not None:
            change_shown(by, row, seen(request), **said)
        else:
            note_agreement(by, atelier, found, Appearance(**said))

    return answer(request, form, do, row=row, around=told(inside))


@require_POST
@signed_in
def unnaming(request: HttpRequest, atelier: UUID, code: str) -> HttpResponse:
    """The structure is named no more."""
    inside, found = entered(request, atelier, code, Right.READ_FILE)
    _refuse(inside)
    row = noted_appearance(atelier, found.siren)
    if row is None:
        raise Http404("no such agreement")
    withdraw(by_of(request), row, seen(request))
    return redirect("atelier-structure", atelier, found.siren)


def _refuse(inside: Inside) -> None:
    """Only who may publish shows something to all. Raises ``NotAllowedError``."""
    refuse_unless(may(inside.actor, Right.PUBLISH, thing(inside.atelier.pk), on=today()))


@require_safe
@signed_in
def agenda(request: HttpRequest, atelier: UUID) -> HttpResponse:
    """The events that the atelier announces."""
    inside = enter(request, atelier)
    rows = list(LocalEvent.objects.live().filter(atelier_id=atelier))
    around = told(
        inside,
        coming=[one for one in rows if (one.ends or one.begins) >= today()],
        over=[one for one in rows if (one.ends or one.begins) < today()],
        writes=inside.may(Right.PUBLISH),
        today=today(),
        token=secrets.token_urlsafe(16),
    )
    return render(request, "space/atelier/local_agenda.html.j2", around)


def _hour(posted: QueryDict, name: str) -> str:
    written = posted.get(name, "").strip().lower().replace("h", ":").replace(" ", "")
    if not written:
        return ""
    try:
        hours, _, minutes = written.partition(":")
        return f"{time(int(hours), int(minutes or 0)):%H:%M}"
    except ValueError as error:
        raise Unreadable(HOUR) from error


def _event_fields(communes: Choices) -> list[Field]:
    return [
        line("title", "Intitulé", longest=200, required=True),
        day("begins", "Premier jour", required=True),
        day("ends", "Dernier jour, s’il y en a plusieurs"),
        Field(
            "at",
            "Heure",
            "text",
            _hour,
            help="Par exemple 14:30 ; vide si on ne la sait pas.",
            longest=5,
        ),
        choice("commune", "Commune", communes),
        line("place", "Lieu", help=PUBLIC),
        line("organiser", "Organisé par", required=True, help="Une structure, un service."),
        line("href", "Page qui le dit", longest=400, help="Adresse complète : https://…"),
        area("words", "De quoi il s’agit", longest=1000, help=PUBLIC),
    ]


def _communes(inside: Inside) -> Choices:
    """Those of the territory of the atelier, as it is today; as it was chosen, when it is no more."""
    now, chosen = opened(), inside.atelier
    names = commune_names(now.atlas)
    try:
        here = resolve(now.atlas, chosen.territory, on=now.today).communes
    except (CeasedTerritoryError, UnknownTerritoryError):
        here = resolve(now.atlas, chosen.territory, on=chosen.territory_on).communes
    return sorted(((code, names.get(code, code)) for code in here), key=lambda one: one[1])


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def event(request: HttpRequest, atelier: UUID, identity: UUID | None = None) -> HttpResponse:
    """Announce an event, or change what is said of it."""
    inside = enter(request, atelier)
    _refuse(inside)
    row = _event(atelier, identity) if identity else None
    communes = _communes(inside)
    back = reverse("atelier-local-agenda", args=[atelier])
    form = Form("Un événement local", _event_fields(communes), "Annoncer à tous", back)
    form.values = {"begins": str(today()), "commune": communes[0][0] if communes else ""}

    def do(by: By, said: dict[str, Any]) -> None:
        said["commune_name"] = dict(communes).get(said["commune"], "")
        if not said["commune_name"]:
            said["commune"] = ""
        if row is not None:
            change_shown(by, row, seen(request), **said)
        else:
            announce(by, atelier, LocalEvent(**said))

    return answer(request, form, do, row=row, around=told(inside))


@require_POST
@signed_in
def event_out(request: HttpRequest, atelier: UUID, identity: UUID) -> HttpResponse:
    """Announce it no more."""
    _refuse(enter(request, atelier))
    withdraw(by_of(request), _event(atelier, identity), seen(request))
    return redirect("atelier-local-agenda", atelier)


def _event(atelier: UUID, identity: UUID) -> LocalEvent:
    found = LocalEvent.objects.live().filter(pk=identity, atelier_id=atelier).first()
    if found is None:
        raise Http404("no such event")
    return found
