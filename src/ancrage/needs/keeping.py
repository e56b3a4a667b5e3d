"""How long what a person wrote is kept: then the territory, the kind of need and its outcome alone stay."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from ancrage.alerts.models import State
from ancrage.needs.models import Asked, Letter, Need

KEPT_UNCONFIRMED = timedelta(days=7)
KEPT_DAYS = 180
"""Days after the request."""


def forget(now: datetime) -> None:
    """Forget what nobody confirmed in seven days, wholly; erase the persons of what is old."""
    over = Need.objects.filter(confirmed_at=None, asked_at__lt=now - KEPT_UNCONFIRMED)
    with transaction.atomic():
        Letter.objects.filter(need__in=over).delete()
        Asked.objects.filter(need__in=over).delete()
        over.delete()
    old = Need.objects.filter(erased_at=None, asked_at__lt=now - timedelta(days=KEPT_DAYS))
    for need in old.iterator(chunk_size=500):
        erase(need, now=now)


@transaction.atomic
def erase(need: Need, *, now: datetime) -> None:
    """Erase who asked, her words, her facts and what supports wrote to her; nothing more is sent.

    What stays tells no day: the month it was asked in, the territory, the kind, what came of it.
    """
    month = need.asked_at.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    Need.objects.filter(pk=need.pk).update(
        email="", name="", phone="", words="", facts=[], asked_at=month, erased_at=now
    )
    Need.objects.filter(pk=need.pk).exclude(confirmed_at=None).update(confirmed_at=month)
    Asked.objects.filter(need=need).update(email="", phone="", website="", word="")
    waiting = Q(state__in=(State.A_ENVOYER, State.ENVOI))
    Letter.objects.filter(waiting, need=need).update(state=State.ANNULE, ended_at=now)
