"""Families: a national aid and its local variants are one need; a person sees the one that serves them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ancrage.aids.answering import AidAnswer
from ancrage.reasoning import Verdict


@dataclass(frozen=True, slots=True)
class PutAside:
    """An aid not shown because a more local one of its family serves the same need."""

    answer: AidAnswer
    preferred: str

    @property
    def reason(self) -> str:
        """Why, in French."""
        return f"« {self.preferred} », plus proche de vous, répond au même besoin"


def serving(answers: Iterable[AidAnswer]) -> tuple[tuple[AidAnswer, ...], tuple[PutAside, ...]]:
    """The answers to show, in their order, and those put aside.

    Only aids in force that surely cover the place are compared: while the place is not known, all are shown.
    """
    kept: list[AidAnswer] = []
    aside: list[PutAside] = []
    listed = list(answers)
    best = _most_local(listed)
    for answer in listed:
        winner = best.get(answer.entry.family) if answer.entry.family else None
        if winner is not None and answer.entry.reach < winner.entry.reach and answer.entry.in_force:
            aside.append(PutAside(answer, winner.entry.name))
        else:
            kept.append(answer)
    return tuple(kept), tuple(aside)


def _most_local(answers: Sequence[AidAnswer]) -> dict[str, AidAnswer]:
    best: dict[str, AidAnswer] = {}
    for answer in answers:
        family = answer.entry.family
        if not family or not answer.entry.in_force or not _covers(answer):
            continue
        if family not in best or answer.entry.reach > best[family].entry.reach:
            best[family] = answer
    return best


def _covers(answer: AidAnswer) -> bool:
    return all(
        condition.verdict is Verdict.OUI
        for condition in answer.conditions
        if condition.entry.id in ("periode", "territoire")
    )
