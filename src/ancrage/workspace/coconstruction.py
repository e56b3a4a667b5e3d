"""The account of co-construction over time: what was decided and done with the ESS, and with inhabitants."""

from dataclasses import dataclass
from uuid import UUID

from ancrage.reasoning import Verdict
from ancrage.workspace.ess_reading import GIVEN_UP, Place, ess_of, place_of
from ancrage.workspace.models import Action, Decision
from ancrage.workspace.reading import Plan


@dataclass(frozen=True, slots=True)
class Share:
    """How many, out of how many; ``unknown``: of which nobody can tell."""

    some: int
    all: int
    unknown: int = 0

    @property
    def rate(self) -> float | None:
        """The share; nothing of nothing."""
        return self.some / self.all if self.all else None


@dataclass(frozen=True, slots=True)
class Year:
    """What was decided and begun in a year; ``year`` 0: all of them together."""

    year: int
    decided_with_ess: Share
    decided_with_inhabitants: Share
    done_with_ess: Share
    done_with_inhabitants: Share


def account(plan: Plan) -> list[Year]:
    """Years in order, then all together: decisions when they were taken, actions when they begin."""
    decisions = [one for one in plan.decisions if one.adopted_at is not None]
    actions = [one for one in plan.actions if one.state not in GIVEN_UP]
    years = sorted({one.on.year for one in decisions} | {_begun(one) for one in actions})
    return [
        *(
            _year(
                plan,
                year,
                [d for d in decisions if d.on.year == year],
                [a for a in actions if _begun(a) == year],
            )
            for year in years
        ),
        _year(plan, 0, decisions, actions),
    ]


def _begun(action: Action) -> int:
    return action.begin.year if action.begin else action.created_at.year


def _year(plan: Plan, year: int, decisions: list[Decision], actions: list[Action]) -> Year:
    present = [[ess_of(plan, UUID(one)) for one in each.present] for each in decisions]
    places = [place_of(plan, one).place for one in actions]
    decided = {one for each in plan.decisions if each.adopted_at and each.inhabitants for one in each.actions}
    return Year(
        year,
        Share(
            sum(Verdict.OUI in one for one in present),
            len(decisions),
            sum(Verdict.OUI not in one and (not one or Verdict.A_VERIFIER in one) for one in present),
        ),
        Share(sum(one.inhabitants for one in decisions), len(decisions)),
        Share(
            sum(one in (Place.CARRIED, Place.WITH) for one in places),
            len(places),
            sum(one is Place.UNKNOWN for one in places),
        ),
        Share(sum(str(one.pk) in decided for one in actions), len(actions)),
    )
