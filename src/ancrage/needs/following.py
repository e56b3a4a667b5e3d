"""What who asks does afterwards: see the answers, ask others, say she is helped, stop, erase."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from ancrage.edition.opened import Opened
from ancrage.errors import NeedError
from ancrage.needs.models import WAITING, Asked, Need, Outcome, Stage, Step
from ancrage.needs.proposing import Support, propose
from ancrage.needs.stating import MOST_SUPPORTS, ask_also, write

MOST_IN_ALL = 3 * MOST_SUPPORTS
"""Supports asked for one need, those handed over to among them."""


def others(need: Need, opened: Opened) -> list[Support]:
    """The supports not asked yet, those a message does not reach included: their telephone is told."""
    known = set(need.asked.values_list("key", flat=True))
    return [one for one in propose(opened, need.territory, need.kind).supports if one.key not in known]


def ask_more(need: Need, keys: Sequence[str], opened: Opened, *, now: datetime) -> int:
    """Ask other supports; gives how many. Raises :class:`NeedError`."""
    if need.ended_at or need.confirmed_at is None:
        raise NeedError("Cette demande est arrêtée.", "Faites-en une nouvelle.")
    chosen = [one for one in others(need, opened) if one.key in set(keys) and one.written_to]
    if not chosen:
        raise NeedError("Aucun support n’est choisi.", "Cochez ceux à qui envoyer votre demande.")
    if len(chosen) > MOST_SUPPORTS or need.asked.count() + len(chosen) > MOST_IN_ALL:
        raise NeedError(
            f"{MOST_SUPPORTS} supports au plus à la fois, {MOST_IN_ALL} en tout.", "Gardez les plus utiles."
        )
    with transaction.atomic():
        for support in chosen:
            ask_also(need, support, now=now)
    return len(chosen)


@transaction.atomic
def end(need: Need, outcome: Outcome, *, now: datetime) -> None:
    """End a request, once; the supports that have not answered, and those at work, are told."""
    if not Need.objects.filter(pk=need.pk, ended_at=None).update(ended_at=now, outcome=outcome):
        return
    for asked in need.asked.filter(stage__in=(*WAITING, Stage.PRISE)):
        write(need, Step.ARRET, asked=asked, now=now)
    Asked.objects.filter(need=need, stage__in=WAITING).update(stage=Stage.RETIREE)
