"""What a support answers, by its link: taken, not for me, not reached, no help, handed over, done."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction

from ancrage.alerts.models import State
from ancrage.edition.opened import Opened
from ancrage.errors import NeedError
from ancrage.needs import links
from ancrage.needs.models import TO_SUPPORT, WAITING, Asked, Need, Stage, Step
from ancrage.needs.proposing import Support, propose
from ancrage.needs.stating import LONGEST, ask_also, write, written

NEXT: Mapping[Stage, tuple[Stage, ...]] = {
    **dict.fromkeys(WAITING, (Stage.PRISE, Stage.PAS_POUR_MOI, Stage.INJOIGNABLE, Stage.SANS_AIDE)),
    Stage.PRISE: (Stage.AIDEE, Stage.SANS_AIDE, Stage.INJOIGNABLE),
}
"""What may be answered from where a support stands."""


def found(given: str) -> Asked:
    """The request of a link of a support. Raises :class:`NeedError`."""
    one = Asked.objects.filter(pk=links.read(links.ANSWER, given)).select_related("need", "passed_to").first()
    if one is None or one.need.erased_at:
        raise NeedError(
            "Cette demande n’est plus gardée : ce que la personne avait écrit a été effacé.",
            "Il n’y a plus rien à faire.",
        )
    return one


def possible(asked: Asked) -> tuple[Stage, ...]:
    """What it may still answer; nothing once it answered for good, or once the request was stopped."""
    return () if asked.need.ended_at else NEXT.get(Stage(asked.stage), ())


def answer(given: str, typed: str, word: str, *, now: datetime) -> Asked:
    """Write an answer and tell who asks. Raises :class:`NeedError`: what is over is not answered again."""
    asked = found(given)
    stage = next((one for one in possible(asked) if one == typed), None)
    if stage is None:
        raise _already(asked)
    with transaction.atomic():
        _move(asked, stage, word, now)
        write(asked.need, Step.REPONSE, asked=asked, told=stage.value, now=now)
    asked.refresh_from_db()
    return asked


def _move(asked: Asked, stage: Stage, word: str, now: datetime, **told: object) -> None:
    own = Asked.objects.filter(pk=asked.pk, stage=asked.stage, need__ended_at=None)
    if not own.update(stage=stage, word=written(word)[:LONGEST], answered_at=now, noted=False, **told):
        raise _already(found_again(asked))


def found_again(asked: Asked) -> Asked:
    """The same, as it now is."""
    return Asked.objects.select_related("need", "passed_to").get(pk=asked.pk)


def _already(asked: Asked) -> NeedError:
    if asked.need.ended_at:
        return NeedError("La personne a arrêté sa demande : il n’y a plus rien à répondre.", "Merci.")
    return NeedError(
        f"Cette réponse n’est pas possible ici : la demande est déjà « {asked.get_stage_display()} ».",
        "Pour ajouter quelque chose, écrivez à la personne.",
    )


def is_unreached(need: Need) -> bool:
    """Whether the address of who asks refuses what is told to her: a support should call."""
    return need.letters.exclude(step__in=TO_SUPPORT).filter(state=State.REFUSE).exists()


def others(asked: Asked, opened: Opened) -> list[Support]:
    """The supports it may hand the need over to: those of the same need there, not asked yet."""
    if not asked.need.may_pass or not possible(asked):
        return []
    known = set(asked.need.asked.values_list("key", flat=True))
    proposal = propose(opened, asked.need.territory, asked.need.kind)
    return [one for one in proposal.reachable if one.key not in known]


def hand_over(given: str, key: str, word: str, opened: Opened, *, now: datetime) -> Asked:
    """Pass a need on to another support, which is asked in turn. Raises :class:`NeedError`."""
    asked = found(given)
    if not possible(asked):
        raise _already(asked)
    if not asked.need.may_pass:
        raise NeedError(
            "La personne n’a pas accepté que sa demande soit transmise.",
            "Dites-lui dans votre réponse à qui s’adresser.",
        )
    support = next((one for one in others(asked, opened) if one.key == key), None)
    if support is None:
        raise NeedError(
            "Ce support n’est pas proposé, ou il est déjà demandé.", "Choisissez-en un de la liste."
        )
    with transaction.atomic():
        other = ask_also(asked.need, support, now=now)
        _move(asked, Stage.PASSEE, word, now, passed_to=other)
        write(asked.need, Step.REPONSE, asked=asked, told=Stage.PASSEE.value, now=now)
    return found_again(asked)
