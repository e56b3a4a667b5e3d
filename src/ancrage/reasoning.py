"""Answers in this house: yes, no, partly, or to be checked, and always why.

Unknown is a value of its own. It is never turned into no: ``all_of`` and ``any_of`` follow the
three-valued logic of Kleene, the same that SQL uses with NULL.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What can be said of a question; the values are those written in every output."""

    OUI = "oui"
    NON = "non"
    PARTIEL = "partiel"
    A_VERIFIER = "a_verifier"

    @property
    def label(self) -> str:
        """French words shown to people."""
        return "à vérifier" if self is Verdict.A_VERIFIER else self.value


@dataclass(frozen=True, slots=True)
class Answer:
    """A verdict with the reasons that led to it, in French, most decisive first."""

    verdict: Verdict
    reasons: tuple[str, ...] = ()


def all_of(answers: Iterable[Answer]) -> Answer:
    """Yes when all are yes; no as soon as one is no; otherwise to be checked. Nothing asked is yes."""
    kept = list(answers)
    for decisive in (Verdict.NON, Verdict.A_VERIFIER, Verdict.PARTIEL):
        if found := [answer for answer in kept if answer.verdict is decisive]:
            return Answer(decisive, _reasons(found))
    return Answer(Verdict.OUI, _reasons(kept))


def any_of(answers: Iterable[Answer]) -> Answer:
    """Yes as soon as one is yes; no when all are no; otherwise to be checked. Nothing asked is no."""
    kept = list(answers)
    for decisive in (Verdict.OUI, Verdict.PARTIEL, Verdict.A_VERIFIER):
        if found := [answer for answer in kept if answer.verdict is decisive]:
            return Answer(decisive, _reasons(found))
    return Answer(Verdict.NON, _reasons(kept))


def spread(verdicts: Iterable[Verdict]) -> Verdict:
    """Verdict of a whole made of parts that were each judged.

    All yes is yes, all no is no. One part certainly in and one certainly out (or a partial part) is
    *partiel*, whatever the unknown parts are. Anything else depends on the unknown parts: to be checked.
    """
    seen = set(verdicts)
    if not seen:
        return Verdict.A_VERIFIER
    if Verdict.PARTIEL in seen or {Verdict.OUI, Verdict.NON} <= seen:
        return Verdict.PARTIEL
    if Verdict.A_VERIFIER in seen:
        return Verdict.A_VERIFIER
    return seen.pop()


def _reasons(answers: Iterable[Answer]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reason for answer in answers for reason in answer.reasons))
