"""The address where a support wants requests: given on the site, confirmed by it, believed for a reason.

Whoever reads a mailbox may confirm it; that it is the support's is another matter, since requests hold what
people wrote. It is believed when its domain is the one of the site or of the address that a public source
gives for this support, or when who publishes this site says so by a command.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from urllib.parse import urlsplit
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction

from ancrage.alerts.links import address
from ancrage.contacts.finding import Contact
from ancrage.errors import MailError, NeedError
from ancrage.needs import links
from ancrage.needs.models import Mailbox
from ancrage.people.envelope import enclosed, leave

KEPT_UNCONFIRMED = timedelta(days=7)
MOST_WAITING = 3
"""Addresses of a support that wait for their confirmation."""
SHARED = frozenset(
    (
        *("gmail.com", "outlook.com", "outlook.fr", "hotmail.com", "hotmail.fr", "live.fr", "yahoo.fr"),
        *("yahoo.com", "orange.fr", "wanadoo.fr", "free.fr", "sfr.fr", "laposte.net", "bbox.fr"),
        *("icloud.com", "proton.me", "protonmail.com", "facebook.com", "google.com"),
    )
)
"""Domains where anybody may have an address: they prove nothing."""
BY_DOMAIN = "son domaine est celui que publie la source"
BY_PUBLISHER = "vérifiée par qui publie ce site"
REPLACED, TAKEN_BACK, REFUSED = "remplacée par une autre", "retirée par qui la lit", "refusée par l’éditeur"
TEXT = """Bonjour,

Quelqu’un propose que les demandes d’appui faites à {name} par Ancrage arrivent à cette adresse.

Si vous y travaillez et le voulez aussi, ouvrez cette adresse et confirmez. Elle sert sept jours :

    {link}

Une fois confirmée, cette adresse n’est montrée à personne, sauf à qui vous aurez répondu. Vous pourrez la
retirer à tout moment par le même lien.

Vous ne connaissez pas cet organisme ? Ignorez ce message : rien ne vous sera envoyé.

Pourquoi ce message : quelqu’un a donné cette adresse sur ce site comme celle de {name}."""


def propose_mailbox(key: str, contact: Contact, place: str, email: str, *, now: datetime) -> Mailbox:
    """Keep an address, and send it the link that confirms it.

    Raises :class:`NeedError`, :class:`MailError`.
    """
    wanted = email.strip()
    try:
        validate_email(wanted)
    except ValidationError as error:
        raise NeedError("Ce n’est pas une adresse de courriel.", "Écrivez-la en entier.") from error
    live = Mailbox.objects.filter(key=key, ended_at=None)
    if live.filter(email__iexact=wanted).exclude(confirmed_at=None).exists():
        raise NeedError("Cette adresse est déjà confirmée pour cet organisme.", "Rien d’autre n’est à faire.")
    with transaction.atomic():
        live.filter(email__iexact=wanted).delete()
        if live.filter(confirmed_at=None).count() >= MOST_WAITING:
            raise NeedError(
                f"{MOST_WAITING} adresses de cet organisme attendent déjà d’être confirmées.",
                "Confirmez l’une d’elles par son message, ou revenez dans sept jours.",
            )
        made = Mailbox.objects.create(
            key=key,
            name=contact.name[:250],
            place=place[:200],
            email=wanted,
            same_domain=is_of(wanted, contact),
            asked_at=now,
        )
    text = TEXT.format(name=contact.name, link=link_of(made))
    if not leave(enclosed(f"Confirmez l’adresse de {contact.name}", text, wanted)):
        made.delete()
        raise MailError(
            "Le courriel n’a pas pu partir : le serveur de messagerie ne répond pas ou le refuse.",
            "Vérifiez l’adresse, ou réessayez dans quelques minutes.",
        )
    return made


def link_of(one: Mailbox) -> str:
    """Where an address is confirmed, then taken back."""
    return address("need-mailbox-answer", links.token(links.MAILBOX, one.pk))


def is_of(email: str, contact: Contact) -> bool:
    """Whether the domain of an address is one that a public source gives for this support."""
    domain = email.rpartition("@")[2].lower()
    known = {contact.email.strip().lower().rpartition("@")[2], _host(contact.website)} - {""} - SHARED
    return domain not in SHARED and any(domain == one or domain.endswith(f".{one}") for one in known)


def _host(website: str) -> str:
    try:
        return (urlsplit(website.strip()).hostname or "").lower().removeprefix("www.")
    except ValueError:
        return ""


def found(token: str) -> Mailbox:
    """The address of a link. Raises :class:`NeedError` for one that is forged, or no longer kept."""
    one = Mailbox.objects.filter(pk=links.read(links.MAILBOX, token)).first()
    if one is None or one.ended_at is not None:
        raise NeedError("Cette adresse n’est plus gardée : rien ne lui est envoyé.", "")
    return one


@transaction.atomic
def confirm(token: str, *, now: datetime) -> Mailbox:
    """Its reader confirms; a link used twice changes nothing. Raises :class:`NeedError`."""
    one = found(token)
    if one.confirmed_at is None and now - one.asked_at > KEPT_UNCONFIRMED:
        raise NeedError("Ce lien a expiré : il servait sept jours.", "Donnez l’adresse de nouveau.")
    Mailbox.objects.filter(pk=one.pk, confirmed_at=None).update(confirmed_at=now)
    if one.same_domain:
        _believe(one, BY_DOMAIN, now)
    one.refresh_from_db()
    return one


@transaction.atomic
def accept(identity: UUID, *, now: datetime) -> Mailbox:
    """Who publishes the site says that a confirmed address is the support's. Raises :class:`NeedError`."""
    one = Mailbox.objects.filter(pk=identity, ended_at=None).exclude(confirmed_at=None).first()
    if one is None:
        raise NeedError("Aucune adresse confirmée ne porte cet identifiant.", "Voyez la liste.")
    _believe(one, BY_PUBLISHER, now)
    one.refresh_from_db()
    return one


def _believe(one: Mailbox, proof: str, now: datetime) -> None:
    before = Mailbox.objects.filter(key=one.key, ended_at=None).exclude(believed_at=None).exclude(pk=one.pk)
    before.update(ended_at=now, ended_why=REPLACED, email="")
    Mailbox.objects.filter(pk=one.pk, believed_at=None).update(believed_at=now, proof=proof)


def end(identity: UUID, why: str, *, now: datetime) -> None:
    """Write no more to an address; nothing is left of it but its days. Raises :class:`NeedError`."""
    if not Mailbox.objects.filter(pk=identity, ended_at=None).update(ended_at=now, ended_why=why, email=""):
        raise NeedError("Aucune adresse gardée ne porte cet identifiant.", "Voyez la liste.")


def believed(keys: Iterable[str]) -> Mapping[str, Mailbox]:
    """The address of each support that gave one, and is believed."""
    live = Mailbox.objects.filter(key__in=list(keys), ended_at=None).exclude(believed_at=None)
    return {one.key: one for one in live}


def forget_unconfirmed(now: datetime) -> None:
    """Forget what nobody confirmed in seven days."""
    Mailbox.objects.filter(confirmed_at=None, asked_at__lt=now - KEPT_UNCONFIRMED).delete()
