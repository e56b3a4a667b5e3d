"""The only place where contact details are read: for who said yes, of those who said yes too."""

from collections.abc import Iterator
from dataclasses import dataclass

from allauth.account.models import EmailAddress

from ancrage.introductions.models import Details, Side
from ancrage.people.models import Membership, Person
from ancrage.people.rights import Standing

BY_LINK = "a répondu par le lien du message ; rien d’autre ne prouve son appartenance"
PROOF = {
    Standing.CONFIRMED: "appartenance confirmée par un membre de l’organisation ou par une preuve",
    Standing.DECLARED: "appartenance déclarée, que personne n’a confirmée",
    Standing.WAITING: "appartenance à confirmer",
}


@dataclass(frozen=True, slots=True)
class Reached:
    """How to reach a side; ``proof``: how far who answered for it is known to belong to it, in French."""

    side: Side
    name: str
    email: str
    phone: str
    proof: str = ""


def partners(side: Side) -> list[Side]:
    """The sides of an introduction whose details a side may read: all of them said yes, as it did."""
    if not side.agreed or side.introduction.ended_at is not None:
        return []
    others = side.introduction.sides.exclude(pk=side.pk).select_related("person__identity", "introduction")
    return [one for one in others.order_by("-asks", "answered_at") if one.agreed]


def shared_with(side: Side) -> Iterator[Reached]:
    """How a side may reach the others; nothing of those that did not say yes, nor to one that did not."""
    for one in partners(side):
        if told := _details(one):
            yield told


def details_between(reader: Side, other: Side) -> Reached | None:
    """The details of one side for another; ``None`` unless both said yes, now."""
    return next((one for one in shared_with(reader) if one.side.pk == other.pk), None)


def _details(side: Side) -> Reached | None:
    kept = Details.objects.filter(side=side).first()
    if kept is None:
        return None
    if side.person is None:
        return Reached(side, kept.name, kept.email, kept.phone, BY_LINK)
    if not side.person.is_active:
        return None
    return Reached(side, side.person.name, primary(side.person), kept.phone, _proof(side, side.person))


def _proof(side: Side, person: Person) -> str:
    live = Membership.objects.live().filter(person=person, organisation=side.organisation).order_by("-since")
    found = live.first()
    return PROOF[Standing(found.standing)] if found else ""


def primary(person: object) -> str:
    """The address a person signs in with; empty once she was erased."""
    found = EmailAddress.objects.filter(user=person, verified=True).order_by("-primary").first()
    return str(found.email) if found else ""
