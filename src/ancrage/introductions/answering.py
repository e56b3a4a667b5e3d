"""Saying yes, no, never again, or that it is over; by who answers for a side, with an account or without."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction

from ancrage.alerts.models import State
from ancrage.errors import IntroductionError
from ancrage.introductions.asking import ANSWER_WITHIN, address_of, phone_of
from ancrage.introductions.letters import tell, tell_accord
from ancrage.introductions.links import side_of
from ancrage.introductions.models import OPEN, Address, Details, Introduction, Letter, Side, Sort, Standing
from ancrage.introductions.showing import partners, primary
from ancrage.introductions.silence import mark_of, silence
from ancrage.language.days import day as long_day
from ancrage.language.days import short_day
from ancrage.people.acting import day
from ancrage.people.actors import require, the_organisation
from ancrage.people.acts import Act
from ancrage.people.models import Person


@dataclass(frozen=True, slots=True)
class Giving:
    """What one gives with a yes; ``name`` and ``email`` are those of the account of who has one."""

    name: str = ""
    email: str = ""
    phone: str = ""


def by_token(token: str) -> Side:
    """The side of a link. Raises :class:`IntroductionError` for a link forged, or of what is forgotten."""
    found = Side.objects.filter(pk=side_of(token)).select_related("introduction").first()
    if found is None:
        raise IntroductionError(
            "Cette demande n'est plus gardée : elle a plus d'un an, ou son auteur est parti.",
            "Il n'y a rien à faire ; rien ne vous sera envoyé à ce sujet.",
        )
    return found


def open_until(side: Side) -> datetime:
    """Until when one may answer."""
    return side.asked_at + ANSWER_WITHIN


def waits(side: Side, now: datetime) -> bool:
    """Whether an answer is still awaited of a side."""
    return side.standing in OPEN and now < open_until(side) and side.introduction.ended_at is None


@transaction.atomic
def accept(side: UUID, giving: Giving, *, now: datetime, by: Person | None = None) -> Side:
    """Say yes, and give how to be reached. Raises :class:`IntroductionError`, :class:`NotAllowedError`."""
    one = _answered(side, by, now)
    if by is None and not giving.name.strip():
        raise IntroductionError("Votre nom manque.", "Écrivez le nom de la personne à joindre.")
    fields = {"phone": phone_of(giving.phone)}
    if by is None:
        fields["name"] = " ".join(giving.name.split())[:150]
        fields["email"] = address_of(giving.email) if giving.email.strip() else one.reached_at.email
    _say(one, Standing.ACCEPTED, by, now)
    Details.objects.create(side=one, **fields)
    _drop(one, Sort.INVITATION, now)
    tell_accord(one, now=now)
    return one


@transaction.atomic
def decline(side: UUID, *, now: datetime, by: Person | None = None, never: bool = False) -> Side:
    """Say no; ``never``: and be asked no more at this address, whoever asks.

    Raises :class:`IntroductionError`, :class:`NotAllowedError`.
    """
    one = _locked(side)
    if never:
        _silence(one, by, now)
    if never and not waits(one, now):
        return one
    one = _answered(side, by, now)
    _say(one, Standing.DECLINED, by, now)
    Address.objects.filter(side=one).delete()
    _drop(one, Sort.INVITATION, now)
    tell(_asker(one), one, Sort.REFUS, now=now)
    return one


@transaction.atomic
def end(side: UUID, *, now: datetime, by: Person | None = None) -> Side:
    """Take back one's yes: one's details are erased; of two, or by who asked, it is over for all.

    Raises :class:`IntroductionError` when it is over already, :class:`NotAllowedError`.
    """
    one = _locked(side)
    _may(one, by, now)
    if not one.agreed or one.introduction.ended_at is not None:
        raise IntroductionError("Cette mise en relation est déjà finie.", "Il n'y a rien de plus à faire.")
    told = partners(one)
    _say(one, Standing.ENDED, one.person, now)
    Details.objects.filter(side=one).delete()
    everybody = one.asks or one.introduction.sides.count() == 2
    if everybody:
        one.introduction.ended_at = now
        one.introduction.save(update_fields=["ended_at"])
        sides = one.introduction.sides.all()
        Details.objects.filter(side__in=sides).delete()
        for each in sides.filter(standing__in=OPEN):
            _say(each, Standing.EXPIRED, None, now)
            _drop(each, Sort.INVITATION, now)
            Address.objects.filter(side=each).delete()
    for other in told:
        tell(other, one, Sort.FIN, now=now)
    return one


def _answered(side: UUID, by: Person | None, now: datetime) -> Side:
    """A side that waits for the answer of who gives it. Raises what the callers say."""
    one = _locked(side)
    _may(one, by, now)
    if one.introduction.ended_at is not None:
        raise IntroductionError("Qui vous sollicitait y a mis fin entre-temps.", "Il n'y a rien à faire.")
    if one.standing not in (*OPEN, Standing.EXPIRED):
        when = short_day(day(one.answered_at or now))
        raise IntroductionError(
            f"Il a déjà été répondu le {when} : {one.get_standing_display()}.",
            "Une réponse se donne une fois ; un accord se retire depuis la même page.",
        )
    if not waits(one, now):
        raise IntroductionError(
            f"Ce lien a expiré : on pouvait répondre jusqu'au {long_day(day(open_until(one)))}.",
            f"Si vous le souhaitez encore, écrivez à {_asker(one).name} par un autre moyen.",
        )
    return one


def _locked(side: UUID) -> Side:
    """A side, nobody else answering for its introduction meanwhile: two yes at once know each other."""
    found = Side.objects.get(pk=side)
    Introduction.objects.select_for_update().get(pk=found.introduction_id)
    return Side.objects.select_related("introduction").get(pk=side)


def _may(side: Side, by: Person | None, now: datetime) -> None:
    """Who answered may always end it, even once she left the organisation: the details are hers."""
    if by is not None and side.organisation is not None and side.person_id != by.pk:
        require(by, Act.INTRODUCE, the_organisation(side.organisation), on=day(now))


def _say(side: Side, standing: Standing, by: Person | None, now: datetime) -> None:
    side.standing, side.person, side.answered_at = standing, by, now
    side.save(update_fields=["standing", "person", "answered_at"])


def _silence(side: Side, by: Person | None, now: datetime) -> None:
    if by is not None:
        silence(mark_of(primary(by)), now=now)
        return
    written = Letter.objects.filter(to=side, person=None).values_list("mark", flat=True)
    for mark in set(written):
        silence(mark, now=now)


def _drop(side: Side, sort: Sort, now: datetime) -> None:
    """What was to be said to a side is said no more."""
    waiting = Letter.objects.filter(to=side, sort=sort, state=State.A_ENVOYER)
    waiting.update(state=State.ANNULE, ended_at=now, reply="répondu entre-temps")


def _asker(side: Side) -> Side:
    return side.introduction.sides.get(asks=True)
