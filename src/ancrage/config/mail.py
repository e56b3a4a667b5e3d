"""How messages leave: by SMTP, as one address in the environment says it."""

from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

SECONDS = 10
"""A server that does not answer for so long has the message refused: the page says so."""
PORTS = {"smtp": 25, "smtps": 465}


def mail_settings(address: str) -> dict[str, Any]:
    """Django's settings of messages for ``smtp://name:password@host:587?tls=1`` or ``smtps://…``.

    Nothing said: messages go to a server on this very machine. Raises ``ValueError`` for another scheme.
    """
    told = urlsplit(address or "smtp://localhost:25")
    if told.scheme not in PORTS:
        raise ValueError("ANCRAGE_SMTP: smtp://… or smtps://… is expected")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": told.hostname or "localhost",
        "EMAIL_PORT": told.port or PORTS[told.scheme],
        "EMAIL_HOST_USER": unquote(told.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(told.password or ""),
        "EMAIL_USE_SSL": told.scheme == "smtps",
        "EMAIL_USE_TLS": parse_qs(told.query).get("tls") == ["1"],
        "EMAIL_TIMEOUT": SECONDS,
    }
