"""Persons: made at their first sign-in, named by themselves, erased when they ask."""

from collections.abc import Iterable
from datetime import datetime

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from ancrage.errors import MembershipError
from ancrage.people.models import Identity, Invitation, InvitationAddress, OpenSession, Organisation, Person
from ancrage.people.person import new_stamp

LONGEST_NAME = 150


@transaction.atomic
def welcome(email: str, *, at: datetime) -> Person:
    """The person whose verified address this is, made if nobody has it."""
    known = EmailAddress.objects.filter(email=email, verified=True).select_related("user").first()
    if known is not None:
        person: Person = known.user
        return person
    person = Person.objects.create(created_at=at)
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person


def rename(person: Person, name: str) -> None:
    """Give a person the name she says. Raises :class:`MembershipError` for an empty one."""
    told = " ".join(name.split())[:LONGEST_NAME]
    if not told:
        raise MembershipError("Le nom est vide.", "Écrivez le nom sous lequel les autres vous connaissent.")
    Identity.objects.update_or_create(person=person, defaults={"name": told})


@transaction.atomic
def erase(person: Person, *, at: datetime) -> None:
    """Forget who a person is: her name, addresses, means of signing in, sessions. Her acts stay.

    Her belongings end by themselves as nobody can sign in as her; what she did keeps its identifier.
    """
    Identity.objects.filter(person=person).delete()
    _forget_invitations(EmailAddress.objects.filter(user=person).values_list("email", flat=True))
    for model in (EmailAddress, SocialAccount, Authenticator):
        model._default_manager.filter(user=person).delete()
    Person.objects.filter(pk=person.pk).update(
        is_active=False, erased_at=at, stamp=new_stamp(), last_login=None
    )


def _forget_invitations(emails: Iterable[str]) -> None:
    InvitationAddress.objects.filter(email__in=list(emails)).delete()


def forget_over(at: datetime) -> int:
    """Forget sessions that are over, and addresses of invitations used, withdrawn or over; gives how many."""
    OpenSession.objects.filter(expire_date__lte=at).delete()
    over = Invitation.objects.exclude(used_at=None, retired_at=None, expires_at__gt=at)
    count, _ = InvitationAddress.objects.filter(invitation__in=over).delete()
    return count


def sign_out_everywhere(person: Person) -> None:
    """End every session of a person."""
    Person.objects.filter(pk=person.pk).update(stamp=new_stamp())


def proof_of(person: Person, organisation: Organisation) -> str:
    """What proves that a person belongs to an organisation: a provider that named it; else nothing."""
    for account in SocialAccount.objects.filter(user=person):
        told = (account.extra_data or {}).get("userinfo") or {}
        siret = str(told.get("siret") or "")
        if organisation.siren and siret.startswith(organisation.siren):
            return "fournisseur d’identité"
    return ""
