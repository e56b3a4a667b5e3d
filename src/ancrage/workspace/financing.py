"""Financing plans of an atelier: kept, changed, opened again as they were, two versions side by side."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from ancrage.financing.money import eur
from ancrage.financing.plan import Expense, Plan, Resource
from ancrage.financing.writing import write_plan_text
from ancrage.journal.past import history, told_into
from ancrage.journal.writing import Pen
from ancrage.people.acts import Act as Right
from ancrage.people.registered import Registered
from ancrage.people.rights import Thing
from ancrage.workspace.door import By, allowed, carried_out, changed, created, retired
from ancrage.workspace.filing import filed, opened_file
from ancrage.workspace.models import Action, Atelier, FinancingPlan
from ancrage.workspace.plan import piloted

NOTHING = "–"


@dataclass(frozen=True, slots=True)
class Version:
    """A plan as it was from a moment on."""

    number: int
    at: datetime
    reason: str
    plan: Plan
    text: str


@dataclass(frozen=True, slots=True)
class Change:
    """What differs between two versions: a line, before and after; a dash where it was not there."""

    label: str
    before: str
    after: str


def right_to(row: FinancingPlan) -> tuple[Right, Thing]:
    """What is needed to change a plan: that of its action, or of the file of its structure."""
    if row.action is not None:
        return Right.EDIT, piloted(row.action)
    return Right.WRITE_FILE, filed(row.atelier_id, row.structure.siren if row.structure else "")


def keep_for(by: By, action: Action, plan: Plan) -> FinancingPlan:
    """Keep a plan with an action."""
    by = allowed(by, Right.EDIT, piloted(action))
    row = FinancingPlan(
        atelier_id=action.atelier_id, action=action, name=plan.name, text=write_plan_text(plan)
    )
    return created(by, "financement.garde", row)


def keep_in(by: By, atelier: Atelier, found: Registered, plan: Plan) -> FinancingPlan:
    """Keep a plan in the file of a structure, opened by it when nothing was there."""
    by = allowed(by, Right.WRITE_FILE, filed(atelier.pk, found.siren))
    row = FinancingPlan(atelier=atelier, name=plan.name, text=write_plan_text(plan))

    def do(pen: Pen) -> FinancingPlan:
        row.structure = opened_file(pen, by, atelier, found)
        return pen.create(row)

    carried_out(by, "financement.garde", atelier.pk, do)
    return row


def rewrite_plan(by: By, row: FinancingPlan, seen: int, plan: Plan) -> FinancingPlan:
    """Change a plan from the version that was seen."""
    by = allowed(by, *right_to(row))
    return changed(by, "financement.change", row, seen, {"name": plan.name, "text": write_plan_text(plan)})


def put_away(by: By, row: FinancingPlan, seen: int) -> FinancingPlan:
    """Retire a plan; it stays in the past."""
    by = allowed(by, *right_to(row))
    return retired(by, "financement.retire", row, seen)


def versions(row: FinancingPlan) -> list[Version]:
    """Every version of a plan, the last first, as the journal holds them."""
    found: list[Version] = []
    past = FinancingPlan(id=row.pk)
    for line in reversed(history(row)):
        told_into(past, line)
        if "text" in line.after:
            found.append(Version(line.version, line.at, line.reason, past.plan(), past.text))
    return found[::-1]


def compared(before: Plan, after: Plan) -> list[Change]:
    """What differs, totals first, then line by line."""
    totals = (
        ("Dépenses", before.spent(), after.spent()),
        ("Ressources", before.found(), after.found()),
        ("Reste à trouver", before.spent() - before.found(), after.spent() - after.found()),
    )
    told = [Change(label, eur(one), eur(other)) for label, one, other in totals if one != other]
    for first, second in ((_lines(before.expenses), _lines(after.expenses)),
                          (_lines(before.resources), _lines(after.resources))):  # fmt: skip
        told += _differing(first, second)
    return told


def _lines(given: tuple[Expense, ...] | tuple[Resource, ...]) -> dict[str, tuple[str, str]]:
    return {one.id: (one.label, _told(one)) for one in given}


def _told(one: Expense | Resource) -> str:
    more = [one.state.label] if isinstance(one, Resource) else []
    done = one.received if isinstance(one, Resource) else one.real
    word = "versés" if isinstance(one, Resource) else "réalisés"
    return ", ".join(
        [eur(one.amount), *more, *([f"{eur(Decimal(done))} {word}"] if done is not None else [])]
    )


def _differing(
    before: Mapping[str, tuple[str, str]], after: Mapping[str, tuple[str, str]]
) -> Iterator[Change]:
    for identifier in dict.fromkeys((*before, *after)):
        first, second = before.get(identifier), after.get(identifier)
        if first != second:
            label = (second or first or ("", ""))[0]
            yield Change(label, first[1] if first else NOTHING, second[1] if second else NOTHING)


def plans_of(rows: list[FinancingPlan], about: UUID) -> list[FinancingPlan]:
    """The plans of an action, or of a file."""
    return [one for one in rows if about in (one.action_id, one.structure_id)]
