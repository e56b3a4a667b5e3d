"""The whole plan of an atelier, now or as it stood on a day, in as many queries as it has tables."""

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from threading import Lock
from typing import Any, TypeVar
from uuid import UUID

from ancrage.journal.models import HOUSE, Recorded
from ancrage.journal.past import all_as_on, as_on
from ancrage.people.models import Organisation
from ancrage.reasoning import Answer
from ancrage.workspace.balance import LOST, Balance, Sum, balance_of, sum_of
from ancrage.workspace.marks import Marks, marks_of, moved_since
from ancrage.workspace.models import (
    Action,
    Agreement,
    Atelier,
    Contract,
    Contribution,
    Convention,
    ConventionSignature,
    ConventionText,
    Cost,
    Credit,
    Decision,
    Engagement,
    Indicator,
    Measure,
    Objective,
    Obligation,
    Participation,
    Resource,
    Signature,
    Step,
)
from ancrage.workspace.models.parts import InAtelier, TwoSided
from ancrage.workspace.partnership import standing

Row = TypeVar("Row", bound=InAtelier)
Pieces = dict[object, tuple[tuple[object, ...], Any]]


@dataclass(frozen=True, eq=False)
class Plan:
    """An atelier and all that is written in its plan; ``on``: the day it is read for."""

    atelier: Atelier
    on: date
    engagement: Engagement | None
    agreements: list[Agreement]
    objectives: list[Objective]
    actions: list[Action]
    steps: dict[UUID, list[Step]]
    participations: dict[UUID, list[Participation]]
    costs: dict[UUID, list[Cost]]
    resources: dict[UUID, list[Resource]]
    contributions: dict[UUID, list[Contribution]]
    indicators: dict[UUID, list[Indicator]]
    measures: dict[UUID, list[Measure]]
    decisions: list[Decision]
    contracts: list[Contract]
    signatures: dict[UUID, list[Signature]]
    credits: dict[UUID, list[Credit]]
    organisations: dict[UUID, Organisation]
    judged: Mapping[UUID, Answer] = field(default_factory=dict)
    """What the register says of organisations, whether they are of the ESS; those it holds only."""

    pieces: Pieces = field(default_factory=dict)
    """What was made of parts of the plan, with what each was made from: kept from one plan to the next."""

    def piece(self, key: object, objective: Objective, make: Callable[..., Any], *said: Any) -> Any:
        """What is made of an objective and its actions, made again when one of their rows changed."""
        seen = self._print(objective)
        known = self.pieces.get(key)
        if known is None or known[0] != seen:
            known = self.pieces[key] = (seen, make(objective, *said))
        return known[1]

    def _print(self, objective: Objective) -> tuple[object, ...]:
        """All that a list of actions shows hangs on these: a row that changes changes its version."""
        found: list[object] = [self.atelier.version, objective.version]
        for action in self.under.get(objective.pk, ()):
            rows = (*self.steps.get(action.pk, ()), *self.costs.get(action.pk, ()))
            found += [action.pk, action.version, self.name_of(action.pilot)]
            found += [(row.pk, row.version) for row in (*rows, *self.resources.get(action.pk, ()))]
        return tuple(found)

    @cached_property
    def _made(self) -> dict[object, Any]:
        return {}

    def once(self, key: object, make: Callable[[], Any]) -> Any:
        """What is made of this plan, once for all who read it: nothing of the reader may be in it."""
        if key not in self._made:
            self._made[key] = make()
        return self._made[key]

    @cached_property
    def partnership(self) -> Answer:
        """Whether the precondition holds."""
        return standing(self.engagement, self.agreements, self.organisations, on=self.on)

    @cached_property
    def under(self) -> dict[UUID, list[Action]]:
        """The actions of each objective."""
        return _by(self.actions, "objective_id")

    @cached_property
    def tree(self) -> list[tuple[Objective, int]]:
        """Objectives with how deep each is, those inside another right after it."""
        inside = _by(self.objectives, "parent_id")
        return [
            pair
            for one in self.objectives
            if one.parent_id is None
            for pair in ((one, 0), *((child, 1) for child in inside.get(one.pk, ())))
        ]

    def balance(self, action: Action) -> Balance:
        """What an action costs and what pays for it."""
        return balance_of(self.costs.get(action.pk, ()), self.resources.get(action.pk, ()))

    @cached_property
    def _money(self) -> dict[UUID, tuple[Sum, Sum]]:
        return {
            action.pk: (
                sum_of(one.planned for one in self.costs.get(action.pk, ())),
                sum_of(one.granted for one in self.resources.get(action.pk, ()) if one.stage not in LOST),
            )
            for action in self.actions
        }

    def money(self, action: Action) -> tuple[Sum, Sum]:
        """What is planned and what is granted: all that a long list shows of a balance."""
        return self._money[action.pk]

    @cached_property
    def whole(self) -> Balance:
        """What all actions cost and what pays for them."""
        return balance_of(
            (one for ones in self.costs.values() for one in ones),
            (one for ones in self.resources.values() for one in ones),
        )

    def next_step(self, action: Action) -> Step | None:
        """The first step that is not done."""
        return next((one for one in self.steps.get(action.pk, ()) if one.done_on is None), None)

    def name_of(self, organisation: UUID | None) -> str:
        """What an organisation is called; empty for none."""
        found = self.organisations.get(organisation) if organisation else None
        return found.name if found else ""


