"""Who is told of an invitation to a shared project: those who may engage an atelier of who is invited.

Each is told once. What a pass finds owed is written, then leaves as all messages do
(:mod:`ancrage.alerts.posting`): an invitation made while the server was down, or by a process that died,
is told by the next pass; so is one whose atelier opens later.
"""

import logging
from collections.abc import Iterator
from datetime import date, datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from ancrage.alerts import posting
from ancrage.alerts.links import address, origin
from ancrage.alerts.models import State
from ancrage.errors import MailError
from ancrage.introductions.showing import primary
from ancrage.journal.past import PARIS
from ancrage.people.actors import actor_of
from ancrage.people.acts import Act as Right
from ancrage.people.envelope import Message, enclosed
from ancrage.people.models import Habilitation, Membership, Person
from ancrage.people.rights import may
from ancrage.people.roles import Role
from ancrage.reasoning import Verdict
from ancrage.workspace.door import thing
from ancrage.workspace.models import Atelier, ProjectInvitation, ProjectLetter, ProjectPart
from ancrage.workspace.pooling import porteurs

logger = logging.getLogger("ancrage.workspace")
OWED = timedelta(days=90)
"""How long an invitation that nobody answered is told to whom it concerns."""
TEXT = """Bonjour,

{asker} invite {name} à un projet partagé avec d’autres ateliers :

    {title}

Le lire, dire ce que vous apportez, ou décliner :

    {link}

Pourquoi ce message : vous pouvez engager l’atelier « {atelier} » dans un projet partagé. C’est le seul
envoyé pour cette invitation."""


class Letters:
    """The messages about shared projects."""

    model = ProjectLetter
    sort = "projet"

    def __init__(self, now: datetime) -> None:
        self.now = now

    def identity(self, mail: ProjectLetter) -> str:
        """Its number and its invitation's."""
        return posting.message_id(self.sort, mail.pk, mail.invitation_id)

    def message(self, mail: ProjectLetter) -> Message | None:
        """The message, unless it was answered or taken back, or its reader lost the right to answer it."""
        on, invitation = self.now.astimezone(PARIS).date(), mail.invitation
        person = Person.objects.filter(pk=mail.person, is_active=True).first()
        to = primary(person) if person else ""
        if person is None or not to or not waits(invitation, mail.atelier):
            return None
        if not _may(person, mail.atelier, on):
            return None
        asker = _asker(invitation, on)
        told = {
            "asker": asker,
            "name": invitation.name,
            "title": " ".join(invitation.project.title.split()),
            "link": address("atelier-project", str(mail.atelier_id), str(invitation.project_id)),
            "atelier": mail.atelier.name,
        }
        subject = f"{asker} vous invite à un projet partagé"
        return enclosed(subject, TEXT.format_map(told), to, identity=self.identity(mail))

    def since(self, mail: ProjectLetter) -> datetime:
        """When it was made."""
        return mail.made_at

    def refused(self, mail: ProjectLetter, why: str, now: datetime) -> None:
        """The page of the project says it to who invited."""


def pass_once(now: datetime) -> int:
    """Write what is owed and send what is due; gives how many messages were taken by the server."""
    for one in _live(now):
        owe(one, now=now)
    return _deliver(now, posting.EVERYTHING)


def announce(invitation: ProjectInvitation) -> int:
    """The same of one invitation, at once."""
    now = timezone.now()
    owe(invitation, now=now)
    return _deliver(now, Q(invitation=invitation))


def owe(invitation: ProjectInvitation, *, now: datetime) -> None:
    """Write the messages of an invitation that waits, one for each who may answer it."""
    on = now.astimezone(PARIS).date()
    for atelier in _ateliers(invitation, on):
        for person in _readers(atelier, on) if waits(invitation, atelier) else ():
            ProjectLetter.objects.get_or_create(
                invitation=invitation,
                person=person.pk,
                defaults={"atelier": atelier, "made_at": now, "next_at": now},
            )


def waits(invitation: ProjectInvitation, atelier: Atelier) -> bool:
    """Whether an invitation is still to be answered by an atelier."""
    over = invitation.retired_at or invitation.project.retired_at
    return (
        not over and not ProjectPart.objects.filter(atelier=atelier, project=invitation.project_id).exists()
    )


def told_of(invitation: ProjectInvitation, *, on: date) -> str:
    """What became of the messages of an invitation, for who made it, in French."""
    states = list(ProjectLetter.objects.filter(invitation=invitation).values_list("state", flat=True))
    if State.REMIS in states:
        return "un courriel l’en a prévenu"
    if State.A_ENVOYER in states or State.ENVOI in states:
        return "le courriel qui l’en prévient partira dès que le serveur le prendra"
    if State.REFUSE in states or State.ABANDONNE in states:
        return "le courriel qui devait l’en prévenir n’a pas pu être remis : dites-le-lui"
    if not list(_ateliers(invitation, on)):
        return "ne porte pas encore d’atelier ici : dites-lui que ce projet l’attend"
    return "personne n’a pu en être prévenu par courriel : dites-le-lui"


def _deliver(now: datetime, only: Q) -> int:
    try:
        origin()
    except MailError:
        logger.warning("invitations wait: the site does not know its own address")
        return 0
    return posting.deliver(Letters(now), now=now, only=only)


def _live(now: datetime) -> Iterator[ProjectInvitation]:
    recent = ProjectInvitation.objects.filter(retired_at=None, created_at__gt=now - OWED)
    yield from recent.filter(project__retired_at=None).select_related("project")


def _ateliers(invitation: ProjectInvitation, on: date) -> Iterator[Atelier]:
    """Those that the invited organisation holds, but for the one that invites."""
    held = Habilitation.objects.filter(
        organisation__siren=invitation.siren, role=Role.PORTEUR.value, retired_at=None
    )
    living = {one.atelier_id for one in held if on in one.period} - {invitation.atelier_id}
    yield from Atelier.objects.filter(pk__in=living, retired_at=None)


def _readers(atelier: Atelier, on: date) -> Iterator[Person]:
    held = Habilitation.objects.filter(atelier_id=atelier.pk, role=Role.PORTEUR.value, retired_at=None)
    living = [one for one in held if on in one.period]
    members = Membership.objects.live().filter(organisation__in=[one.organisation_id for one in living])
    known = {one.person_id for one in living if one.person_id} | set(members.values_list("person", flat=True))
    for person in Person.objects.filter(pk__in=known, is_active=True):
        if _may(person, atelier, on):
            yield person


def _may(person: Person, atelier: Atelier, on: date) -> bool:
    return may(actor_of(person), Right.SHARE, thing(atelier.pk), on=on).verdict is Verdict.OUI


def _asker(invitation: ProjectInvitation, on: date) -> str:
    """Who invites: the organisation that holds the atelier, or the atelier by its name."""
    held = porteurs(invitation.atelier_id, on=on)
    return next((one.name for one in held), f"L’atelier « {invitation.project.atelier.name} »")
