"""The provider as django-allauth registers it."""

from typing import Any

from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.http import HttpRequest
from django.urls import reverse

from ancrage.people.identity_provider.checking import Checking


class IdentityProvider(OpenIDConnectProvider):  # type: ignore[misc]  # django-allauth has no types
    """OpenID Connect with a nonce, a verified identity token and a verified userinfo."""

    id = "identity_provider"
    name = "OpenID Connect"
    oauth2_adapter_class = Checking

    def get_login_url(self, request: HttpRequest, **named: Any) -> str:  # noqa: ARG002 asked by django-allauth
        """Where one is sent to it."""
        return reverse("identity")

    def get_callback_url(self) -> str:
        """Where it sends one back."""
        return reverse("identity-back")


provider_classes = [IdentityProvider]
