"""Whom to call about an aid: the desk it declares, and who that is where the reader is."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from ancrage.aids.entries import Plain
from ancrage.contacts.finding import Contact, Contacts
from ancrage.contacts.kinds import DeskKind
from ancrage.contacts.reading import NATIONAL
from ancrage.facts.situation import Situation

PLACES = {"commune": "com", "epci": "epci", "departement": "dep", "region": "reg"}
"""Facts that hold the code of a place, the most local first, and how a contact writes it."""
Directory = Mapping[DeskKind, Contact]
"""Who answers here, by kind of desk."""


@dataclass(frozen=True, slots=True)
class LocalDesk:
    """A declared desk, and its contact for the reader's territory: ``None`` when it is not known.

    ``kind`` is ``None`` for a desk that is the same for all of France.
    """

    declared: Plain
    kind: DeskKind | None
    contact: Contact | None

    def as_json(self, on: date) -> dict[str, Any]:
        """Keys other tools rely on: the contact's, else those of the desk declared."""
        here = self.contact
        return {
            "desk": here.name if here else self.declared["name"],
            "kind": self.kind.value if self.kind else None,
            "local": here is not None and here.territory != NATIONAL,
            "phone": (here and here.phone) or self.declared["phone"],
            "email": (here and here.email) or None,
            "address": (here and here.address) or None,
            "website": (here and here.website) or None,
            "url": self.declared["href"],
            "seen_on": (here and here.seen_on) or None,
            "to_check": here is not None and (here.is_old(on) or not here.official),
            "source": here.source if here else None,
            "declared": self.declared["name"],
        }


def kind_of(declared: Plain) -> DeskKind | None:
    """The kind of a desk as an entry holds it."""
    return DeskKind(declared["kind"]) if declared["kind"] else None


def local_desk(declared: Plain, directory: Directory) -> LocalDesk:
    """The desk where the reader is."""
    kind = kind_of(declared)
    return LocalDesk(declared, kind, directory.get(kind) if kind else None)


def directory_of(
    contacts: Contacts, places: Sequence[str], declared: Iterable[Plain], *, town: str = ""
) -> Directory:
    """Who answers for some places, for every kind of desk among those declared."""
    kinds = sorted({kind for desk in declared if (kind := kind_of(desk))})
    return contacts.find(kinds, (*places, NATIONAL), town=town)


def places_of(situation: Situation) -> tuple[str, ...]:
    """Codes of the places a situation names, the most local first."""
    known = ((kind, situation.get(fact)) for fact, kind in PLACES.items())
    return tuple(f"{kind}:{told.value}" for kind, told in known if told and isinstance(told.value, str))
