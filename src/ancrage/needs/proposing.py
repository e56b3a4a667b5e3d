"""The supports that serve a need in a territory: by what they declare, by distance, and what is not known."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from ancrage.alerts.models import State
from ancrage.contacts.finding import Contact
from ancrage.contacts.helping import Help, Helper
from ancrage.edition.opened import Opened
from ancrage.needs.closing import closed_among
from ancrage.needs.mailboxes import believed
from ancrage.needs.models import TO_SUPPORT, Letter
from ancrage.questions.contacts import ContactsQuestion
from ancrage.questions.question import Answer, Asking

EACH = 3
"""Supports of a kind that are proposed."""


@dataclass(frozen=True, slots=True)
class Support:
    """A support that may be asked. ``closed``: since when the register closes it; ``refusing``: its address
    refused the last message; ``given``: the day its address was given on the site, and believed."""

    helper: Helper
    key: str
    closed: date | None = None
    refusing: bool = False
    given: date | None = None

    @property
    def contact(self) -> Contact:
        """Who it is."""
        return self.helper.contact

    @property
    def written_to(self) -> bool:
        """Whether a message may reach it."""
        return bool(email_of(self.contact)) and not (self.closed or self.refusing)

    @property
    def called(self) -> bool:
        """Whether who asks may reach it herself, when no message does."""
        return bool(self.contact.phone or self.contact.website.startswith("http")) and not (
            self.closed or self.written_to
        )


@dataclass(frozen=True)
class Proposal:
    """Who may be asked for a need. ``answer``: who can help there, with its day and its sources."""

    answer: Answer[Help]
    supports: tuple[Support, ...]

    @cached_property
    def by_key(self) -> dict[str, Support]:
        """Each by its key."""
        return {one.key: one for one in self.supports}

    @property
    def reachable(self) -> Iterator[Support]:
        """Those a message may reach."""
        return (one for one in self.supports if one.written_to)


def propose(opened: Opened, territory: str, need: str) -> Proposal:
    """The supports of a need there. Raises what :class:`ContactsQuestion` raises."""
    question = ContactsQuestion(territory=territory, need=need, each=EACH)
    answer = question.answer(Asking(opened, opened.today))
    named = {key_of(one.contact): one for one in answer.facts.helpers}
    own = believed(named)
    helpers = {
        key: replace(one, contact=replace(one.contact, email=own[key].email)) if key in own else one
        for key, one in named.items()
    }
    closed = closed_among(opened.atlas, [one.contact for one in helpers.values()], on=opened.today)
    refusing = _refusing({email_of(one.contact) for one in helpers.values()})
    supports = (
        Support(
            one,
            key,
            closed.get(one.contact),
            email_of(one.contact) in refusing,
            at.date() if key in own and (at := own[key].believed_at) else None,
        )
        for key, one in helpers.items()
    )
    return Proposal(answer, tuple(supports))


def key_of(contact: Contact) -> str:
    """Which contact it is: the same from an edition to the next as long as it is so named and placed."""
    told = "|".join((contact.kind.value, contact.territory, contact.name, contact.address))
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def email_of(contact: Contact) -> str:
    """Its address, when it is one; empty otherwise."""
    try:
        validate_email(contact.email.strip())
    except ValidationError:
        return ""
    return contact.email.strip()


def _refusing(emails: set[str]) -> set[str]:
    """Addresses whose last message was refused for good."""
    sent = Letter.objects.filter(step__in=TO_SUPPORT, asked__email__in=emails - {""})
    ended = sent.filter(state__in=(State.REMIS, State.REFUSE))
    found = dict(ended.order_by("ended_at").values_list("asked__email", "state"))
    return {email for email, state in found.items() if state == State.REFUSE}
