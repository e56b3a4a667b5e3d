"""How one signs in: by a code sent by e-mail, a passkey, or an identity provider. Nobody has a password.

``ANCRAGE_OIDC``            address of an OpenID Connect provider, such as that of ProConnect; none by default
``ANCRAGE_OIDC_CLIENT``     identifier that it gave to this site
``ANCRAGE_OIDC_SECRET``     secret that it gave to this site
``ANCRAGE_OIDC_NOM``        how it is called on the sign-in page (ProConnect by default)
``ANCRAGE_OIDC_PORTEE``     what is asked of it, separated by spaces
``ANCRAGE_OIDC_NIVEAUX``    levels of assurance (``acr``) that are enough, separated by spaces; ``aucun``:
                            none is asked, for a provider that has none
"""

import os
from typing import Any

MINUTES = 60
DAYS = 24 * 60 * MINUTES
OIDC = "identity_provider"
LEVELS = "eidas1 eidas1-mfa eidas2 eidas3"
"""Levels of ProConnect from which who one works for was at least checked by a third party, not only told.

https://github.com/proconnect-gouv/proconnect-espace-partenaires, ``niveaux-eidas.md``, read 2026-11-30.
"""


def sessions(*, secure: bool) -> dict[str, Any]:
    """Cookies that signed-in pages alone receive; over https, under the prefix that forbids to forge them."""
    prefix = "__Secure-" if secure else ""
    return {
        "SESSION_ENGINE": "ancrage.people.sessions",
        "SESSION_COOKIE_NAME": f"{prefix}ancrage-session",
        "SESSION_COOKIE_PATH": "/espace/",
        "SESSION_COOKIE_SECURE": secure,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "SESSION_COOKIE_AGE": 7 * DAYS,
        "CSRF_COOKIE_NAME": f"{prefix}ancrage-jeton",
        "CSRF_COOKIE_PATH": "/espace/",
        "CSRF_COOKIE_SECURE": secure,
        "CSRF_COOKIE_HTTPONLY": True,
        "CSRF_COOKIE_SAMESITE": "Lax",
        "CSRF_COOKIE_AGE": None,
        "CSRF_FAILURE_VIEW": "ancrage.web.failures.form_refused",
        "MESSAGE_STORAGE": "django.contrib.messages.storage.session.SessionStorage",
    }


def accounts(*, secure: bool) -> dict[str, Any]:
    """Settings of django-allauth."""
    return {
        "AUTH_USER_MODEL": "people.Person",
        "AUTHENTICATION_BACKENDS": ["allauth.account.auth_backends.AuthenticationBackend"],
        "LOGIN_URL": "account_login",
        "LOGIN_REDIRECT_URL": "space",
        "ACCOUNT_ADAPTER": "ancrage.people.adapter.AccountAdapter",
        "ACCOUNT_LOGOUT_REDIRECT_URL": "account_login",
        "ACCOUNT_DEFAULT_HTTP_PROTOCOL": "https" if secure else "http",
        "ACCOUNT_LOGIN_METHODS": {"email"},
        "ACCOUNT_SIGNUP_FIELDS": ["email*"],
        "ACCOUNT_USER_MODEL_USERNAME_FIELD": None,
        "ACCOUNT_USER_MODEL_EMAIL_FIELD": None,
        "ACCOUNT_EMAIL_VERIFICATION": "none",  # a code verifies the address of who signs in by it
        "ACCOUNT_EMAIL_SUBJECT_PREFIX": "",
        "ACCOUNT_EMAIL_NOTIFICATIONS": True,
        "ACCOUNT_SESSION_REMEMBER": True,
        "ACCOUNT_LOGIN_BY_CODE_ENABLED": True,
        "ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS": 3,
        "ACCOUNT_LOGIN_BY_CODE_TIMEOUT": 10 * MINUTES,
        "ACCOUNT_LOGIN_BY_CODE_FORMAT": {"numeric": True, "length": 8},
        "ACCOUNT_LOGIN_TIMEOUT": 15 * MINUTES,
        # Counted in the database for all processes, by ancrage.web.space.rates: those of allauth are not.
        "ACCOUNT_RATE_LIMITS": False,
        "ACCOUNT_TEMPLATE_EXTENSION": "html.j2",
        "ACCOUNT_REAUTHENTICATION_REQUIRED": True,
        "ACCOUNT_REAUTHENTICATION_TIMEOUT": 10 * MINUTES,
        "MFA_ADAPTER": "ancrage.people.adapter.FactorsAdapter",
        "MFA_RATE_LIMITS": {},
        "MFA_SUPPORTED_TYPES": ["totp", "webauthn", "recovery_codes"],
        "MFA_PASSKEY_LOGIN_ENABLED": True,
        "MFA_TOTP_ISSUER": "Ancrage",
        "MFA_TOTP_TOLERANCE": 1,  # a telephone half a minute early or late
        "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN": not secure,
        "SOCIALACCOUNT_ADAPTER": "ancrage.people.adapter.SocialAdapter",
        "SOCIALACCOUNT_EMAIL_VERIFICATION": "none",
        "SOCIALACCOUNT_EMAIL_REQUIRED": False,
        "SOCIALACCOUNT_EMAIL_AUTHENTICATION": False,  # ours links, by an address verified on both sides
        "SOCIALACCOUNT_STORE_TOKENS": False,
        "SOCIALACCOUNT_LOGIN_ON_GET": False,
        "SOCIALACCOUNT_PROVIDERS": _providers(),
    }


def _providers() -> dict[str, Any]:
    server = os.environ.get("ANCRAGE_OIDC", "")
    if not server:
        return {}
    application = {
        "provider_id": "identite",
        "name": os.environ.get("ANCRAGE_OIDC_NOM", "ProConnect"),
        "client_id": os.environ.get("ANCRAGE_OIDC_CLIENT", ""),
        "secret": os.environ.get("ANCRAGE_OIDC_SECRET", ""),
        "settings": {
            "server_url": server,
            "scope": os.environ.get(
                "ANCRAGE_OIDC_PORTEE", "openid given_name usual_name email siret"
            ).split(),
            "acr": _levels(),
        },
    }
    return {OIDC: {"APPS": [application], "OAUTH_PKCE_ENABLED": True}}


def _levels() -> list[str]:
    told = os.environ.get("ANCRAGE_OIDC_NIVEAUX", LEVELS).split()
    return [] if told == ["aucun"] else told or LEVELS.split()
