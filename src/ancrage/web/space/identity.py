"""Signing in through an identity provider: going there, coming back."""

import secrets
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_POST, require_safe
from requests import RequestException

from ancrage.people.identity_provider.checking import Checking
from ancrage.people.identity_provider.levels import asked_level
from ancrage.web.space.doors import open_to_all
from ancrage.web.space.rates import spend, visitor
from ancrage.web.space.signing import back

NAMED = "identite"


@require_POST
@open_to_all
def leave(request: HttpRequest) -> HttpResponse:
    """Go to the provider, with a nonce and a state that only this browser's session knows."""
    spend("code-visitor", visitor(request))
    process = AuthProcess.CONNECT if request.user.is_authenticated else AuthProcess.LOGIN
    nonce = secrets.token_urlsafe(24)
    provider = _provider(request)
    try:
        answer: HttpResponse = provider.redirect(
            request,
            process,
            back(request) or None,
            {"nonce": nonce},
            auth_params={"nonce": nonce, **asked_level(provider.app)},
        )
    except (ImmediateHttpResponse, OAuth2Error, RequestException) as error:
        return _refused(request, provider, error)
    return answer


def _refused(request: HttpRequest, provider: Any, error: Exception) -> HttpResponse:
    """The page of a provider that does not answer, or whose answer does not check."""
    try:
        if isinstance(error, ImmediateHttpResponse):
            raise error
        get_adapter().on_authentication_error(request, provider, exception=error)
    except ImmediateHttpResponse as said:
        answer: HttpResponse = said.response
        return answer
    raise error


def _provider(request: HttpRequest) -> Any:
    try:
        return get_adapter().get_provider(request, provider=NAMED)
    except SocialApp.DoesNotExist as error:
        raise Http404("no identity provider") from error


class _Back(OAuth2CallbackView):  # type: ignore[misc]  # django-allauth has no types
    def _get_state(self, request: HttpRequest, provider: Any) -> Any:
        state, answer = super()._get_state(request, provider)
        if state:
            self.adapter.nonce = (state.get("data") or {}).get("nonce", "")
        return state, answer


@require_safe
@open_to_all
def come_back(request: HttpRequest) -> HttpResponse:
    """Come from the provider, with a code that it gave."""
    spend("try-visitor", visitor(request))
    _provider(request)
    answer: HttpResponse = _Back.adapter_view(Checking(request, NAMED))(request)
    return answer
