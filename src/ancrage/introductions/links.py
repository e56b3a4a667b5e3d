"""The link by which a side without an account answers, comes back, and ends."""

from uuid import UUID

from django.core import signing

from ancrage.errors import IntroductionError

SALT = "introductions.repondre"


def token_of(side: UUID) -> str:
    """What a message holds of a side; how long it lets one answer is told by the side itself."""
    return signing.dumps(str(side), salt=SALT)


def side_of(token: str) -> UUID:
    """The side of a token. Raises :class:`IntroductionError` for one that this site did not sign."""
    try:
        return UUID(str(signing.loads(token, salt=SALT)))
    except (signing.BadSignature, ValueError) as error:
        raise IntroductionError(
            "Ce lien n'est pas de ce site, ou il est abîmé.", "Copiez l'adresse entière du message."
        ) from error
