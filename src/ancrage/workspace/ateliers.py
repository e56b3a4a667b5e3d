"""Opening an atelier, and reading those of a person."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID, uuid4, uuid5

from ancrage.errors import UnknownObjectError
from ancrage.journal.models import HOUSE
from ancrage.journal.writing import Pen, write
from ancrage.people.acts import Act as Right
from ancrage.people.habilitations import open_to
from ancrage.people.models import Organisation, Person
from ancrage.people.rights import Actor, Thing
from ancrage.territories.territory import Territory
from ancrage.workspace.door import By, allowed, thing
from ancrage.workspace.models import Atelier


def open_atelier(
    by: By, person: Person, organisation: Organisation, name: str, territory: Territory
) -> Atelier:
    """Open an atelier on a territory of a day, held by an organisation. Raises ``NotAllowedError``."""
    by = allowed(by, Right.OPEN, Thing(concerns=frozenset({str(organisation.pk)})))
    row = Atelier(
        # The same form sent twice opens the same atelier.
        id=uuid5(HOUSE, by.act.key) if by.act.key else uuid4(),
        name=name,
        territory=str(territory.code),
        territory_on=territory.on,
        territory_name=territory.name,
    )

    def do(pen: Pen) -> Atelier:
        made = pen.create(row)
        open_to(pen, organisation, person, at=by.act.at)
        return made

    return write(by.act, "atelier.ouvert", do, chain=row.id)


def rename(by: By, atelier: Atelier, seen: int, name: str) -> Atelier:
    """Give an atelier another name."""
    by = allowed(by, Right.ADMINISTER, thing(atelier.pk))
    return write(
        by.act,
        "atelier.renomme",
        lambda pen: pen.change(Atelier, atelier.pk, seen, name=name),
        chain=atelier.pk,
    )


def find(identity: UUID) -> Atelier:
    """An atelier. Raises :class:`UnknownObjectError`."""
    if found := Atelier.objects.filter(pk=identity).first():
        return found
    raise UnknownObjectError("atelier")


def those_of(actor: Actor, *, on: date) -> list[Atelier]:
    """The ateliers where a person holds a role that day, by name."""
    return list(Atelier.objects.filter(pk__in=set(_held(actor, on)), retired_at=None).order_by("name"))


def _held(actor: Actor, on: date) -> Iterable[UUID]:
    for grant in actor.grants:
        # Who evaluates a contract reads that contract, not the atelier.
        if grant.workspace and not grant.only and on in grant.period:
            yield UUID(grant.workspace)
