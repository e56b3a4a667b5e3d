"""What time does: what nobody answered ends, what is over is forgotten, what is owed leaves."""

from datetime import datetime, timedelta

from django.db import transaction

from ancrage.alerts.models import State
from ancrage.introductions.answering import end
from ancrage.introductions.asking import ANSWER_WITHIN
from ancrage.introductions.delivering import deliver
from ancrage.introductions.letters import tell
from ancrage.introductions.models import OPEN, Address, Details, Introduction, Letter, Side, Sort, Standing

KEPT = timedelta(days=365)
"""How long anything of an introduction is kept, from its asking."""
LIVE = (*OPEN, Standing.ACCEPTED)


def pass_once(now: datetime) -> int:
    """A pass, which may be made at any moment, by several processes; gives how many messages left."""
    expire(now)
    forget(now)
    return deliver(now=now)


def expire(now: datetime) -> None:
    """What was not answered in time cannot be any more: its address is forgotten, and who asked is told."""
    over = Side.objects.filter(standing__in=OPEN, asked_at__lte=now - ANSWER_WITHIN)
    for side in over.select_related("introduction"):
        with transaction.atomic():
            if not Side.objects.filter(pk=side.pk, standing=side.standing).update(
                standing=Standing.EXPIRED, answered_at=now
            ):
                continue
            Address.objects.filter(side=side).delete()
            tell(side.introduction.sides.get(asks=True), side, Sort.REFUS, now=now)


def forget(now: datetime) -> None:
    """Erase what reaches people where it serves no more, end what erased people had, forget the rest."""
    for side in Side.objects.filter(person__is_active=False, standing=Standing.ACCEPTED):
        Details.objects.filter(side=side).delete()
        if side.introduction.ended_at is None:
            end(side.pk, now=now)
    Details.objects.exclude(side__standing=Standing.ACCEPTED).delete()
    owed = Letter.objects.filter(state__in=(State.A_ENVOYER, State.ENVOI)).values("to")
    quiet = Address.objects.exclude(side__in=owed)
    live = quiet.filter(side__standing__in=LIVE, side__introduction__ended_at=None)
    quiet.exclude(pk__in=live.values("pk")).delete()
    for old in Introduction.objects.filter(asked_at__lte=now - KEPT):
        forget_one(old)


@transaction.atomic
def forget_one(introduction: Introduction) -> None:
    """Delete all of an introduction, but for the marks of those who asked for no more."""
    sides = list(introduction.sides.all())
    Letter.objects.filter(to__in=sides).delete()
    for model in (Address, Details):
        model._default_manager.filter(side__in=sides).delete()
    introduction.sides.all().delete()
    introduction.delete()
