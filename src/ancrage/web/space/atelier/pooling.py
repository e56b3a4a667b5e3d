"""Projects shared with other ateliers: the list, one of them, inviting, saying what one brings, leaving."""

import secrets
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.desk.asking import territory_of
from ancrage.desk.opened import opened, today
from ancrage.errors import AncrageError, InvalidQuestionError
from ancrage.people.actors import refuse_unless
from ancrage.people.acts import Act as Right
from ancrage.people.registered import registered, siren_of_body
from ancrage.people.rights import may
from ancrage.web.space.atelier.fields import amount, area, chosen, line, number
from ancrage.web.space.atelier.forms import Form, answer, by_of, seen
from ancrage.web.space.atelier.shared import Inside, enter, row_of, told
from ancrage.web.space.doors import signed_in, who
from ancrage.web.space.rates import spend
from ancrage.workspace import pooling
from ancrage.workspace.announcing import announce, told_of
from ancrage.workspace.door import By, thing
from ancrage.workspace.models import ProjectInvitation, SharedProject

CODE = 9
"""Digits of a SIREN."""


@require_safe
@signed_in
def index(request: HttpRequest, atelier: UUID) -> HttpResponse:
    """The projects that the atelier proposed, and those it is invited to."""
    inside = enter(request, atelier)
    pools = [pooling.pool_of(one, inside.atelier) for one in pooling.projects_of(inside.atelier, on=today())]
    return render(request, "space/atelier/shared_projects.html.j2", told(inside, pools=pools))


