"""Invitations: sent to an address, used once, for fourteen days; the token itself is kept nowhere."""

import hashlib
import secrets
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from ancrage.errors import InvitationError
from ancrage.journal.models import HOUSE
from ancrage.journal.writing import Pen, write
from ancrage.language.days import short_day
from ancrage.people.acting import day, deed
from ancrage.people.actors import require, the_organisation
from ancrage.people.acts import Act
from ancrage.people.belonging import join
from ancrage.people.habilitations import about, give
from ancrage.people.models import (
    Habilitation,
    Invitation,
    InvitationAddress,
    Membership,
    Organisation,
    Person,
)
from ancrage.people.roles import Role

VALID = timedelta(days=14)
UNKNOWN = "Cette invitation n'existe pas."
ASK_AGAIN = "Demandez-en une autre à la personne qui vous a invité."
Made = tuple[Invitation, str]
"""An invitation, and its token, which only the message may hold."""


def invite_colleague(organisation: Organisation, email: str, by: Person, *, at: datetime) -> Made:
    """Invite somebody into one's organisation. Raises :class:`NotAllowedError`."""
    return _made(Invitation(organisation=organisation), email, by, at)


def invite_into(
    atelier: UUID, organisation: Organisation, role: Role, email: str, by: Person, *, at: datetime
) -> Made:
    """Invite somebody into an atelier, on behalf of an organisation that will hold a role there.

    The role is given to the organisation when the invitation is accepted. Raises :class:`NotAllowedError`.
    """
    return _made(Invitation(organisation=organisation, atelier_id=atelier, role=role.value), email, by, at)


@transaction.atomic
def _made(invitation: Invitation, email: str, by: Person, at: datetime) -> Made:
    token = secrets.token_urlsafe(32)
    invitation.invited_by, invitation.digest, invitation.expires_at = by, digest_of(token), at + VALID

    def do(pen: Pen) -> Invitation:
        _require(invitation, by, at)
        return pen.create(invitation)

    made = write(deed(by, at), "invitation.faite", do, chain=invitation.chain())
    InvitationAddress.objects.create(invitation=made, email=email)
    return made, token


def _require(invitation: Invitation, by: Person, at: datetime) -> None:
    if invitation.atelier_id is None:
        require(by, Act.INVITE_COLLEAGUE, the_organisation(invitation.organisation), on=day(at))
    else:
        thing = about(invitation.atelier_id, invitation.organisation, on=day(at))
        require(by, Act.INVITE, thing, on=day(at))


def digest_of(token: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def find(token: str, *, at: datetime) -> Invitation:
    """The invitation that a token opens. Raises :class:`InvitationError`, saying what became of it."""
    found = Invitation.objects.filter(digest=digest_of(token)).first()
    if found is None:
        raise InvitationError(UNKNOWN, "Ouvrez le lien entier du courriel, ou demandez-en une autre.")
    return _still_good(found, at)


def _still_good(invitation: Invitation, at: datetime) -> Invitation:
    if invitation.used_at is not None:
        raise InvitationError("Cette invitation a déjà servi.", ASK_AGAIN)
    if not invitation.live:
        raise InvitationError("Cette invitation a été retirée.", ASK_AGAIN)
    if invitation.expires_at <= at:
        told = short_day(day(invitation.expires_at))
        raise InvitationError(f"Cette invitation n'était valable que jusqu'au {told}.", ASK_AGAIN)
    return invitation


@transaction.atomic
def accept(token: str, person: Person, function: str, *, at: datetime) -> Membership:
    """Become a member of the organisation that invites. Raises :class:`InvitationError`.

    The invitation into an atelier gives its role to the organisation, by who sent it, who must still be
    allowed to. One who belongs to the organisation already keeps her belonging.
    """
    found = find(token, at=at)

    def do(pen: Pen) -> Invitation:
        mine = _still_good(pen.read(Invitation, found.pk), at)
        return pen.change(Invitation, mine.pk, mine.version, used_at=at, used_by=person)

    # Used first: of two who accept at once, the second waits here, then is told.
    used = write(deed(person, at, for_=found.organisation_id), "invitation.acceptee", do, chain=found.chain())
    known = [one for one in used.organisation.memberships.filter(person=person) if day(at) in one.period]
    member = (
        known[0] if known else join(person, used.organisation, function, at=at, vouched_by=_voucher(used))
    )
    if used.atelier_id is not None:
        _give_role(used, used.atelier_id, at)
    InvitationAddress.objects.filter(invitation=used).delete()
    return member


def _voucher(invitation: Invitation) -> Person | None:
    """Who vouches for the belonging: only a colleague does; who holds an atelier knows nothing of it."""
    return invitation.invited_by if invitation.chain() == HOUSE else None


def _give_role(invitation: Invitation, atelier: UUID, at: datetime) -> None:
    role = Role(invitation.role)
    held = Habilitation.objects.filter(
        atelier_id=atelier, organisation=invitation.organisation, role=role.value
    )
    if not any(day(at) in one.period for one in held):
        give(atelier, invitation.organisation, role, invitation.invited_by, at=at)


@transaction.atomic
def withdraw(invitation: Invitation, by: Person, *, seen: int, at: datetime) -> Invitation:
    """Take an invitation back. Raises :class:`NotAllowedError`, :class:`InvitationError`."""

    def do(pen: Pen) -> Invitation:
        mine = pen.read(Invitation, invitation.pk)
        if mine.invited_by_id != by.pk:
            _require(mine, by, at)
        _still_good(mine, at)
        return pen.retire(Invitation, mine.pk, seen, "retirée")

    done = write(deed(by, at), "invitation.retiree", do, chain=invitation.chain())
    InvitationAddress.objects.filter(invitation=done).delete()
    return done
