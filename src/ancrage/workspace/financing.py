"""Financing plans of an atelier: kept, changed, opened again as they were, two versions side by side."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from ancrage.contracts.kept import KeptText, Sort, leaves, sort_of, with_finding
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
Keepable = Plan | KeptText


@dataclass(frozen=True, slots=True)
class Version:
    """A plan as it was from a moment on; ``plan``: ``None`` for a contract or a table."""

    number: int
    at: datetime
    reason: str
    plan: Plan | None
    text: str

    @property
    def sort(self) -> Sort:
        """What it is."""
        return sort_of(self.text)


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


def keep_for(by: By, action: Action, kept: Keepable) -> FinancingPlan:
    """Keep a plan, a contract or a table with an action."""
    by = allowed(by, Right.EDIT, piloted(action))
    row = FinancingPlan(atelier_id=action.atelier_id, action=action, name=kept.name, text=_text(kept))
    return created(by, "financement.garde", row)


def keep_in(by: By, atelier: Atelier, found: Registered, kept: Keepable) -> FinancingPlan:
    """Keep a plan, a contract or a table in the file of a structure, opened by it when nothing was there."""
    by = allowed(by, Right.WRITE_FILE, filed(atelier.pk, found.siren))
    row = FinancingPlan(atelier=atelier, name=kept.name, text=_text(kept))

    def do(pen: Pen) -> FinancingPlan:
        row.structure = opened_file(pen, by, atelier, found)
        return pen.create(row)

    carried_out(by, "financement.garde", atelier.pk, do)
    return row


def rewrite_plan(by: By, row: FinancingPlan, seen: int, kept: Keepable) -> FinancingPlan:
    """Change a plan, a contract or a table from the version that was seen."""
    by = allowed(by, *right_to(row))
    return changed(by, "financement.change", row, seen, {"name": kept.name, "text": _text(kept)})


def _text(kept: Keepable) -> str:
    return kept.text if isinstance(kept, KeptText) else write_plan_text(kept)


def find(
    by: By, row: FinancingPlan, seen: int, on: date, result: Decimal, document: str = ""
) -> FinancingPlan:
    """Write in a contract what its evaluator found. Raises :class:`FinancingFileError`."""
    return rewrite_plan(by, row, seen, with_finding(row.text, on, result, document))


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
            plan = past.plan() if past.sort is Sort.PLAN else None
            found.append(Version(line.version, line.at, line.reason, plan, past.text))
    return found[::-1]


def differences(before: Version, after: Version) -> list[Change]:
    """What differs between two versions: line by line of a plan, value by value of another text."""
    if before.plan is not None and after.plan is not None:
        return compared(before.plan, after.plan)
    first, second = leaves(before.text), leaves(after.text)
    return [
        Change(path, first.get(path, NOTHING), second.get(path, NOTHING))
        for path in dict.fromkeys((*first, *second))
        if first.get(path) != second.get(path)
    ]


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
