"""Signing in: an address, the code it received, and one is in. Signing out."""

from contextlib import suppress
from typing import Any

from allauth.account.adapter import get_adapter as accounts_adapter
from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.flows.logout import logout
from allauth.account.stages import LoginByCodeStage
from allauth.account.views import ConfirmLoginCodeView
from allauth.account.views._authentication_by_code import BaseConfirmAuthenticationCodeView
from allauth.socialaccount.adapter import get_adapter
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from ancrage.people.sign_in import SignIn
from ancrage.web.space.doors import open_to_all
from ancrage.web.space.rates import spend, visitor

LONGEST_ADDRESS = 254


@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for an address; sent, a code leaves for it, whether it is known or not."""
    there = back(request)
    if request.user.is_authenticated:
        return redirect(there or reverse("space"))
    if request.method != "POST":
        return _form(request, there)
    typed = request.POST.get("courriel", "")[: LONGEST_ADDRESS + 1].strip().lower()
    if not is_address(typed):
        return _form(
            request, there, typed, "Cette adresse n'est pas complète. Exemple : prenom.nom@mairie.fr"
        )
    spend("code-visitor", visitor(request))
    spend("code-address", typed)
    SignIn.begin(request, typed)
    return HttpResponseRedirect(_with(reverse("account_confirm_login_code"), there))


def is_address(typed: str) -> bool:
    """Whether a message could be sent there."""
    with suppress(ValidationError):
        validate_email(typed)
        return len(typed) <= LONGEST_ADDRESS
    return False


def _form(request: HttpRequest, there: str, typed: str = "", fault: str = "") -> HttpResponse:
    told = {"typed": typed, "fault": fault, "next": there, "providers": providers(request)}
    return render(request, "space/sign_in.html.j2", told, status=422 if fault else 200)


def providers(request: HttpRequest) -> list[str]:
    """Names of the identity providers that this site knows."""
    return [one.app.name for one in get_adapter().list_providers(request)]


def back(request: HttpRequest) -> str:
    """Where one was going, if it is a signed-in page of this site; empty otherwise."""
    asked = request.POST.get("next") or request.GET.get("next", "")
    return asked if accounts_adapter(request).is_safe_url(asked) else ""


def _with(address: str, there: str) -> str:
    return f"{address}?{urlencode({'next': there})}" if there else address


@method_decorator(
    login_stage_required(stage=LoginByCodeStage.key, redirect_urlname="account_login"), name="dispatch"
)
class _Confirm(ConfirmLoginCodeView):  # type: ignore[misc]  # django-allauth has no types
    template_name = "space/code.html.j2"

    def dispatch(self, request: HttpRequest, *arguments: Any, **named: Any) -> HttpResponseBase:
        self.stage = request._login_stage  # type: ignore[attr-defined]  # set by the decorator
        self._process = SignIn.resume(self.stage)
        if not self._process:
            return redirect("account_login")
        if request.method == "POST":
            self._count(request)
        answer: HttpResponseBase = BaseConfirmAuthenticationCodeView.dispatch(
            self, request, *arguments, **named
        )
        return answer

    def _count(self, request: HttpRequest) -> None:
        """Several browsers, or one that sends a hundred forms at once, have the tries of one."""
        spend("try-visitor", visitor(request))
        if self._action == "resend":
            spend("code-address", self._process.state["email"])
        else:
            spend("try-code", f"{request.session.session_key}|{self._process.code}")

    def form_invalid(self, form: Any) -> HttpResponse:
        answer: HttpResponse = super().form_invalid(form)
        if answer.status_code == 200:
            answer.status_code = 422
        return answer


confirm = require_http_methods(["GET", "HEAD", "POST"])(open_to_all(_Confirm.as_view()))


@require_POST
@open_to_all
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session of this browser."""
    logout(request)
    return redirect("account_login")
