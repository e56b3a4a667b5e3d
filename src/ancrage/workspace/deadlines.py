"""What comes due in an atelier: steps, reviews, ends, and what conventions ask for, in the order of days."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from ancrage.workspace.deed_reading import Book
from ancrage.workspace.models.parts import InAtelier
from ancrage.workspace.reading import Plan
from ancrage.workspace.states import ENDED, State


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something due: the day, what, about what, by whom; ``page``: the row whose page tells more."""

    id: UUID
    on: date
    told: str
    about: str
    by: str
    page: InAtelier


def deadlines(plan: Plan, book: Book) -> list[Deadline]:
    """Everything that is due and not done."""
    found = [*_steps(plan), *_reviews(plan), *_ends(plan), *_owed(book)]
    return sorted(found, key=lambda one: (one.on, one.told))


def _steps(plan: Plan) -> Iterator[Deadline]:
    for action in plan.actions:
        for one in plan.steps.get(action.pk, ()) if State(action.state) not in ENDED else ():
            if one.due is not None and one.done_on is None:
                yield Deadline(one.pk, one.due, one.title, action.title, plan.name_of(action.pilot), action)


def _reviews(plan: Plan) -> Iterator[Deadline]:
    replaced = {one.replaces_id for one in plan.decisions}
    for one in plan.decisions:
        if one.adopted_at and one.review_on and one.pk not in replaced:
            yield Deadline(one.pk, one.review_on, "Décision à revoir", one.text[:120], one.body, one)


def _ends(plan: Plan) -> Iterator[Deadline]:
    if plan.engagement is not None:
        text = plan.engagement
        yield Deadline(text.pk, text.end, "Fin de l’engagement de partenariat", plan.atelier.name, "", text)
    for one in plan.contracts:
        if one.end is not None:
            yield Deadline(one.pk, one.end, f"Fin du contrat ({one.get_sort_display()})", one.title, "", one)


def _owed(book: Book) -> Iterator[Deadline]:
    for row, one in book.due():
        yield Deadline(one.pk, one.due, one.title, row.title, book.name_of(one.owed_by), row)
