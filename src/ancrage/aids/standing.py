"""Four answers about an aid: does it exist that day, do I qualify, how much, is it a right or a choice.

The class a reader is shown follows from them. An old proof lowers what is said of the existence of an aid; it
never turns a condition that holds into an unknown one, and nothing unknown becomes a no.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from ancrage.aids.vocabulary import Grant
from ancrage.reasoning import Verdict


class State(StrEnum):
    """Whether an aid exists on a day.

    ``ouverte`` is in force with a closing day still to come, ``annoncee`` told by a text already published,
    ``fermee`` ended, or not yet begun; ``inconnue``, on a day no version tells."""

    EN_VIGUEUR = "en_vigueur"
    OUVERTE = "ouverte"
    ANNONCEE = "annoncee"
    FERMEE = "fermee"
    A_CONFIRMER = "a_confirmer"
    INCONNUE = "inconnue"

    @property
    def label(self) -> str:
        """French words shown to people."""
        return _STATES[self]


class Class(StrEnum):
    """What a reader can do of an aid, most useful first."""

    DROIT = "droit"
    A_DEMANDER = "a_demander"
    REPONSE_MANQUANTE = "reponse_manquante"
    A_CONFIRMER = "a_confirmer"
    DECRITE = "decrite"
    FERMEE = "fermee"
    NON = "non"

    @property
    def label(self) -> str:
        """French words shown to people."""
        return _CLASSES[self]

    @property
    def heading(self) -> str:
        """The same above a list."""
        return _TITLES.get(self, self.label)


_STATES = {
    State.EN_VIGUEUR: "en vigueur",
    State.OUVERTE: "ouverte",
    State.ANNONCEE: "annoncée",
    State.FERMEE: "fermée",
    State.A_CONFIRMER: "existence à confirmer au guichet",
    State.INCONNUE: "existence inconnue ce jour-là",
}
_CLASSES = {
    Class.DROIT: "Vous y avez droit",
    Class.A_DEMANDER: "Vous pouvez la demander",
    Class.REPONSE_MANQUANTE: "Il manque votre réponse",
    Class.A_CONFIRMER: "Conditions connues remplies, à confirmer au guichet",
    Class.DECRITE: "Décrite, règles non établies",
    Class.FERMEE: "Fermée",
    Class.NON: "Non",
}
_TITLES = {Class.DECRITE: "Décrites, règles non établies", Class.FERMEE: "Fermées"}


@dataclass(frozen=True, slots=True)
class Existence:
    """Whether an aid exists on a day. Days are ISO texts; ``since`` is ``None`` when no
    list tells it; ``deadline`` is the next closing day, if any.

    ``last_proof`` is the last day, not after the day asked, on which something read shows it: ``None`` when
    nothing read tells.
    """

    state: State
    since: str | None
    until: str | None
    last_proof: str | None
    deadline: str | None = None

    def as_json(self) -> dict[str, Any]:
        """Keys other tools rely on."""
        return {
            "state": self.state.value,
            "from": self.since,
            "to": self.until,
            "last_proof": self.last_proof,
        }


STANDING = frozenset({State.EN_VIGUEUR, State.OUVERTE})
GONE = frozenset({State.FERMEE, State.ANNONCEE})


def class_of(
    existence: Existence, qualifies: Verdict, grant: Grant, *, told: bool, sure: bool, asks: bool
) -> Class:
    """The class of an aid. ``told``: its rules are; ``sure``: no condition nor rule is left to be checked.

    ``asks``: an answer of the reader would settle it.
    """
    if existence.state in GONE:
        return Class.FERMEE
    if qualifies is Verdict.NON:
        return Class.NON
    if not told or existence.state is State.INCONNUE:
        return Class.DECRITE
    if qualifies is not Verdict.OUI and asks:
        return Class.REPONSE_MANQUANTE
    if qualifies is not Verdict.OUI or not sure or existence.state not in STANDING:
        return Class.A_CONFIRMER
    return Class.DROIT if grant is Grant.DROIT else Class.A_DEMANDER


def last_of(days: tuple[date | None, ...], on: date) -> date | None:
    """The last of the days known that is not after ``on``."""
    return max((day for day in days if day is not None and day <= on), default=None)
