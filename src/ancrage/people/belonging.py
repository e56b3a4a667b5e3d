"""Who belongs to an organisation: declared by the first, then confirmed by its members, for some days."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from ancrage.dating import Period
from ancrage.errors import MembershipError
from ancrage.journal.models import HOUSE
from ancrage.journal.writing import Pen, write
from ancrage.people.acting import day, deed
from ancrage.people.actors import require, the_organisation
from ancrage.people.acts import Act
from ancrage.people.days import shares_a_day
from ancrage.people.models import Function, Membership, Organisation, Person
from ancrage.people.rights import Standing

OVERLAP = "Vous appartenez déjà à cette organisation ces jours-là."


def join(
    person: Person,
    organisation: Organisation,
    function: str,
    *,
    at: datetime,
    vouched_by: Person | None = None,
    proof: str = "",
) -> Membership:
    """Say that a person belongs to an organisation from today on.

    The first of an organisation is *déclarée*; the next wait for one of its members, unless one vouched for
    her by an invitation, or ``proof`` names what proves it. Raises :class:`MembershipError` when she belongs
    to it already.
    """

    def do(pen: Pen) -> Membership:
        others = list(Membership.objects.live().filter(organisation=organisation))
        hers = [one.period for one in others if one.person_id == person.pk]
        if shares_a_day(Period(day(at), None), hers):
            raise MembershipError(OVERLAP, "Voyez vos organisations dans votre espace.")
        proved = vouched_by is not None or bool(proof)
        return pen.create(
            Membership(
                person=person,
                organisation=organisation,
                function=_function(function),
                since=day(at),
                standing=(Standing.CONFIRMED if proved else _standing(others, day(at))).value,
                confirmed_by=vouched_by,
                proof=proof or ("invitation" if vouched_by else ""),
            )
        )

    return write(deed(person, at, for_=organisation.pk), "appartenance.declaree", do, chain=HOUSE)


def _standing(others: Sequence[Membership], on: date) -> Standing:
    acting = any(on in one.period and one.standing != Standing.WAITING for one in others)
    return Standing.WAITING if acting else Standing.DECLARED


def _function(written: str) -> Function:
    if written not in Function.values:
        raise MembershipError("La fonction manque.", "Choisissez-la dans la liste.")
    return Function(written)


def confirm(membership: UUID, by: Person, *, seen: int, at: datetime) -> Membership:
    """Confirm that a person belongs to the organisation one belongs to.

    Raises :class:`NotAllowedError`, :class:`StaleVersionError`; :class:`MembershipError` for one's own, or
    one that does not wait.
    """

    def do(pen: Pen) -> Membership:
        mine = pen.read(Membership, membership)
        require(by, Act.CONFIRM_MEMBER, the_organisation(mine.organisation), on=day(at))
        if mine.person_id == by.pk:
            raise MembershipError(
                "On ne confirme pas sa propre appartenance.", "Un autre membre peut le faire."
            )
        if mine.standing == Standing.CONFIRMED or day(at) not in mine.period:
            raise MembershipError("Cette appartenance n'attend pas d'être confirmée.")
        return pen.change(
            Membership,
            membership,
            seen,
            standing=Standing.CONFIRMED.value,
            confirmed_by=by,
            proof="membre",
        )

    return write(deed(by, at), "appartenance.confirmee", do, chain=HOUSE)


def leave(membership: UUID, by: Person, *, seen: int, last_day: date, at: datetime) -> Membership:
    """End a belonging: one's own, or that of a colleague; ``last_day`` is the last that counts.

    Days already lived are not taken back: their acts stand. Raises :class:`NotAllowedError`,
    :class:`StaleVersionError`, :class:`MembershipError`.
    """

    def do(pen: Pen) -> Membership:
        mine = pen.read(Membership, membership)
        if mine.person_id != by.pk:
            require(by, Act.END_MEMBERSHIP, the_organisation(mine.organisation), on=day(at))
        if mine.until is not None and mine.until <= last_day:
            raise MembershipError("Cette appartenance est déjà finie ce jour-là.")
        until = max(last_day, mine.since, day(at) - timedelta(days=1))
        return pen.change(Membership, membership, seen, until=until)

    return write(deed(by, at), "appartenance.finie", do, chain=HOUSE)
