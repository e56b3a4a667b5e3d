"""Whom to call, in words: one line a fact, so that a card, a sheet and a terminal all say the same."""

from collections.abc import Iterator
from datetime import date

from ancrage.aids.desks import LocalDesk
from ancrage.contacts.finding import Contact
from ancrage.contacts.reading import NATIONAL
from ancrage.language.days import MONTHS, day
from ancrage.language.folding import bare
from ancrage.language.numbers import count
from ancrage.language.typography import NO_BREAK_SPACE, capitalised
from ancrage.sources.catalogue import get_source

DIRECTORY = "L’annuaire de l’administration le donne : https://lannuaire.service-public.gouv.fr"


def desk_lines(desk: LocalDesk, on: date, *, placed: bool) -> Iterator[str]:
    """Who it is here, how to reach it, since when that is known; then where the aid itself sends.

    ``placed``: whether a territory is known, without which no local desk can be told.
    """
    here = desk.contact
    if here and here.territory != NATIONAL:
        yield from contact_lines(here, on)
    yield _declared(desk)
    if here and here.territory != NATIONAL and not here.reachable:
        yield f"Au niveau national : {_reached(here.national)}." if here.national else DIRECTORY
    if desk.kind and (not here or here.territory == NATIONAL):
        wanted = f"{desk.kind.label} de votre territoire"
        yield f"Coordonnées inconnues d’Ancrage : {wanted}." if placed else f"À trouver : {wanted}."
        yield f"Au niveau national : {_reached(here)}." if here else DIRECTORY


def short_desk_lines(desk: LocalDesk, on: date) -> Iterator[str]:
    """The same for a list: one line for the local contact, one for where the aid itself sends."""
    here = desk.contact
    if here and here.territory != NATIONAL:
        yield (
            " · ".join(filter(None, (_named(here), here.address, _reached_by(here))))
            + ". "
            + seen_words(here, on)
        )
    if not here or not here.reachable or here.territory == NATIONAL:
        yield _declared(desk)


def is_unknown(desk: LocalDesk) -> bool:
    """Whether it is a desk of the territory of which no source read gives the contact."""
    return desk.kind is not None and (desk.contact is None or desk.contact.territory == NATIONAL)


def contact_lines(contact: Contact, on: date) -> Iterator[str]:
    """A contact in a few lines."""
    yield _named(contact)
    if contact.address:
        yield contact.address
    yield _reached_by(contact) or "Téléphone inconnu."
    if contact.others:
        yield f"Et {count(contact.others, 'autre lieu', 'autres lieux')} sur le même territoire."
    yield seen_words(contact, on)


def _reached(contact: Contact) -> str:
    return " · ".join(filter(None, (contact.name, _reached_by(contact))))


def _reached_by(contact: Contact) -> str:
    reached = (contact.phone and f"Tél. {contact.phone}", contact.email, contact.website)
    return " · ".join(part for part in reached if part)


def _named(contact: Contact) -> str:
    """Its name, after what it is when the name does not say it."""
    label = contact.kind.label
    if bare(label).split()[0] in bare(contact.name).split():
        return contact.name
    return f"{capitalised(label)} : {contact.name}"


def seen_words(contact: Contact, on: date) -> str:
    """« Annuaire de l'administration, octobre 2019 : vérifiez avant d’appeler. »"""
    when = written(contact.seen_on) if contact.seen_on else "jour inconnu"
    caution = " : vérifiez avant d’appeler" if contact.is_old(on) or not contact.official else ""
    return f"{get_source(contact.source).title}, {when}{caution}."


def written(seen: str) -> str:
    """A day, a month or a year as French writes it."""
    parts = [int(part) for part in seen.split("-")]
    if len(parts) == 3:
        return day(date(parts[0], parts[1], parts[2]))
    return f"{MONTHS[parts[1] - 1]}{NO_BREAK_SPACE}{parts[0]}" if len(parts) == 2 else str(parts[0])


def _declared(desk: LocalDesk) -> str:
    told = desk.declared
    name = f"Guichet de l’aide : {told['name']}" if desk.contact else told["name"]
    phone = told["phone"] and f"Tél. {told['phone']}"
    return " · ".join(part for part in (name, told["href"], phone) if part)
