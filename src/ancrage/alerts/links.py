"""Signed links: what a message lets its reader do, without an account."""

from typing import Any

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import salted_hmac

from ancrage.errors import AlertError, MailError

CONFIRM, STOP, OWN = "alertes.confirmer", "alertes.arreter", "alertes.personnel"
VALID_SECONDS = 7 * 86_400
"""How long one may confirm."""
ASK_AGAIN = "Redemandez l'alerte depuis la page à suivre."


def confirmation(subscription: str) -> str:
    """The token that confirms a subscription."""
    return signing.dumps(subscription, salt=CONFIRM)


def confirmed(token: str) -> str:
    """The subscription that a token confirms. Raises :class:`AlertError`."""
    try:
        return str(signing.loads(token, salt=CONFIRM, max_age=VALID_SECONDS))
    except signing.SignatureExpired as error:
        raise AlertError("Ce lien a expiré : il servait sept jours.", ASK_AGAIN) from error
    except signing.BadSignature as error:
        raise AlertError("Ce lien n'est pas de ce site, ou il est abîmé.", ASK_AGAIN) from error


def stopping(*, subscriber: int, mail: int | None = None, subscription: str = "") -> str:
    """The token that stops one subscription, or all those that a message tells. It never expires."""
    told: dict[str, Any] = {"q": subscriber, "m": mail, "s": subscription}
    return signing.dumps({key: value for key, value in told.items() if value}, salt=STOP)


def stopped(token: str) -> dict[str, Any]:
    """What a token stops: ``q`` the address, ``m`` a message, ``s`` a subscription.

    Raises :class:`AlertError`.
    """
    try:
        told: dict[str, Any] = signing.loads(token, salt=STOP)
    except signing.BadSignature as error:
        raise AlertError(
            "Ce lien n'est pas de ce site, ou il est abîmé.", "Copiez l'adresse entière du message."
        ) from error
    return told


def own(person: str, stamp: str) -> str:
    """The token of the feed and of the calendar of a person, until she ends all her sessions."""
    return signing.dumps([person, mark(stamp)], salt=OWN)


def mark(stamp: str) -> str:
    """What tells a stamp without telling it."""
    return salted_hmac(OWN, stamp, algorithm="sha256").hexdigest()[:16]


def owner(token: str) -> tuple[str, str]:
    """The person of such a token, and what her stamp must give (:func:`mark`). Raises :class:`AlertError`."""
    try:
        person, mark_told = signing.loads(token, salt=OWN)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise AlertError(
            "Cette adresse n'est pas de ce site, ou elle est abîmée.", "Reprenez-la dans votre espace."
        ) from error
    return str(person), str(mark_told)


def address(name: str, *arguments: str) -> str:
    """The address of a page as a message writes it. Raises what :func:`origin` raises."""
    return f"{origin()}{reverse(name, args=arguments)}"


def origin() -> str:
    """What addresses of this site begin with, in a message read elsewhere.

    Raises :class:`MailError` when who publishes the site did not say it: no link of a message would open.
    """
    if not settings.SITE_ORIGIN:
        raise MailError(
            "Ce site ne sait pas sous quelle adresse les liens de ses messages s'ouvriraient.",
            "La personne qui le publie peut la dire : ANCRAGE_ORIGINE.",
        )
    return str(settings.SITE_ORIGIN)
