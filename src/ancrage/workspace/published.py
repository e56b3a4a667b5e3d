"""Published cases, as the questions read them: the live ones, or one, be it withdrawn."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Any
from uuid import UUID

from ancrage.cases.case import Campaign, Case, LeverRow, PlanByLever, Reading, Share, Sort, Stage
from ancrage.journal.past import PARIS
from ancrage.workspace.models import Action, CampaignReading, PublishedCase, PublishedPlan
from ancrage.workspace.states import State

ORIGIN = "cas:"


def read_cases(identifier: str | None = None) -> tuple[Case, ...]:
    """Every live case, the last first; or the one of an identifier, be it withdrawn."""
    if identifier is None:
        rows = list(PublishedCase.objects.filter(retired_at=None))
        return tuple(_cases(rows))
    try:
        one = PublishedCase.objects.filter(pk=UUID(identifier)).first()
    except ValueError:
        return ()
    return tuple(_cases([one])) if one else ()


def _cases(rows: Iterable[PublishedCase]) -> Iterable[Case]:
    found = list(rows)
    names = [f"{ORIGIN}{one.pk}" for one in found]
    copied = Counter(
        origin
        for origin, atelier in Action.objects.filter(origin__in=names, retired_at=None).values_list(
            "origin", "atelier_id"
        )
        if (origin, atelier) not in {(f"{ORIGIN}{one.pk}", one.atelier_id) for one in found}
    )
    return [case_of(one, copies=copied[f"{ORIGIN}{one.pk}"]) for one in found]


def case_of(row: PublishedCase, *, copies: int = 0) -> Case:
    """A row as anybody reads it: the very thing that the form shows before it is published."""
    created = row.created_at
    return Case(
        id=str(row.pk),
        sort=Sort(row.sort),
        title=row.title,
        told=row.text,
        place=(row.place, row.place_name, row.place_on),
        tools=tuple(row.tools),
        criteria=tuple(row.criteria),
        learnt=row.learnt,
        publics=row.publics,
        state=State(row.state).label,
        begin=row.begin,
        end=row.end,
        shares=tuple(share_of(one) for one in row.shares),
        campaign=_campaign(row),
        published_on=created.astimezone(PARIS).date() if created else None,
        withdrawn_on=row.retired_at.astimezone(PARIS).date() if row.retired_at else None,
        followed_by=_follower(row) if row.retired_at else "",
        copies=copies,
    )


def share_of(told: dict[str, Any]) -> Share:
    """What an organisation brings, from what was frozen."""
    amounts = {name: Decimal(told[name]) if told.get(name) else None for name in ("granted", "given")}
    return Share(
        name=told["name"],
        nature=told["nature"],
        role=told["role"],
        brings=told.get("brings", ""),
        pools=bool(told.get("pools")),
        **amounts,
    )


def _campaign(row: PublishedCase) -> Campaign | None:
    if row.sort != Sort.CAMPAIGN:
        return None
    readings = CampaignReading.objects.filter(action_id=row.action_id, retired_at=None).order_by("on")
    told = tuple(Reading(one.on, one.gathered, one.source, one.backers, one.link) for one in readings)
    return Campaign(Stage(row.stage or Stage.OPEN), row.goal, row.ends, row.link, told)


def _follower(row: PublishedCase) -> str:
    live = PublishedCase.objects.filter(action_id=row.action_id, retired_at=None).first()
    return str(live.pk) if live else ""


def read_plans() -> tuple[PlanByLever, ...]:
    """Every live plan by lever, the last published first."""
    return tuple(map(plan_of, PublishedPlan.objects.filter(retired_at=None)))


def plan_of(row: PublishedPlan) -> PlanByLever:
    """A row as anybody reads it."""
    return PlanByLever(
        id=str(row.pk),
        place=(row.place, row.place_name, row.place_on),
        rows=tuple(_row(one) for one in row.rows),
        actions=row.actions,
        published_on=row.created_at.astimezone(PARIS).date() if row.created_at else None,
    )


def _row(told: dict[str, Any]) -> LeverRow:
    planned, granted = (Decimal(told[name]) if told[name] else None for name in ("planned", "granted"))
    return LeverRow(told["lever"], told["actions"], told["done"], planned, granted, told["unknown"])