KEPT, TURNS = 4, 16
"""Plans held in a process, the last read; how many are read again at once."""
TABLES: tuple[type[InAtelier], ...] = (
    Engagement, Agreement, Objective, Action, Step, Participation, Cost, Resource, Contribution, Indicator,
    Measure, Decision, Contract, Signature, Credit,
)  # fmt: skip
BESIDE: tuple[type[InAtelier], ...] = (Convention, ConventionText, ConventionSignature, Obligation)
"""What pages make of a plan and of these is made again when they change."""
Tables = Mapping[type[InAtelier], list[Any]]


@dataclass(frozen=True, slots=True)
class _Held:
    """A plan, the rows it is made of, and how far the chains had come."""

    marks: Marks
    tables: Tables
    plan: Plan


_held: OrderedDict[tuple[UUID, date], _Held] = OrderedDict()
_lock = Lock()
_turns = tuple(Lock() for _ in range(TURNS))


def read_plan(atelier: Atelier, *, on: date, past: bool = False, marks: Marks | None = None) -> Plan:
    """The plan as it is, or, ``past``, as it stood at the end of a day. To be read, never changed.

    Nothing is written but through the journal: where its last lines are the same (``marks``, when they were
    asked already), so is the plan; where they are not, the tables they tell of are read again, by one reader
    at a time.
    """
    if past:
        return _made(atelier, on, {one: _then(one, atelier, on) for one in TABLES}, past=True)
    marks, place = marks or marks_of(atelier.pk), (atelier.pk, on)
    if (held := _of(place, marks)) is not None:
        return held.plan
    with _turns[hash(atelier.pk) % TURNS]:
        if (held := _of(place, marks)) is None:
            held = _renewed(_held.get(place), atelier, on, marks)
            with _lock:
                _held[place] = held
                while len(_held) > KEPT:
                    _held.popitem(last=False)
        return held.plan


def _of(place: tuple[UUID, date], marks: Marks) -> _Held | None:
    with _lock:
        found = _held.get(place)
        if found is None or found.marks != marks:
            return None
        _held.move_to_end(place)
        return found


def _renewed(held: _Held | None, atelier: Atelier, on: date, marks: Marks) -> _Held:
    """The plan with what changed since it was read; all of it when one cannot say what did."""
    own = moved_since(atelier.pk, held.marks.atelier) if held else None
    house = moved_since(HOUSE, held.marks.house) if held else None
    if held is None or own is None or house is None:
        tables: Tables = {one: _now(one, atelier) for one in TABLES}
        return _Held(marks, tables, _made(atelier, on, tables))
    marks, told = Marks(own[0], house[0]), own[1] | house[1]
    shown: tuple[type[Recorded], ...] = (*TABLES, *BESIDE, Atelier, Organisation)
    if told.isdisjoint(one.kind() for one in shown):
        return _Held(marks, held.tables, held.plan)
    tables = {one: _now(one, atelier) if one.kind() in told else held.tables[one] for one in TABLES}
    return _Held(marks, tables, _made(atelier, on, tables, pieces=held.plan.pieces))


def _now(model: type[InAtelier], atelier: Atelier) -> list[Any]:
    return list(model._default_manager.filter(atelier=atelier, retired_at=None))


def _then(model: type[InAtelier], atelier: Atelier, on: date) -> list[Any]:
    return ordered(model, all_as_on(model, atelier.pk, on=on))


def _made(
    atelier: Atelier, on: date, rows: Tables, *, past: bool = False, pieces: Pieces | None = None
) -> Plan:
    told = (as_on(Atelier, atelier.pk, on=on) if past else None) or atelier
    sided = (Participation, Resource, Contribution, Signature, Credit)
    facts = [one for kind in sided for one in rows[kind]]
    return Plan(
        atelier=told,
        on=on,
        engagement=next(iter(rows[Engagement]), None),
        agreements=rows[Agreement],
        objectives=rows[Objective],
        actions=rows[Action],
        steps=_by(rows[Step], "action_id"),
        participations=_by(rows[Participation], "action_id"),
        costs=_by(rows[Cost], "action_id"),
        resources=_by(rows[Resource], "action_id"),
        contributions=_by(rows[Contribution], "action_id"),
        indicators=_by(rows[Indicator], "action_id"),
        measures=_by(rows[Measure], "indicator_id"),
        decisions=rows[Decision],
        contracts=rows[Contract],
        signatures=_by(rows[Signature], "contract_id"),
        credits=_by(rows[Credit], "contract_id"),
        organisations=_named(rows[Agreement], rows[Action], facts, rows[Decision]),
        pieces=pieces if pieces is not None else {},
    )


def _named(
    agreements: Iterable[Agreement],
    actions: Iterable[Action],
    facts: Iterable[TwoSided],
    decisions: Iterable[Decision],
) -> dict[UUID, Organisation]:
    """Every organisation that the plan names, in one query."""
    named = {one.organisation for one in agreements} | {one.pilot for one in actions}
    for fact in facts:
        named |= fact.parties()
    named |= {UUID(each) for one in decisions for each in one.present}
    return Organisation.objects.in_bulk([one for one in named if one])


def _by(rows: Iterable[Row], name: str) -> dict[UUID, list[Row]]:
    found: dict[UUID, list[Row]] = defaultdict(list)
    for row in rows:
        found[getattr(row, name)].append(row)
    return dict(found)


def ordered(model: type[Row], rows: list[Row]) -> list[Row]:
    """Rows of the past in the order of the table: by its columns, what is unknown last."""

    def key(row: Row) -> list[tuple[bool, object]]:
        names = [str(name).removeprefix("-") for name in model._meta.ordering or ("created_at",)]
        values = [getattr(row, name) for name in names]
        return [(value is None, value) for value in values]

    first = str((model._meta.ordering or ("",))[0])
    return sorted(rows, key=key, reverse=first.startswith("-"))
