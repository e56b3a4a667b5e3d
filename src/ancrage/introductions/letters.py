"""Which messages are owed: each once, to each who is to read it."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.db import transaction

from ancrage.alerts.models import State
from ancrage.introductions.models import Letter, Side, Sort, Standing
from ancrage.introductions.showing import partners, primary
from ancrage.introductions.silence import is_silent, mark_of
from ancrage.people.models import Person

DEAD = (State.REFUSE, State.ABANDONNE, State.ANNULE)
MOST_READERS = 5
"""People of an organisation that one request is sent to."""


def invite(side: Side, asker: Side, members: Iterable[Person], *, now: datetime) -> None:
    """Owe the request to the people of a side that are on the site, and to the address given for it."""
    for person in list(members)[:MOST_READERS]:
        mark = mark_of(primary(person))
        if not is_silent(mark):
            _owe(side, asker, Sort.INVITATION, person, mark, now)
    if reached := getattr(side, "reached_at", None):
        _owe(side, asker, Sort.INVITATION, None, reached.mark, now)


def tell_accord(side: Side, *, now: datetime) -> None:
    """A side said yes: it is told of those that had, and they of it."""
    for other in partners(side):
        tell(side, other, Sort.ACCORD, now=now)
        tell(other, side, Sort.ACCORD, now=now)


def tell(to: Side, about: Side, sort: Sort, *, now: datetime) -> None:
    """Owe a message to whoever answers for a side."""
    for person, mark in _readers(to):
        _owe(to, about, sort, person, mark, now)


@transaction.atomic
def unreached(letter: Letter, *, now: datetime) -> None:
    """A request that an address refuses for good: once no other may reach the side, who asked is told."""
    side = letter.to
    invitations = Letter.objects.filter(to=side, sort=Sort.INVITATION)
    if letter.sort != Sort.INVITATION or invitations.exclude(state__in=DEAD).exists():
        return
    waiting = Side.objects.filter(pk=side.pk, standing=Standing.ASKED, introduction__ended_at=None)
    if waiting.update(standing=Standing.UNREACHED):
        tell(side.introduction.sides.get(asks=True), side, Sort.REFUS, now=now)


def _readers(side: Side) -> Iterator[tuple[Person | None, str]]:
    if side.person is not None:
        yield side.person, mark_of(primary(side.person))
    elif reached := getattr(side, "reached_at", None):
        yield None, reached.mark


def _owe(to: Side, about: Side, sort: Sort, person: Person | None, mark: str, now: datetime) -> None:
    Letter.objects.get_or_create(
        to=to, about=about, sort=sort, mark=mark, defaults={"person": person, "made_at": now, "next_at": now}
    )
