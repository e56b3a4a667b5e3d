"""Writing what a table says in a plan, all or none; taking all of it back, with a reason."""

from collections.abc import Iterable, Mapping
from typing import Any
from uuid import UUID, uuid4

from ancrage.errors import InvalidQuestionError, WorkspaceFileError
from ancrage.journal.registry import model_of
from ancrage.journal.writing import Pen
from ancrage.people.acts import Act as Right
from ancrage.workspace.door import By, allowed, carried_out, thing
from ancrage.workspace.importing.lines import Draft, Reading, plain
from ancrage.workspace.importing.table import Table
from ancrage.workspace.models import (
    Action,
    Atelier,
    Cost,
    Indicator,
    Objective,
    Participation,
    PlanImport,
    Resource,
    Step,
)
from ancrage.workspace.models.parts import InAtelier
from ancrage.workspace.sides import other_side, own_side
from ancrage.workspace.states import State

REPEATED = "état repris d’un fichier importé"
MOST_TOLD = 500


def there(atelier: Atelier) -> frozenset[tuple[str, str, str]]:
    """The actions of a plan, by their objectives and their titles: what a file would write twice."""
    objectives = {one.pk: one for one in _objectives(atelier)}
    found = set()
    for action in Action.objects.filter(atelier=atelier, retired_at=None):
        one = objectives.get(action.objective_id)
        if one is not None:
            above = objectives.get(one.parent_id) if one.parent_id else None
            titles = (above.title, one.title) if above else (one.title, "")
            found.add((plain(titles[0]), plain(titles[1]), plain(action.title)))
    return frozenset(found)


def write_plan(by: By, atelier: Atelier, table: Table, reading: Reading) -> PlanImport:
    """Write the actions of a table, with their objectives, in one act.

    Raises :class:`WorkspaceFileError` when there is none, ``InvalidQuestionError`` with the line.
    """
    by = allowed(by, Right.WRITE_PLAN, thing(atelier.pk))

    def do(pen: Pen) -> PlanImport:
        # Asked here: the same form sent again finds all of its actions there.
        if not reading.drafts:
            raise WorkspaceFileError(
                "Aucune ligne de ce fichier n’est une action à écrire.",
                "Dites quelle colonne donne l’intitulé des actions.",
            )
        _refuse_written_since(atelier, reading)
        writer = _Writer(by, atelier)
        for draft in reading.drafts:
            writer.draw(draft)
        # First: the same form sent again is answered by the row of the first line.
        made = pen.create(_import(atelier, table, reading, writer))
        lines = {row.pk: line for line, row in writer.rows}
        pen.create_all([row for _, row in writer.rows], where=lambda row: f"ligne {lines[row.pk]}")
        return made

    done: Any = carried_out(by, "plan.importe", atelier.pk, do)
    return done  # type: ignore[no-any-return]


def _refuse_written_since(atelier: Atelier, reading: Reading) -> None:
    """Nobody else writes now: an action found in the plan was written after the file was looked at."""
    now = there(atelier)
    if since := [one for one in reading.drafts if one.key in now]:
        raise WorkspaceFileError(
            f"Le plan a changé pendant que vous regardiez ce fichier : « {since[0].title} »"
            + (f" et {len(since) - 1} autres actions y sont" if len(since) > 1 else " y est")
            + " maintenant. Rien n’a été écrit.",
            "Voici ce qui reste à écrire : vérifiez, puis écrivez de nouveau.",
        )


def take_back(by: By, row: PlanImport, seen: int) -> PlanImport:
    """Retire all that an import wrote and that is still there, with the reason of the act."""
    by = allowed(by, Right.WRITE_PLAN, thing(row.atelier_id))
    reason = by.act.reason
    if not reason:
        raise InvalidQuestionError([("motif", "dites pourquoi cet import est retiré")])

    def do(pen: Pen) -> PlanImport:
        made = [(model_of(kind), UUID(identity)) for kind, identity in reversed(row.made)]
        pen.retire_all([one for one in made if one[0] is not Objective], reason)
        # Once what they held is retired, and the innermost first.
        for _, identity in (one for one in made if one[0] is Objective):
            objective = pen.read(Objective, identity)
            if objective.live and not _still_holds(objective):
                pen.retire(Objective, identity, objective.version, reason)
        return pen.retire(PlanImport, row.pk, seen, reason)

    done: Any = carried_out(by, "import.retire", row.atelier_id, do)
    return done  # type: ignore[no-any-return]


