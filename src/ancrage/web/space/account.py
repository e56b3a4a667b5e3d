"""Oneself: what one belongs to, one's name and means of signing in, and leaving without losing one's acts."""

from typing import Any

from allauth.account.internal.flows.logout import logout
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.alerts.personal import forget_erased
from ancrage.desk.opened import today
from ancrage.errors import AncrageError
from ancrage.introductions.answering import waits
from ancrage.introductions.finding import sides_of
from ancrage.people.models import Habilitation, Membership
from ancrage.people.person import UNNAMED
from ancrage.people.persons import erase, rename, sign_out_everywhere
from ancrage.people.sessions import close, mark_of, open_for
from ancrage.web.space.doors import signed_in, who
from ancrage.web.space.signing import back, providers

ERASED = "effacer"
"""What one writes to say that one means it."""


@require_safe
@signed_in
def home(request: HttpRequest) -> HttpResponse:
    """Where one is led once signed in: what is there to do, and for whom."""
    person, on = who(request), today()
    mine = Membership.objects.live().filter(person=person).select_related("organisation").order_by("since")
    live = [one for one in mine if on in one.period]
    organisations = [one.organisation_id for one in live]
    roles = Habilitation.objects.live().filter(organisation__in=organisations).select_related("organisation")
    asked = [one for one in sides_of(person, on).select_related("introduction") if waits(one, timezone.now())]
    told = {"asked": asked, "memberships": live, "roles": [one for one in roles if on in one.period]}
    return render(request, "space/home.html.j2", told)


@require_safe
@signed_in
def account(request: HttpRequest) -> HttpResponse:
    """One's account."""
    person = who(request)
    means = list(Authenticator.objects.filter(user=person).order_by("created_at"))
    told: dict[str, Any] = {
        "addresses": EmailAddress.objects.filter(user=person).order_by("-primary", "email"),
        "linked": [one.get_provider_account() for one in SocialAccount.objects.filter(user=person)],
        "providers": providers(request),
        "passkeys": [one.wrap() for one in means if one.type == Authenticator.Type.WEBAUTHN],
        "application": any(one.type == Authenticator.Type.TOTP for one in means),
        "recovery": any(one.type == Authenticator.Type.RECOVERY_CODES for one in means),
    }
    told["sessions"] = [
        (one, mark_of(one.session_key), one.session_key == request.session.session_key)
        for one in open_for(person)
    ]
    return render(request, "space/account.html.j2", told)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def name(request: HttpRequest) -> HttpResponse:
    """The name under which others know one."""
    person, typed = who(request), request.POST.get("nom", "")
    told = {"typed": "", "fault": None, "next": back(request)}
    if request.method != "POST":
        return render(request, "space/name.html.j2", told)
    first = person.name == UNNAMED
    try:
        rename(person, typed)
    except AncrageError as fault:
        return render(request, "space/name.html.j2", told | {"typed": typed, "fault": fault}, status=422)
    return redirect(told["next"] or ("space" if first else "account"))


@require_POST
@signed_in
def end_sessions(request: HttpRequest) -> HttpResponse:
    """End every session of oneself, this one included."""
    sign_out_everywhere(who(request))
    logout(request)
    return redirect("account_login")


@require_POST
@signed_in
def end_session(request: HttpRequest) -> HttpResponse:
    """End one session of oneself, which may be this one."""
    if close(who(request), request.POST.get("session", "")[:40]):
        messages.success(request, "Cette connexion est fermée.")
    return redirect("account")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def erasing(request: HttpRequest) -> HttpResponse:
    """Forget who one is, once one has written that one means it."""
    if request.method != "POST":
        return render(request, "space/erase.html.j2", {"word": ERASED, "fault": ""})
    if request.POST.get("mot", "").strip().lower() != ERASED:
        fault = f"Écrivez « {ERASED} » pour confirmer."
        return render(request, "space/erase.html.j2", {"word": ERASED, "fault": fault}, status=422)
    person = who(request)
    logout(request)
    erase(person, at=timezone.now())
    forget_erased(now=timezone.now())
    messages.success(request, "Votre nom, vos adresses et vos moyens d’entrer sont effacés.")
    return redirect("account_login")
