"""The JSON document of who can help: its schema, key for key."""

from typing import Any

from pydantic import Field

from ancrage.contacts.helping import Help, Helper
from ancrage.contacts.kinds import DeskKind
from ancrage.contacts.needs import directory
from ancrage.questions.question import Answer
from ancrage.reports.documents import Document, Heading, NamedTerritory, heading, named


class ShownHelper(Document, title="Contact", description="Un service ou un réseau qui peut aider."):
    """A helper."""

    kind: DeskKind = Field(description="Sorte de contact.")
    label: str = Field(description="Sorte de contact, en clair.")
    offers: str = Field(description="Ce qu'il fait ; vide si ce n'est pas déclaré.")
    name: str = Field(description="Nom publié.")
    phone: str | None = Field(description="Téléphone ; null s'il n'est pas connu.")
    email: str | None = Field(description="Courriel ; null s'il n'est pas connu.")
    website: str | None = Field(description="Site ; null s'il n'est pas connu.")
    address: str | None = Field(description="Adresse ; null si elle n'est pas connue.")
    territory: str = Field(description="Territoire servi : com:, epci:, dep:, reg: et son code, ou national.")
    serves: bool = Field(description="Faux pour le plus proche connu, qui sert d'autres territoires.")
    km: float | None = Field(description="Distance à vol d'oiseau, en km ; null si elle n'est pas connue.")
    measured_to_seat: bool = Field(
        description="Vrai si la distance va au chef-lieu du territoire servi, faute d'adresse."
    )
    others: int = Field(description="Autres lieux de la même sorte pour ce territoire.")
    national: str | None = Field(description="Qui répond au niveau national, s'il est connu.")
    seen_on: str | None = Field(description="Jour, mois ou année de la source ; null s'il n'est pas dit.")
    to_check: bool = Field(description="Vrai si la source a plus de deux ans, ou n'est pas la sienne.")
    source: str = Field(description="Source.")


class HelpGroup(Document, title="Groupe de contacts", description="Des contacts sous un titre."):
    """A group."""

    id: str = Field(description="Identifiant.")
    label: str = Field(description="Titre.")
    contacts: list[ShownHelper] = Field(description="Les contacts, dans l'ordre où appeler.")


class UnknownKind(
    Document, title="Sorte inconnue ici", description="Une sorte de contact dont aucun n'est connu."
):
    """A kind of which nobody is known."""

    kind: DeskKind = Field(description="Sorte de contact.")
    label: str = Field(description="En clair.")


class HelpDocument(Heading, title="Qui peut aider", description="Les contacts d'un territoire."):
    """Who can help."""

    need: str | None = Field(description="Le besoin demandé ; null pour tous.")
    origin: NamedTerritory | None = Field(description="Commune d'où les distances sont comptées.")
    groups: list[HelpGroup] = Field(description="Les contacts, par besoin ou par famille.")
    unknown: list[UnknownKind] = Field(description="Sortes dont aucun contact n'est connu.")


def document(answer: Answer[Help]) -> dict[str, Any]:
    """Plain values: :class:`HelpDocument` is their schema."""
    found = answer.facts
    return {
        **heading(answer),
        "need": found.need.id if found.need else None,
        "origin": named(found.origin) if found.origin else None,
        "groups": [
            {"id": group.id, "label": group.label, "contacts": [_told(one, answer) for one in helpers]}
            for group, helpers in found.groups
        ],
        "unknown": [{"kind": one.value, "label": one.label} for one in found.unknown],
    }


def _told(one: Helper, answer: Answer[Help]) -> dict[str, Any]:
    contact = one.contact
    offer = directory().offer_of.get(contact.kind)
    return {
        "kind": contact.kind.value,
        "label": contact.kind.label,
        "offers": offer.offers if offer else "",
        "name": contact.name,
        "phone": contact.phone or None,
        "email": contact.email or None,
        "website": contact.website or None,
        "address": contact.address or None,
        "territory": contact.territory,
        "serves": not one.beyond,
        "km": None if one.km is None else round(one.km, 1),
        "measured_to_seat": one.seat,
        "others": contact.others,
        "national": contact.national.name if contact.national else None,
        "seen_on": contact.seen_on or None,
        "to_check": contact.is_old(answer.on) or not contact.official,
        "source": contact.source,
    }
