"""What who asks does afterwards: see the answers, ask others, say she is helped, stop, erase."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from ancrage.edition.opened import Opened
from ancrage.errors import NeedError
from ancrage.needs.models import TO_CALL, WAITING, Asked, Need, Outcome, Stage, Step
from ancrage.needs.proposing import Support, propose
from ancrage.needs.stating import LONGEST, MOST_SUPPORTS, ask_also, write, written

TOLD_BY_ASKER = (Stage.PRISE, Stage.PAS_POUR_MOI, Stage.SANS_AIDE, Stage.MUETTE)
"""What who asks may say of a support that she reached herself, or could not."""
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
    chosen = [one for one in others(need, opened) if one.key in set(keys) and (one.written_to or one.called)]
    if not chosen:
        raise NeedError("Aucun support n’est choisi.", "Cochez ceux à qui demander.")
    if len(chosen) > MOST_SUPPORTS or need.asked.count() + len(chosen) > MOST_IN_ALL:
        raise NeedError(
            f"{MOST_SUPPORTS} supports au plus à la fois, {MOST_IN_ALL} en tout.", "Gardez les plus utiles."
        )
    with transaction.atomic():
        for support in chosen:
            ask_also(need, support, now=now)
    return len(chosen)


def note(need: Need, which: str, said: str, word: str, *, now: datetime) -> None:
    """Write what a support answered to who asks, when she reached it herself. Raises :class:`NeedError`.

    What a support said by its own link is not written over.
    """
    stage = next((one for one in (*TOLD_BY_ASKER, Stage.AIDEE) if one == said), None)
    asked = next((one for one in need.asked.all() if str(one.pk) == which), None)
    if stage is None or asked is None or not may_note(asked):
        raise NeedError(
            "Cette réponse ne peut pas être notée : ce support n’est pas de ceux que vous joignez vous-même.",
            "Regardez où il en est, ci-dessous.",
        )
    told = Asked.objects.filter(pk=asked.pk, stage=asked.stage, need__ended_at=None)
    told.update(stage=stage, word=written(word)[:LONGEST], answered_at=now, noted=True)


def may_note(asked: Asked) -> bool:
    """Whether who asks says herself what a support answered; she may correct what she said."""
    return (asked.stage in TO_CALL or asked.noted) and asked.need.ended_at is None


@transaction.atomic
def end(need: Need, outcome: Outcome, *, now: datetime) -> None:
    """End a request, once; the supports that have not answered, and those at work, are told."""
    if not Need.objects.filter(pk=need.pk, ended_at=None).update(ended_at=now, outcome=outcome):
        return
    for asked in need.asked.filter(stage__in=(*WAITING, Stage.PRISE), noted=False):
        write(need, Step.ARRET, asked=asked, now=now)
    Asked.objects.filter(need=need, stage__in=(*WAITING, Stage.A_JOINDRE)).update(stage=Stage.RETIREE)
