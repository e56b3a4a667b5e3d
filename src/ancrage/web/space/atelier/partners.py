"""Who is in an atelier, with which role; inviting an organisation by the address of one of its members."""

import secrets
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.desk.opened import opened, today
from ancrage.errors import InvalidQuestionError
from ancrage.language.folding import bare
from ancrage.people.actors import require
from ancrage.people.acts import Act as Right
from ancrage.people.habilitations import about, end, give
from ancrage.people.inviting import invite_into
from ancrage.people.models import Habilitation, Invitation, Nature, Organisation
from ancrage.people.organisations import choose
from ancrage.people.registered import Registered, named_like, registered
from ancrage.people.roles import Role
from ancrage.web.space.atelier.fields import choice, line
from ancrage.web.space.atelier.forms import Form, answer, seen
from ancrage.web.space.atelier.shared import Inside, enter, told
from ancrage.web.space.doors import signed_in, who
from ancrage.web.space.invitations import send
from ancrage.web.space.rates import spend
from ancrage.web.space.signing import is_address
from ancrage.workspace.door import By

OFFERED = (Role.CONTRIBUTEUR, Role.PARTENAIRE, Role.FINANCEUR, Role.LECTEUR, Role.PORTEUR)
NATURES = [("", "–"), *((one.value, one.label) for one in Nature if one is not Nature.COLLECTIF)]
FIELDS = [
    line(
        "organisation",
        "Organisation",
        required=True,
        help="Son nom (commune, intercommunalité, structure de l’annuaire), son SIREN ou son SIRET.",
    ),
    choice("role", "Rôle", [(one.value, f"{one.label} – {one.meaning}") for one in OFFERED]),
    line(
        "courriel",
        "Adresse électronique de l’un de ses membres",
        longest=254,
        help="Il reçoit un lien qui sert une fois. Vide : le rôle est donné tout de suite à ses membres.",
    ),
    line("nom", "Son nom, si le registre ne le publie pas"),
    choice("nature", "Ce qu’elle est, si le registre ne le dit pas", NATURES),
]


@require_safe
@signed_in
def index(request: HttpRequest, atelier: UUID) -> HttpResponse:
    """Who holds which role, who is invited."""
    inside = enter(request, atelier)
    held = Habilitation.objects.filter(atelier_id=atelier, retired_at=None).select_related(
        "organisation", "person"
    )
    waiting = Invitation.objects.filter(
        atelier_id=atelier, retired_at=None, used_at=None, expires_at__gt=timezone.now()
    ).select_related("organisation")
    around = told(
        inside,
        held=[one for one in held.order_by("since", "created_at") if inside.on in one.period],
        invited=waiting if inside.may(Right.INVITE) else (),
        roles=Role,
        today=today(),
        token=secrets.token_urlsafe(16),
    )
    return render(request, "space/atelier/partners.html.j2", around)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def inviting(request: HttpRequest, atelier: UUID) -> HttpResponse:
    """Invite an organisation into the atelier."""
    inside = enter(request, atelier)
    form = Form("Inviter une organisation", FIELDS, "Inviter", reverse("atelier-partners", args=[atelier]))

    def do(_by: By, said: dict[str, Any]) -> None:
        invite(request, inside, designated(request, inside, said), said)

    return answer(request, form, do, around=told(inside))


def designated(request: HttpRequest, inside: Inside, said: dict[str, Any]) -> Organisation:
    """The organisation that a form of invitation designates, once sure that it may be invited."""
    person, to = who(request), said["courriel"]
    if to and not is_address(to):
        raise InvalidQuestionError([("courriel", "cette adresse n'est pas complète")])
    if said["role"] not in [one.value for one in OFFERED]:
        raise InvalidQuestionError([("role", "choisissez dans la liste")])
    # Asked before anything is written of the organisation.
    require(person, Right.INVITE, about(inside.atelier.pk, None, on=inside.on), on=inside.on)
    found = _found(said["organisation"])
    return choose(found, person, nature=said["nature"], name=said["nom"], at=timezone.now())


def invite(request: HttpRequest, inside: Inside, found: Organisation, said: dict[str, Any]) -> None:
    """Give it its role at once, or when the one who receives the message accepts; it leaves last."""
    person, at, to = who(request), timezone.now(), said["courriel"].lower()
    role, atelier = Role(said["role"]), inside.atelier
    if not to:
        give(atelier.pk, found, role, person, at=at)
        return
    spend("invitation", str(person.pk))
    made, token = invite_into(atelier.pk, found, role, to, person, at=at)
    send(request, made, token, to, where=f", pour l’atelier « {atelier.name} »")
    messages.success(request, f"L’invitation est partie à {to}. Elle sert une fois, pendant quatorze jours.")


def _found(typed: str) -> Registered:
    """The organisation that a name or a code designates. Raises what says which to choose."""
    now = opened()
    if "".join(typed.split()).isdecimal():
        return registered(now.atlas, typed, on=now.today)
    like = named_like(now, typed)
    same = [one for one in like if bare(one.name) == bare(typed)] or list(like)
    if len(same) == 1:
        return same[0]
    told = " ; ".join(f"{one.name} ({one.siret or one.siren})" for one in same[:5])
    raise InvalidQuestionError(
        [("organisation", f"donnez son code : {told}" if told else "inconnue du registre : donnez son SIREN")]
    )


@require_POST
@signed_in
def ending(request: HttpRequest, atelier: UUID, identity: UUID) -> HttpResponse:
    """End a role from tomorrow on."""
    enter(request, atelier)
    row = Habilitation.objects.filter(atelier_id=atelier, pk=identity).first()
    if row is None:
        raise Http404("no such role")
    end(row, who(request), seen=seen(request), last_day=today(), at=timezone.now())
    return redirect("atelier-partners", atelier)
