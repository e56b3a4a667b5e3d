"""Signed links: who asks confirms and follows, a support answers; nobody has an account."""

from uuid import UUID

from django.core import signing

from ancrage.errors import NeedError

CONFIRM, FOLLOW, ANSWER = "besoins.confirmer", "besoins.suivre", "besoins.repondre"
MAILBOX = "besoins.adresse"
DAY = 86_400
CONFIRM_DAYS, ANSWER_DAYS = 7, 90
LIFETIMES = {CONFIRM: CONFIRM_DAYS * DAY, ANSWER: ANSWER_DAYS * DAY, FOLLOW: None, MAILBOX: None}
"""Seconds a link serves; that of who asks, and of an address, as long as it is kept."""
EXPIRED = {CONFIRM: f"il servait {CONFIRM_DAYS} jours", ANSWER: f"il servait {ANSWER_DAYS} jours"}
WHOLE = "Copiez l’adresse entière du message."
AGAIN = {
    CONFIRM: "Refaites la demande : elle n’est partie vers personne.",
    ANSWER: "Si vous pouvez encore aider, répondez à la personne par son courriel ou son téléphone.",
}


def token(purpose: str, identity: UUID) -> str:
    """What a link of a purpose holds."""
    return signing.dumps(str(identity), salt=purpose)


def read(purpose: str, given: str) -> UUID:
    """What a link leads to. Raises :class:`NeedError` for one that is forged, damaged or expired."""
    try:
        return UUID(signing.loads(given, salt=purpose, max_age=LIFETIMES[purpose]))
    except signing.SignatureExpired as error:
        raise NeedError(f"Ce lien a expiré : {EXPIRED[purpose]}.", AGAIN[purpose]) from error
    except (signing.BadSignature, ValueError) as error:
        raise NeedError("Ce lien n’est pas de ce site, ou il est abîmé.", WHOLE) from error
