"""Writing the plan: objectives, actions, steps, states."""

from uuid import UUID

from ancrage.errors import ForbiddenStateError, RetiredError
from ancrage.people.acts import Act as Right
from ancrage.people.rights import Thing
from ancrage.workspace.door import By, allowed, changed, created, retired, thing
from ancrage.workspace.models import Action, Atelier, Convention, Decision, Objective, Step
from ancrage.workspace.models.parts import InAtelier
from ancrage.workspace.states import State, arrow


def add_objective(by: By, atelier: Atelier, **fields: object) -> Objective:
    """Write an objective."""
    by = allowed(by, Right.WRITE_PLAN, thing(atelier.pk))
    return created(by, "objectif.ecrit", Objective(atelier=atelier, **fields))


def edit_objective(by: By, objective: Objective, seen: int, **fields: object) -> Objective:
    """Change an objective."""
    by = allowed(by, Right.WRITE_PLAN, thing(objective.atelier_id))
    return changed(by, "objectif.change", objective, seen, fields)


def propose(by: By, objective: Objective, **fields: object) -> Action:
    """Propose an action under an objective."""
    by = allowed(by, Right.PROPOSE, thing(objective.atelier_id))
    row = Action(atelier_id=objective.atelier_id, objective=objective, **fields)
    return created(by, "action.proposee", row)


def edit_action(by: By, action: Action, seen: int, **fields: object) -> Action:
    """Change an action; its state changes by its arrows only."""
    by = allowed(by, Right.EDIT, piloted(action))
    return changed(by, "action.changee", action, seen, fields)


def move(by: By, action: Action, seen: int, to: str) -> Action:
    """Follow an arrow from the state that was seen. Raises :class:`ForbiddenStateError`."""
    drawn = arrow(action.state, to)
    if drawn is None:
        raise ForbiddenStateError(State(action.state).label, _label(to))
    by = allowed(by, drawn.right, piloted(action))
    if drawn.reason and not by.act.reason:
        raise ForbiddenStateError(State(action.state).label, drawn.to.label, "Dites pourquoi.")
    fields = {"state": drawn.to, "state_reason": by.act.reason}
    return changed(by, f"action.{drawn.to}", action, seen, fields)


def add_step(by: By, action: Action, **fields: object) -> Step:
    """Write a step of an action."""
    by = allowed(by, Right.EDIT, piloted(action))
    return created(by, "etape.ecrite", Step(atelier_id=action.atelier_id, action=action, **fields))


def edit_step(by: By, step: Step, seen: int, **fields: object) -> Step:
    """Change a step, or say that it is done."""
    by = allowed(by, Right.EDIT, piloted(step.action))
    return changed(by, "etape.changee", step, seen, fields)


def withdraw(by: By, row: InAtelier, seen: int) -> InAtelier:
    """Retire what was written, with the reason of the act: it stays in the past."""
    if isinstance(row, Decision) and row.adopted_at is not None:
        raise RetiredError("décision adoptée", "elle ne se retire pas : une autre la remplace")
    if isinstance(row, Convention) and row.texts.filter(retired_at=None).exists():
        raise RetiredError("convention arrêtée", "elle ne se retire pas : un avenant y met fin")
    action = action_of(row)
    about = piloted(action) if action else thing(row.atelier_id)
    by = allowed(by, Right.EDIT if action else Right.WRITE_PLAN, about)
    return retired(by, f"{row.kind()}.retire", row, seen)


def action_of(row: InAtelier) -> Action | None:
    """The action a row is, or belongs to."""
    if isinstance(row, Action):
        return row
    found = getattr(getattr(row, "indicator", row), "action", None)
    return found if isinstance(found, Action) else None


def piloted(action: Action) -> Thing:
    """An action, as rights see it."""
    return thing(action.atelier_id, pilots=_one(action.pilot), concerns=_one(action.pilot))


def _one(organisation: UUID | None) -> tuple[UUID, ...]:
    return (organisation,) if organisation else ()


def _label(state: str) -> str:
    return State(state).label if state in State.values else state
