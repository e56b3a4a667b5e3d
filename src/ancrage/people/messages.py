"""Messages sent to people: what each says, in plain text, and their sending."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings

from ancrage.errors import MailError
from ancrage.people.envelope import enclosed, leave

CODE = """Bonjour,

Voici le code demandé pour entrer dans Ancrage :

    {code}

Il sert une fois, pendant dix minutes, dans la fenêtre où vous l'avez demandé.

Vous n'avez rien demandé ? Ignorez ce message : sans ce code, personne n'entre.
Ne le donnez à personne ; nous ne le demandons jamais."""
INVITATION = """Bonjour,

{inviter} vous invite à rejoindre « {organisation} » dans Ancrage{where}.

Pour répondre, ouvrez cette adresse. Elle sert une fois, jusqu'au {until} :

    {link}

Si vous ne connaissez pas cette personne, ignorez ce message."""
CHANGED = """Bonjour,

Vos moyens d'entrer dans Ancrage ont changé : {change}.

Si ce n'est pas vous, entrez dans votre compte ({site}/espace/compte/), retirez ce moyen
et fermez toutes vos sessions."""
REFUSED = """Bonjour,

Quelqu'un a donné le code envoyé à cette adresse pour entrer dans Ancrage, puis plusieurs
fois un second code qui n'est pas le bon. Personne n'est entré.

Si c'est vous, rien n'est à faire. Sinon, quelqu'un lit vos courriels : changez le mot de
passe de votre messagerie, puis fermez vos sessions ({site}/espace/compte/)."""
MESSAGES: Mapping[str, tuple[str, str]] = {
    "account/email/login_code": ("Votre code pour entrer dans Ancrage : {code}", CODE),
    "people/second_code_refused": ("Votre second code pour Ancrage a été refusé plusieurs fois", REFUSED),
    "people/invitation": ("Invitation à rejoindre {organisation} dans Ancrage", INVITATION),
}
CHANGES = {
    "mfa/email/totp_activated": "une application de codes a été ajoutée",
    "mfa/email/totp_deactivated": "l'application de codes a été retirée",
    "mfa/email/webauthn_added": "une clé d'accès a été ajoutée",
    "mfa/email/webauthn_removed": "une clé d'accès a été retirée",
    "mfa/email/recovery_codes_generated": "de nouveaux codes de secours ont été faits",
    "socialaccount/email/account_connected": "un fournisseur d'identité a été relié",
    "socialaccount/email/account_disconnected": "un fournisseur d'identité a été détaché",
}


def send(name: str, to: str, told: Mapping[str, Any]) -> None:
    """Send a message by its name. Raises :class:`MailError` when the server does not take it."""
    subject, body = MESSAGES.get(name, ("Vos moyens d'entrer dans Ancrage ont changé", CHANGED))
    words = {
        **told,
        "site": settings.SITE_ORIGIN,
        "change": CHANGES.get(name, "l'un d'eux a été modifié"),
    }
    if not leave(enclosed(subject.format_map(words), body.format_map(words), to)):
        raise MailError(
            "Le courriel n'a pas pu partir : le serveur de messagerie ne répond pas ou le refuse.",
            "Vérifiez l'adresse, ou réessayez dans quelques minutes.",
        )