@require_safe
@signed_in
def show(request: HttpRequest, atelier: UUID, identity: UUID) -> HttpResponse:
    """A project in full: who brings what."""
    inside = enter(request, atelier)
    project = _project(inside, identity)
    pool = pooling.pool_of(project, inside.atelier)
    reached = {one.pk: told_of(one, on=today()) for one in pool.waiting} if pool.own else {}
    return render(
        request,
        "space/atelier/shared_project.html.j2",
        told(inside, pool=pool, project=project, reached=reached, token=secrets.token_urlsafe(16)),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def writing(request: HttpRequest, atelier: UUID, identity: UUID | None = None) -> HttpResponse:
    """Propose a project, or change what it is."""
    inside = enter(request, atelier)
    _refuse(inside, Right.SHARE)
    row = row_of(SharedProject, inside, identity) if identity else None
    back = reverse("atelier-project", args=[atelier, identity]) if identity else _index(atelier)
    form = Form(
        "Un projet partagé",
        [
            line("title", "Titre", required=True),
            area("text", "Ce qui se fait ensemble, et pourquoi", longest=8000, required=True),
        ],
        "Enregistrer",
        back,
        intro="Les ateliers que vous inviterez liront ce texte et la part de chacun.",
    )

    def do(by: By, said: dict[str, Any]) -> str:
        if row is not None:
            pooling.edit_project(by, row, seen(request), **said)
            return back
        made = pooling.open_project(by, inside.atelier, **said)
        return reverse("atelier-project", args=[atelier, made.pk])

    return answer(request, form, do, row=row, around=told(inside))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def inviting(request: HttpRequest, atelier: UUID, identity: UUID) -> HttpResponse:
    """Invite an intercommunalité, a commune, or any organisation by its SIREN."""
    inside = enter(request, atelier)
    _refuse(inside, Right.SHARE)
    project = row_of(SharedProject, inside, identity)
    form = Form(
        "Inviter à ce projet",
        [
            line(
                "who",
                "Qui inviter",
                required=True,
                help="Une intercommunalité ou une commune, par son nom ou son code ; une autre organisation, "
                "par son SIREN. Qui peut engager l’atelier qu’elle porte verra l’invitation, et en "
                "est prévenu par courriel.",
            )
        ],
        "Inviter",
        reverse("atelier-project", args=[atelier, identity]),
        intro=project.title,
    )

    def do(by: By, said: dict[str, Any]) -> None:
        spend("project", str(who(request).pk))
        announce(pooling.invite(by, project, *_named(said["who"])))

    return answer(request, form, do, around=told(inside))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def part(request: HttpRequest, atelier: UUID, identity: UUID) -> HttpResponse:
    """Say, or change, what one's own atelier brings: saying it joins the project."""
    inside = enter(request, atelier)
    project = _project(inside, identity)
    row = pooling.pool_of(project, inside.atelier).mine
    _refuse(inside, Right.WRITE_PLAN if row else Right.SHARE)
    form = Form(
        "Notre part",
        [
            number("days", "Temps de personnel, en jours par an", help="Vide si on ne le sait pas encore."),
            amount("money", "Argent"),
            area("premises", "Locaux et matériel", longest=2000),
            area("other", "Autre apport", longest=2000),
            chosen("action_id", "Action de notre plan", pooling.actions_of(inside.atelier)),
        ],
        "Enregistrer" if row else "Rejoindre le projet",
        reverse("atelier-project", args=[atelier, identity]),
        intro=f"{project.title} : les ateliers du projet liront cette part.",
    )
    if row is None:
        form.values = {}

    def do(by: By, said: dict[str, Any]) -> None:
        if row is None:
            pooling.join(by, inside.atelier, project, **said)
        else:
            pooling.edit_part(by, row, seen(request), **said)

    return answer(request, form, do, row=row, around=told(inside))


@require_POST
@signed_in
def declining(request: HttpRequest, atelier: UUID, identity: UUID) -> HttpResponse:
    """Decline an invitation: one may join later."""
    inside = enter(request, atelier)
    project = _project(inside, identity)
    if pooling.pool_of(project, inside.atelier).mine is None:
        pooling.join(by_of(request), inside.atelier, project, declined=True)
    return redirect("atelier-project", atelier, identity)


@require_POST
@signed_in
def leaving(request: HttpRequest, atelier: UUID, identity: UUID) -> HttpResponse:
    """Leave a project."""
    inside = enter(request, atelier)
    row = pooling.pool_of(_project(inside, identity), inside.atelier).mine
    if row is None:
        raise Http404("no part of ours")
    pooling.leave(by_of(request), row, seen(request))
    return redirect("atelier-project", atelier, identity)


@require_POST
@signed_in
def ending(request: HttpRequest, atelier: UUID, identity: UUID) -> HttpResponse:
    """Put an end to a project of one's own."""
    project = row_of(SharedProject, enter(request, atelier), identity)
    pooling.end(by_of(request), project, seen(request))
    return redirect("atelier-project", atelier, identity)


@require_POST
@signed_in
def uninviting(request: HttpRequest, atelier: UUID, identity: UUID) -> HttpResponse:
    """Take an invitation back."""
    row = row_of(ProjectInvitation, enter(request, atelier), identity)
    pooling.end(by_of(request), row, seen(request))
    return redirect("atelier-project", atelier, row.project_id)


def _project(inside: Inside, identity: UUID) -> SharedProject:
    """A project that the atelier proposed or is invited to. Raises Http404."""
    found = SharedProject.objects.filter(pk=identity).select_related("atelier").first()
    if found is None or not pooling.may_see(inside.atelier, found, on=today()):
        raise Http404("no such project")
    return found


def _named(written: str) -> tuple[str, str]:
    """The SIREN and the name of who is invited. Raises :class:`InvalidQuestionError`."""
    now, digits = opened(), written.replace(" ", "")
    try:
        if digits.isdecimal() and len(digits) == CODE:
            found = registered(now.atlas, digits, on=now.today)
            return found.siren, found.name or f"SIREN {found.siren}"
        territory = territory_of(now, written, on=now.today)
    except AncrageError as error:
        raise InvalidQuestionError([("Qui inviter", f"{error.message} {error.hint}".strip())]) from error
    siren = siren_of_body(now, territory.code.code)
    if not siren:
        raise InvalidQuestionError([("Qui inviter", "une commune, une intercommunalité, ou un SIREN")])
    return siren, territory.name


def _refuse(inside: Inside, right: Right) -> None:
    refuse_unless(may(inside.actor, right, thing(inside.atelier.pk), on=today()))


def _index(atelier: UUID) -> str:
    return reverse("atelier-projects", args=[atelier])
