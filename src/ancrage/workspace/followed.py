"""The deadlines of an atelier as something that its members follow: new, moved, near, late, done."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import Field

from ancrage.alerts.following import Kind, lend
from ancrage.changes.noting import Noted, Reading, Sort
from ancrage.edition.opened import Opened
from ancrage.language.days import day as day_words
from ancrage.people.actors import actor_of
from ancrage.people.acts import Act as Right
from ancrage.people.models import Person
from ancrage.people.rights import may
from ancrage.questions.fields import Asked
from ancrage.questions.question import Question
from ancrage.reasoning import Verdict
from ancrage.workspace.deadlines import Deadline, deadlines
from ancrage.workspace.deed_reading import read_book
from ancrage.workspace.door import thing
from ancrage.workspace.models import Atelier
from ancrage.workspace.reading import read_plan

APPROACH = timedelta(days=14)
"""A deadline is told to come near when it is no further."""


class PlanDeadlinesQuestion(Question):
    """What comes due in an atelier, for its members."""

    name: ClassVar = "echeances_atelier"
    label: ClassVar = "Les échéances d’un atelier"
    private: ClassVar = True
    living: ClassVar = True

    atelier: Annotated[UUID, Field(), Asked(name="atelier", label="Atelier", help="Son identifiant.")]


def lend_deadlines() -> None:
    """Let the deadlines of an atelier be followed."""
    lend(Kind(PlanDeadlinesQuestion, noted, label, may=may_follow, living=True, agenda=agenda))


def may_follow(question: Any, person: UUID, on: date) -> bool:
    """Whether a person may read the atelier that day."""
    found = Person.objects.filter(pk=person, is_active=True).first()
    if found is None:
        return False
    return may(actor_of(found), Right.READ, thing(question.atelier), on=on).verdict is Verdict.OUI


def noted(question: Any, _opened: Opened, on: date, _gone_since: date) -> Reading:
    """Each deadline, and apart those that are near and those that are late. Nothing of an atelier retired."""
    return {one.key: one for due in _due(question, on) for one in _of(due, on, str(question.atelier))}


def agenda(question: Any, _opened: Opened, on: date) -> Iterator[Noted]:
    """Every deadline as a day of a calendar."""
    return (_dated(Sort.ECHEANCE, "echeance", due) for due in _due(question, on))


def label(question: Any, _place: str) -> str:
    """« Échéances de l’atelier : Agir ensemble »."""
    atelier = Atelier.objects.filter(pk=question.atelier).first()
    return f"Échéances de l’atelier : {atelier.name if atelier else 'inconnu'}"


def _due(question: Any, on: date) -> list[Deadline]:
    atelier = Atelier.objects.filter(pk=question.atelier, retired_at=None).first()
    return deadlines(read_plan(atelier, on=on), read_book(atelier, on=on)) if atelier else []


def _of(due: Deadline, on: date, atelier: str) -> Iterator[Noted]:
    yield _row(Sort.PLAN, f"plan:{due.id}", due, atelier)
    if due.on < on:
        yield _dated(Sort.RETARD, "retard", due, atelier)
    elif due.on <= on + APPROACH:
        yield _dated(Sort.ECHEANCE, "echeance", due)


def _dated(sort: Sort, word: str, due: Deadline, atelier: str = "") -> Noted:
    return _row(sort, f"{word}:{due.id}:{due.on.isoformat()}:{due.told}", due, atelier)


def _row(sort: Sort, key: str, due: Deadline, atelier: str) -> Noted:
    told = (("Jour", day_words(due.on)), ("Pour", due.about), ("Par", due.by))
    parts = tuple((name, words) for name, words in told if words)
    return Noted(key=key, sort=sort, label=due.told, parts=parts, subject=atelier)
