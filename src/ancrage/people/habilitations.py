"""Roles given in an atelier. It has who holds it (*porteur*) at every moment: none may take the last away."""

from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import QuerySet

from ancrage.dating import Period
from ancrage.errors import RoleError
from ancrage.journal.writing import Pen, write
from ancrage.language.days import short_day
from ancrage.people.acting import day, deed
from ancrage.people.actors import holders, require
from ancrage.people.acts import Act
from ancrage.people.days import first_gap, shares_a_day
from ancrage.people.models import Habilitation, Organisation, Person
from ancrage.people.rights import Thing
from ancrage.people.roles import GIVEN, Role

Holder = Organisation | Person


def open_to(pen: Pen, organisation: Organisation, by: Person, *, at: datetime) -> Habilitation:
    """Make an organisation hold an atelier (the chain of the pen) that is being opened.

    Raises :class:`NotAllowedError`, and :class:`RoleError` when the atelier is open already.
    """
    require(by, Act.OPEN, Thing(concerns=frozenset({str(organisation.pk)})), on=day(at))
    if Habilitation.objects.filter(atelier_id=pen.chain).exists():
        raise RoleError("Cet atelier a déjà un porteur.")
    return pen.create(
        Habilitation(
            atelier_id=pen.chain,
            role=Role.PORTEUR.value,
            organisation=organisation,
            given_by=by,
            since=day(at),
        )
    )


def give(
    atelier: UUID, holder: Holder, role: Role, by: Person, *, at: datetime, only: UUID | None = None
) -> Habilitation:
    """Give a role from today on. Raises :class:`NotAllowedError`, :class:`RoleError`."""

    def do(pen: Pen) -> Habilitation:
        require(by, Act.GIVE_ROLE, about(atelier, holder, on=day(at)), on=day(at))
        if role not in GIVEN or (role is Role.EVALUATEUR) is not (only is not None):
            raise RoleError(
                "Ce rôle ne se donne pas ainsi.", "Un évaluateur l'est d'un contrat, et de lui seul."
            )
        theirs = _of(atelier, holder).filter(role=role.value, only=only)
        if shares_a_day(Period(day(at), None), (one.period for one in theirs)):
            raise RoleError(f"« {holder} » a déjà ce rôle.", "Mettez-y fin d'abord.")
        return pen.create(
            Habilitation(
                atelier_id=atelier,
                role=role.value,
                organisation=holder if isinstance(holder, Organisation) else None,
                person=holder if isinstance(holder, Person) else None,
                given_by=by,
                since=day(at),
                only=only,
            )
        )

    return write(deed(by, at), "role.donne", do, chain=atelier)


def end(habilitation: Habilitation, by: Person, *, seen: int, last_day: date, at: datetime) -> Habilitation:
    """End a role; ``last_day`` is the last that counts.

    Raises :class:`NotAllowedError`, :class:`RoleError`, :class:`StaleVersionError`.
    """

    def do(pen: Pen) -> Habilitation:
        mine = pen.read(Habilitation, habilitation.pk)
        if mine.person_id != by.pk:
            holder = mine.organisation or mine.person
            require(by, Act.RETIRE_ROLE, about(mine.atelier_id, holder, on=day(at)), on=day(at))
        if mine.until is not None and mine.until <= last_day:
            raise RoleError("Ce rôle est déjà fini ce jour-là.")
        until = max(last_day, mine.since, day(at) - timedelta(days=1))
        if mine.held is Role.PORTEUR:
            _refuse_gap(mine, until, day(at))
        return pen.change(Habilitation, mine.pk, seen, until=until)

    return write(deed(by, at), "role.retire", do, chain=habilitation.atelier_id)


def _refuse_gap(ended: Habilitation, until: date, on: date) -> None:
    """Raises :class:`RoleError` for the first day that nobody would hold the atelier."""
    others = Habilitation.objects.filter(atelier_id=ended.atelier_id, role=Role.PORTEUR.value)
    held = [one.period for one in others.exclude(pk=ended.pk)] + [Period(ended.since, until)]
    if (gap := first_gap(held, on=on)) is not None:
        raise RoleError(
            f"Plus personne ne porterait l'atelier le {short_day(gap)}.",
            "Donnez d'abord le rôle de porteur à une autre organisation.",
        )


def about(atelier: UUID, holder: Holder | None, *, on: date) -> Thing:
    """An atelier as what an act on a holder bears on."""
    concerns = frozenset({str(holder.pk)}) if isinstance(holder, Organisation) else frozenset[str]()
    return Thing(workspace=str(atelier), concerns=concerns, holders=holders(atelier, on=on))


def _of(atelier: UUID, holder: Holder) -> QuerySet[Habilitation]:
    found = Habilitation.objects.filter(atelier_id=atelier)
    return (
        found.filter(organisation=holder) if isinstance(holder, Organisation) else found.filter(person=holder)
    )
