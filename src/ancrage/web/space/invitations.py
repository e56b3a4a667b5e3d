"""Invitations: sending one by e-mail, answering one that came, taking one back."""

import uuid
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from ancrage.errors import AncrageError, InvitationError
from ancrage.language.days import day
from ancrage.people import messages as mail
from ancrage.people.acting import day as day_of
from ancrage.people.inviting import accept, find, invite_colleague, withdraw
from ancrage.people.models import Function, Invitation, Organisation
from ancrage.people.rights import Standing
from ancrage.web.space.doors import signed_in, who
from ancrage.web.space.organisations import seen, shown
from ancrage.web.space.rates import spend
from ancrage.web.space.signing import is_address
from ancrage.workspace.models import Atelier

LONGEST = 254


@require_POST
@signed_in
def invite(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:
    """Invite a colleague into an organisation of one's own."""
    one = Organisation.objects.filter(pk=identifier, memberships__person=who(request)).first()
    if one is None:
        raise Http404("no such organisation")
    typed = request.POST.get("courriel", "")[: LONGEST + 1].strip().lower()
    try:
        if not is_address(typed):
            raise InvitationError("Cette adresse n'est pas complète.", "Exemple : prenom.nom@mairie.fr")
        spend("invitation", str(request.user.pk))
        made, token = invite_colleague(one, typed, who(request), at=timezone.now())
        send(request, made, token, typed)
    except AncrageError as fault:
        return shown(request, identifier, fault, typed)
    messages.success(
        request, f"L’invitation est partie à {typed}. Elle sert une fois, pendant quatorze jours."
    )
    return redirect("organisation", identifier)


def send(request: HttpRequest, made: Invitation, token: str, to: str, where: str = "") -> None:
    """Send an invitation. Raises :class:`ancrage.errors.MailError`."""
    # The address people type, when it is known: never one that a request made up.
    origin = settings.SITE_ORIGIN or f"{request.scheme}://{request.get_host()}"
    link = f"{origin}{reverse('invitation')}?{urlencode({'jeton': token})}"
    told = {
        "inviter": who(request).name,
        "organisation": made.organisation.name,
        "where": where,
        "until": day(day_of(made.expires_at)),
        "link": link,
    }
    mail.send("people/invitation", to, told)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def answer(request: HttpRequest) -> HttpResponse:
    """An invitation that came by e-mail: who invites, into what; accepted by a form."""
    token = (request.POST.get("jeton") or request.GET.get("jeton", ""))[:100]
    at = timezone.now()
    one = find(token, at=at)
    told = {"one": one, "token_given": token, "functions": list(Function), "fault": None}
    told["atelier"] = Atelier.objects.filter(pk=one.atelier_id).first() if one.atelier_id else None
    if request.method != "POST":
        return render(request, "space/invitation.html.j2", told)
    try:
        member = accept(token, who(request), request.POST.get("fonction", ""), at=at)
    except AncrageError as fault:
        return render(request, "space/invitation.html.j2", told | {"fault": fault}, status=422)
    if one.atelier_id and member.standing != Standing.WAITING:
        messages.success(request, f"Vous représentez {member.organisation.name} dans cet atelier.")
        return redirect("atelier", one.atelier_id)
    return redirect("organisation", member.organisation_id)


@require_POST
@signed_in
def taking_back(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:
    """Take an invitation back."""
    mine = Invitation.objects.filter(pk=identifier, organisation__memberships__person=who(request)).first()
    if mine is None:
        raise Http404("no such invitation")
    withdraw(mine, who(request), seen=seen(request), at=timezone.now())
    return redirect("organisation", mine.organisation_id)
