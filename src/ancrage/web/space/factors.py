"""What one may add to the code sent by e-mail: passkeys, an application of codes, recovery codes.

All optional. Changing them is asked of who proved who she is within ten minutes.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import update_wrapper
from http import HTTPStatus
from typing import Any

from allauth.account.internal.stagekit import unstash_login
from allauth.account.models import EmailAddress
from allauth.account.views import ConfirmReauthenticationCodeView, RequestReauthenticationCodeView
from allauth.mfa.base.views import AuthenticateView, ReauthenticateView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    LoginWebAuthnView,
    ReauthenticateWebAuthnView,
    RemoveWebAuthnView,
)
from django.http import HttpRequest, HttpResponse
from django.urls import reverse_lazy
from django.views.decorators.http import require_http_methods

from ancrage.desk.origins import READING
from ancrage.errors import MailError, ShareError
from ancrage.people.messages import send
from ancrage.web.space.doors import open_to_all, signed_in
from ancrage.web.space.rates import spend, visitor

View = Callable[..., HttpResponse]
ACCOUNT = reverse_lazy("account")
LONGEST = 50


def _counted(view: View) -> View:
    """Count the tries of a second factor to whom it would let in, and to who tries."""

    def answer(request: HttpRequest, *arguments: object, **named: object) -> HttpResponse:
        if request.method not in READING:
            login = unstash_login(request, peek=True)
            person = request.user.pk or (login.user.pk if login and login.user else "")
            spend("try-visitor", visitor(request))
            if person:
                spend("factor", str(person))
            if person and (code := request.POST.get("code", "")[:LONGEST].strip()):
                # A code seen over a shoulder opens nothing, whichever process answers.
                spend("same-factor", f"{person}|{code}")
        return view(request, *arguments, **named)

    return update_wrapper(answer, view)


def _told_when_refused(view: View) -> View:
    """Write to who has the account when her second factor is refused again and again: her e-mail was read."""

    def answer(request: HttpRequest, *arguments: object, **named: object) -> HttpResponse:
        login = unstash_login(request, peek=True) if request.method not in READING else None
        try:
            given = view(request, *arguments, **named)
        except ShareError:
            _refused(login)
            raise
        if given.status_code != HTTPStatus.FOUND:
            _refused(login)
        return given

    return update_wrapper(answer, view)


def _refused(login: Any) -> None:
    if login is None or login.user is None:
        return
    person = str(login.user.pk)
    try:
        spend("refused-factor", person)
    except ShareError:
        with suppress(ShareError, MailError):
            spend("refused-told", person)
            if address := EmailAddress.objects.get_primary_email(login.user):
                send("people/second_code_refused", address, {})


def _form(view: View) -> View:
    """A page and its form: these views of a library let any other method through."""
    return require_http_methods(["GET", "HEAD", "POST"])(view)


def signed_in_form(view: View) -> View:
    """A form of who is signed in."""
    return _form(signed_in(view))


def open_to_all_form(view: View) -> View:
    """A form that leads to signing in."""
    return _form(open_to_all(view))


second = open_to_all_form(
    _told_when_refused(_counted(AuthenticateView.as_view(template_name="space/factors/second.html.j2")))
)
passkey = open_to_all_form(_counted(LoginWebAuthnView.as_view()))

again_by_factor = signed_in_form(
    _counted(ReauthenticateView.as_view(template_name="space/factors/again_by_factor.html.j2"))
)
again_by_passkey = signed_in_form(
    _counted(ReauthenticateWebAuthnView.as_view(template_name="space/factors/again_by_passkey.html.j2"))
)
ask_code = signed_in_form(
    _counted(RequestReauthenticationCodeView.as_view(template_name="space/factors/ask_code.html.j2"))
)
again_by_code = signed_in_form(
    _counted(ConfirmReauthenticationCodeView.as_view(template_name="space/factors/again_by_code.html.j2"))
)

add_passkey = signed_in_form(AddWebAuthnView.as_view(template_name="space/factors/add_passkey.html.j2"))
remove_passkey = signed_in_form(
    RemoveWebAuthnView.as_view(template_name="space/factors/remove.html.j2", success_url=ACCOUNT)
)
add_application = signed_in_form(
    _counted(ActivateTOTPView.as_view(template_name="space/factors/add_application.html.j2"))
)
remove_application = signed_in_form(
    DeactivateTOTPView.as_view(template_name="space/factors/remove.html.j2", success_url=ACCOUNT)
)
recovery = signed_in_form(ViewRecoveryCodesView.as_view(template_name="space/factors/recovery.html.j2"))
new_recovery = signed_in_form(
    GenerateRecoveryCodesView.as_view(template_name="space/factors/new_recovery.html.j2")
)
