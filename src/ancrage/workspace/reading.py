"""The whole plan of an atelier, now or as it stood on a day, in as many queries as it has tables."""

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from threading import Lock
from typing import Any, TypeVar
from uuid import UUID

from ancrage.journal.models import HOUSE, Line
from ancrage.journal.past import all_as_on, as_on
from ancrage.people.models import Organisation
from ancrage.reasoning import Answer
from ancrage.workspace.balance import LOST, Balance, Sum, balance_of, sum_of
from ancrage.workspace.models import (
    Action,
    Agreement,
    Atelier,
    Contract,
    Contribution,
    Cost,
    Credit,
    Decision,
    Engagement,
    Indicator,
    Measure,
    Objective,
    Participation,
    Resource,
    Signature,
    Step,
)
from ancrage.workspace.models.parts import InAtelier, TwoSided
from ancrage.workspace.partnership import standing

Row = TypeVar("Row", bound=InAtelier)


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


KEPT = 4
"""Plans held in a process, the last read."""
_kept: OrderedDict[tuple[object, ...], Plan] = OrderedDict()
_lock = Lock()


def read_plan(atelier: Atelier, *, on: date, past: bool = False) -> Plan:
    """The plan as it is, or, ``past``, as it stood at the end of a day. To be read, never changed.

    Nothing is written but through the journal: where its last lines are the same, so is the plan, which is
    then not read again.
    """
    if past:
        return _read(atelier, on=on, past=True)
    # Asked before the rows: what is written meanwhile is then read again, never missed.
    key = (atelier.pk, on, *(_last_line(chain) for chain in (atelier.pk, HOUSE)))
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return _kept[key]
    found = _read(atelier, on=on, past=False)
    with _lock:
        _kept[key] = found
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return found


def _last_line(chain: UUID) -> str:
    """The digest of the last line of a chain, which hangs on all those before it."""
    return Line.objects.filter(chain=chain).order_by("-rank").values_list("digest", flat=True).first() or ""


def _read(atelier: Atelier, *, on: date, past: bool) -> Plan:

    def rows(model: type[Row]) -> list[Row]:
        if past:
            return ordered(model, all_as_on(model, atelier.pk, on=on))
        found: Iterable[Any] = model._default_manager.filter(atelier=atelier, retired_at=None)
        return list(found)

    told = (as_on(Atelier, atelier.pk, on=on) if past else None) or atelier
    agreements, actions = rows(Agreement), rows(Action)
    participations, resources = rows(Participation), rows(Resource)
    contributions, decisions = rows(Contribution), rows(Decision)
    signatures, provided = rows(Signature), rows(Credit)
    facts = (*participations, *resources, *contributions, *signatures, *provided)
    return Plan(
        atelier=told,
        on=on,
        engagement=next(iter(rows(Engagement)), None),
        agreements=agreements,
        objectives=rows(Objective),
        actions=actions,
        steps=_by(rows(Step), "action_id"),
        participations=_by(participations, "action_id"),
        costs=_by(rows(Cost), "action_id"),
        resources=_by(resources, "action_id"),
        contributions=_by(contributions, "action_id"),
        indicators=_by(rows(Indicator), "action_id"),
        measures=_by(rows(Measure), "indicator_id"),
        decisions=decisions,
        contracts=rows(Contract),
        signatures=_by(signatures, "contract_id"),
        credits=_by(provided, "contract_id"),
        organisations=_named(agreements, actions, facts, decisions),
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
