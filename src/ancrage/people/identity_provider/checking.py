"""What an OpenID Connect provider says is believed once signature, issuer, audience and nonce are checked.

django-allauth takes an identity token that came over TLS at its word, sends no nonce, and reads a userinfo
that is no token; ProConnect signs its own.
"""

import hmac
from typing import Any

import jwt
from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.models import SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from django.http import HttpRequest
from django.urls import reverse

from ancrage.people.identity_provider.levels import TooWeakError, levels_of

ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "ES256", "ES384", "EdDSA")
"""Signatures by a key that the provider alone holds: never the secret it shares with us, never none."""
LEEWAY = 30
"""Seconds that two clocks may differ by."""
SIGNED = "application/jwt"


class Checking(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]  # django-allauth has no types
    """One exchange with the provider."""

    def __init__(self, request: HttpRequest, provider_id: str = "identite") -> None:
        super().__init__(request, provider_id)
        self.nonce = ""

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:  # noqa: ARG002 asked by django-allauth
        """Where the provider sends one back."""
        return str(request.build_absolute_uri(reverse("identity-back")))

    def complete_login(self, request: HttpRequest, app: Any, token: SocialToken, **told: Any) -> SocialLogin:
        """Who signs in. Raises :class:`OAuth2Error` for anything that does not check."""
        identity = self._checked(str(told["response"].get("id_token") or ""), app.client_id)
        if not self.nonce or not hmac.compare_digest(str(identity.get("nonce") or ""), self.nonce):
            raise OAuth2Error("the nonce is not the one that was sent")
        if (wanted := levels_of(app)) and identity.get("acr") not in wanted:
            raise TooWeakError("the level of assurance is not one of those asked")
        userinfo = self._checked(self._signed_userinfo(token.token), app.client_id)
        if userinfo.get("sub") != identity.get("sub"):
            raise OAuth2Error("the userinfo is that of somebody else")
        data = {"userinfo": userinfo, "id_token": identity}
        return self.get_provider().sociallogin_from_response(request, data)

    def _signed_userinfo(self, access_token: str) -> str:
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.profile_url, headers={"Authorization": f"Bearer {access_token}"})
        answer.raise_for_status()
        if answer.headers.get("Content-Type", "").partition(";")[0].strip() != SIGNED:
            raise OAuth2Error("the userinfo is not signed")
        return str(answer.text)

    def _checked(self, token: str, audience: str) -> dict[str, Any]:
        try:
            header = jwt.get_unverified_header(token)
            if header.get("alg") not in ALGORITHMS:
                raise OAuth2Error("the signature is of a kind that is not accepted")
            claims: dict[str, Any] = jwt.decode(
                token,
                self._key(header.get("kid")),
                algorithms=[header["alg"]],
                issuer=self.openid_config["issuer"],
                audience=audience,
                leeway=LEEWAY,
                options={"require": ["iss", "aud", "sub"]},
            )
        except jwt.PyJWTError as error:
            raise OAuth2Error("the token does not check") from error
        return claims

    @property
    def openid_config(self) -> dict[str, Any]:
        """What the provider says of itself, under the very name it is known by here."""
        told: dict[str, Any] = super().openid_config
        known = str(self.get_provider().app.settings["server_url"]).partition("/.well-known/")[0]
        if str(told.get("issuer", "")).rstrip("/") != known.rstrip("/"):
            raise OAuth2Error("the provider calls itself by another name")
        return told

    def _key(self, kid: str | None) -> Any:
        with get_adapter().get_requests_session() as session:
            answer = session.get(self.openid_config["jwks_uri"])
        answer.raise_for_status()
        keys = jwt.PyJWKSet.from_dict(answer.json()).keys
        fit = [one for one in keys if one.key_id == kid] if kid else keys
        if len(fit) != 1:
            raise OAuth2Error("the key of the signature is not known")
        return fit[0]
