"""The states of an action, and the only arrows between them, each with the right it needs."""

from dataclasses import dataclass

from django.db import models

from ancrage.people.acts import Act


class State(models.TextChoices):
    """How far an action has come."""

    PROPOSED = "proposee", "proposée"
    KEPT = "retenue", "retenue"
    UNDER_WAY = "en_cours", "en cours"
    BLOCKED = "bloquee", "bloquée"
    DONE = "realisee", "réalisée"
    ABANDONED = "abandonnee", "abandonnée"
    ALREADY_DONE = "deja_faite", "déjà faite"
    DECLINED = "ecartee", "écartée"


@dataclass(frozen=True, slots=True)
class Arrow:
    """From a state to another: the right it takes, what a button says, whether a reason is asked."""

    to: State
    right: Act
    label: str
    reason: bool = False


_PLAN, _STATE = Act.WRITE_PLAN, Act.CHANGE_STATE
_ABANDON = Arrow(State.ABANDONED, _STATE, "Abandonner", reason=True)
ARROWS: dict[State, tuple[Arrow, ...]] = {
    State.PROPOSED: (
        Arrow(State.KEPT, _PLAN, "Retenir"),
        Arrow(State.ALREADY_DONE, _PLAN, "C’est déjà fait"),
        Arrow(State.DECLINED, _PLAN, "Écarter", reason=True),
    ),
    State.KEPT: (Arrow(State.UNDER_WAY, _STATE, "Commencer"), _ABANDON),
    State.UNDER_WAY: (
        Arrow(State.DONE, _STATE, "Terminer"),
        Arrow(State.BLOCKED, _STATE, "Dire qu’elle est bloquée", reason=True),
        _ABANDON,
    ),
    State.BLOCKED: (Arrow(State.UNDER_WAY, _STATE, "Reprendre"), _ABANDON),
    State.DONE: (),
    State.ABANDONED: (),
    State.ALREADY_DONE: (),
    State.DECLINED: (),
}
ENDED = frozenset(state for state, arrows in ARROWS.items() if not arrows)


def arrow(seen: str, to: str) -> Arrow | None:
    """The arrow between two states, if it is drawn."""
    return next((one for one in ARROWS[State(seen)] if one.to == to), None)
