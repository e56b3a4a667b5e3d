"""Remarks on what is written: said of anything that has a page, resolved, opened again."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from ancrage.journal.past import PARIS
from ancrage.people.acts import Act as Right
from ancrage.workspace.door import By, allowed, changed, created, thing
from ancrage.workspace.models import Action, Comment, Convention, Decision
from ancrage.workspace.models.parts import InAtelier

SAID_OF: dict[str, type[InAtelier]] = {one.kind(): one for one in (Action, Decision, Convention)}
"""What people say something of. What is said of a contract is found by who evaluates it."""


@dataclass(frozen=True, slots=True)
class Discussion:
    """The remarks on a row as they stood a day: those still open, then those that are resolved."""

    open: tuple[Comment, ...]
    resolved: tuple[Comment, ...]

    @property
    def all(self) -> tuple[Comment, ...]:
        """Every remark."""
        return (*self.open, *self.resolved)


def comment(by: By, about: InAtelier, text: str) -> Comment:
    """Say something of what is written."""
    by = allowed(by, Right.COMMENT, thing(about.atelier_id))
    row = Comment(
        atelier_id=about.atelier_id,
        about_kind=about.kind(),
        about=about.pk,
        author=by.act.actor,
        on_behalf_of=by.act.on_behalf_of,
        text=text,
    )
    return created(by, "commentaire.ecrit", row)


def resolve(by: By, remark: Comment, seen: int) -> Comment:
    """Say that a remark is resolved: who made it, or who writes the plan."""
    by = _answering(by, remark)
    return changed(by, "commentaire.resolu", remark, seen, {"resolved_at": by.act.at})


def reopen(by: By, remark: Comment, seen: int) -> Comment:
    """Say that a remark is not resolved after all."""
    return changed(_answering(by, remark), "commentaire.rouvert", remark, seen, {"resolved_at": None})


def _answering(by: By, remark: Comment) -> By:
    own = remark.author == by.act.actor
    return allowed(by, Right.COMMENT if own else Right.WRITE_PLAN, thing(remark.atelier_id))


def discussion(remarks: Iterable[Comment], *, on: date) -> Discussion:
    """The remarks said until a day, resolved or not that day."""
    said = [one for one in remarks if one.created_at.astimezone(PARIS).date() <= on]
    done = [one for one in said if one.resolved_at and one.resolved_at.astimezone(PARIS).date() <= on]
    return Discussion(tuple(one for one in said if one not in done), tuple(done))