def changed_since(row: PlanImport) -> list[Action]:
    """The actions of an import that people changed afterwards."""
    held = [UUID(identity) for kind, identity in row.made if kind == Action.KIND]
    return list(Action.objects.filter(pk__in=held, retired_at=None, version__gt=1))


def _still_holds(objective: Objective) -> bool:
    """Whether somebody wrote something else under an objective since."""
    return (
        Action.objects.filter(objective=objective, retired_at=None).exists()
        or Objective.objects.filter(parent=objective, retired_at=None).exists()
    )


def _objectives(atelier: Atelier) -> Iterable[Objective]:
    return Objective.objects.filter(atelier=atelier, retired_at=None).order_by("created_at", "pk")


def _import(atelier: Atelier, table: Table, reading: Reading, writer: "_Writer") -> PlanImport:
    remarks = [[one.line, said[:300]] for one in reading.drafts for said in one.remarks]
    return PlanImport(
        atelier=atelier,
        name=table.name[:200],
        how=table.how[:500],
        lines=len(table.lines),
        made=[[row.kind(), str(row.pk)] for _, row in writer.rows],
        aside=[list(one) for one in reading.aside],
        remarks=remarks[:MOST_TOLD],
    )


class _Writer:
    """The rows that drafts become, in the order they are written, each with its line in the file."""

    def __init__(self, by: By, atelier: Atelier) -> None:
        self.by, self.atelier = by, atelier
        self.rows: list[tuple[int, InAtelier]] = []
        self._line = 0
        self._first = uuid4().int & ~0xFFFFFFFF
        self._known: dict[tuple[UUID | None, str], Objective] = {}
        for one in _objectives(atelier):
            self._known.setdefault((one.parent_id, plain(one.title)), one)

    def draw(self, draft: Draft) -> None:
        """Make the rows of a draft."""
        self._line = draft.line
        axis, under = draft.objective
        objective = self._objective(None, axis)
        if under:
            objective = self._objective(objective, under)
        fields: Mapping[str, Any] = {**draft.fields, "description": draft.description}
        action = Action(atelier=self.atelier, objective=objective, title=draft.title, **fields)
        if action.state in (State.BLOCKED, State.ABANDONED):
            action.state_reason = REPEATED
        action.origin = "import"
        self._create(action)
        for title in draft.steps:
            self._create(Step(atelier=self.atelier, action=action, title=title))
        for name in draft.indicators:
            self._create(Indicator(atelier=self.atelier, action=action, name=name))
        for said in draft.costs:
            self._create(Cost(atelier=self.atelier, action=action, **said))
        for said in draft.resources:
            row = Resource(atelier=self.atelier, action=action, **said)
            row.stage = Resource.Stage.GRANTED if row.granted is not None else Resource.Stage.CONSIDERED
            self._sided(row, row.funder, action)
        for organisation in draft.partners:
            part = Participation(atelier=self.atelier, action=action, organisation=organisation)
            self._sided(part, organisation, action)

    def _objective(self, above: Objective | None, title: str) -> Objective:
        key = (above.pk if above else None, plain(title))
        if key not in self._known:
            row = Objective(atelier=self.atelier, parent=above, title=title)
            self._create(row)
            self._known[key] = row
        return self._known[key]

    def _sided(self, row: Participation | Resource, about: UUID | None, action: Action) -> None:
        row.declared_by = own_side(self.by)
        row.awaited_from = other_side(self.by, self.atelier.pk, about, pilot=action.pilot)
        self._create(row)

    def _create(self, row: InAtelier) -> None:
        # Written at one moment, rows are told apart by their identifiers: in the order of the file.
        row.id = UUID(int=self._first | len(self.rows))
        self.rows.append((self._line, row))
