"""Who acts, read from the base: what a person belongs to, the roles that she and her organisations hold."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django.db.models import Q

from ancrage.errors import NotAllowedError
from ancrage.people.acts import Act
from ancrage.people.models import Habilitation, Membership, Organisation, Person
from ancrage.people.rights import Actor, Belonging, Grant, Standing, Thing, may
from ancrage.people.roles import Role
from ancrage.reasoning import Answer, Verdict


def actor_of(person: Person, *, acting_for: str = "") -> Actor:
    """A person with all that she belongs to and holds, past and to come included."""
    belongings = tuple(
        Belonging(str(one.organisation_id), one.organisation.name, one.period, Standing(one.standing))
        for one in Membership.objects.filter(person=person).select_related("organisation").order_by("since")
    )
    return Actor(str(person.pk), belongings, tuple(_grants(person, belongings)), acting_for)


def _grants(person: Person, belongings: tuple[Belonging, ...]) -> Iterator[Grant]:
    organisations = [one.organisation for one in belongings]
    theirs = Habilitation.objects.filter(Q(person=person) | Q(organisation__in=organisations))
    for one in theirs.order_by("since"):
        organisation = str(one.organisation_id or "")
        yield Grant(one.held, str(one.atelier_id), organisation, one.period, str(one.only or ""))


def holders(atelier: UUID, *, on: date) -> dict[Role, tuple[str, ...]]:
    """Names of those who hold each role of an atelier that day, to say who could."""
    found: dict[Role, tuple[str, ...]] = {}
    for one in Habilitation.objects.filter(atelier_id=atelier).select_related("organisation", "person"):
        if on in one.period:
            name = one.organisation.name if one.organisation else str(one.person)
            found[one.held] = (*found.get(one.held, ()), name)
    return found


def the_organisation(organisation: Organisation) -> Thing:
    """An organisation as what an act bears on."""
    return Thing(id=str(organisation.pk), concerns=frozenset({str(organisation.pk)}))


def refuse_unless(answer: Answer) -> None:
    """Let what is allowed go on. Raises :class:`NotAllowedError`, with why and who could."""
    if answer.verdict is not Verdict.OUI:
        *why, who = answer.reasons if len(answer.reasons) > 1 else (*answer.reasons, "")
        raise NotAllowedError(" ".join(why), who)


def require(person: Person, act: Act, thing: Thing, *, on: date) -> Actor:
    """The actor, who may do the act. Raises :class:`NotAllowedError`."""
    actor = actor_of(person)
    refuse_unless(may(actor, act, thing, on=on))
    return actor
