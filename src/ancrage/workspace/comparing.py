"""A plan by lever, for others to compare: what it does, numbers only, published by who holds the atelier."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from ancrage.journal.writing import Pen
from ancrage.levers.catalogue import read_levers
from ancrage.people.acts import Act as Right
from ancrage.workspace.balance import Sum
from ancrage.workspace.door import By, allowed, carried_out, thing
from ancrage.workspace.models import Action, PublishedPlan
from ancrage.workspace.publishing import REPLACED
from ancrage.workspace.reading import Plan
from ancrage.workspace.states import State

LEFT_OUT = (State.ABANDONED, State.DECLINED)
FINISHED = (State.DONE, State.ALREADY_DONE)


def plan_by_lever(plan: Plan) -> PublishedPlan:
    """The plan as it would be published, not written yet: actions given up are left out."""
    atelier, kept = plan.atelier, [one for one in plan.actions if one.state not in LEFT_OUT]
    held: dict[int, list[Action]] = defaultdict(list)
    for one in kept:
        for lever in _levers(one):
            held[lever].append(one)
    return PublishedPlan(
        atelier=atelier,
        place=atelier.territory,
        place_name=atelier.territory_name,
        place_on=atelier.territory_on,
        actions=len(kept),
        rows=[_row(plan, lever, held[lever]) for lever in sorted(held)],
    )


def publish_plan(by: By, plan: Plan) -> PublishedPlan:
    """Let anybody compare the plan as it stands; what was published of it before is withdrawn."""
    atelier = plan.atelier
    by = allowed(by, Right.PUBLISH, thing(atelier.pk))
    row = plan_by_lever(plan)

    def do(pen: Pen) -> PublishedPlan:
        for old in PublishedPlan.objects.filter(atelier=atelier, retired_at=None):
            pen.retire(PublishedPlan, old.pk, old.version, REPLACED)
        return pen.create(row)

    carried_out(by, "plan.publie", atelier.pk, do)
    return PublishedPlan.objects.get(atelier=atelier, retired_at=None)


def _levers(action: Action) -> set[int]:
    catalogue = read_levers()
    return {catalogue.lever_of(catalogue.tools[one]).number for one in action.tools} or {0}


def _row(plan: Plan, lever: int, actions: list[Action]) -> dict[str, Any]:
    money = [plan.money(one) for one in actions]
    return {
        "lever": lever,
        "actions": len(actions),
        "done": sum(one.state in FINISHED for one in actions),
        "planned": _told(planned for planned, _ in money),
        "granted": _told(granted for _, granted in money),
        "unknown": sum(planned.known is None for planned, _ in money),
    }


def _told(sums: Iterable[Sum]) -> str:
    known = [one.known for one in sums if one.known is not None]
    return str(sum(known, Decimal(0))) if known else ""
