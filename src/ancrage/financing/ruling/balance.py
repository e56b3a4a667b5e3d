"""Both sides of a plan are equal to the cent, in money and in kind; no cost is paid twice."""

import itertools
from collections import deque
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal

from ancrage.financing.money import ZERO, eur
from ancrage.financing.plan import Plan
from ancrage.financing.ruling.answer import RuleAnswer, held
from ancrage.financing.texts import rules

KINDS = (("equilibre", "argent"), ("contributions", "nature"))


def balance(plan: Plan, on: date) -> Iterator[RuleAnswer]:
    """Expenses and resources, in money then in kind."""
    for identifier, kind in KINDS:
        spent, found = plan.spent(kind), plan.found(kind)
        rule = rules()[identifier]
        version = rule.version_on(on)
        if version and (spent or found or kind == "argent"):
            yield RuleAnswer(
                identifier,
                held(version, spent == found),
                rule.label,
                version.text,
                (f"{eur(spent)} de dépenses, {eur(found)} de ressources.",),
                _missing(spent - found, kind),
            )


def _missing(gap: Decimal, kind: str) -> str:
    side = "87" if gap > 0 else "86"
    if not gap:
        return ""
    if kind == "nature":
        return f"Inscrire {eur(abs(gap))} de plus au compte {side}."
    return f"Il manque {eur(gap)} de ressources." if gap > 0 else f"{eur(-gap)} de ressources sont en trop."


def twice(plan: Plan, on: date) -> Iterator[RuleAnswer]:
    """Whether what each resource may pay for leaves it room: by a flow from resources to expenses."""
    rule = rules()["meme_cout"]
    version = rule.version_on(on)
    bound = tuple(
        one for one in plan.resources if one.counted and one.line.kind == "argent" and plan.expenses
    )
    if version is None or not bound:
        return
    over = _overflow(plan)
    reasons = [
        f"« {label} » dépasse de {eur(gap)} ce que ses dépenses laissent à payer." for label, gap in over
    ]
    yield RuleAnswer(
        "meme_cout",
        held(version, not over),
        rule.label,
        version.text,
        tuple(reasons)
        or ("Chaque ressource trouve, dans les dépenses qu'elle peut payer, de quoi s'employer.",),
        "Réduire ces ressources, ou leur donner d'autres dépenses à payer." if over else "",
        tuple(one.id for one in bound if any(one.label == label for label, _ in over)),
    )


def _overflow(plan: Plan) -> list[tuple[str, Decimal]]:
    """Resources that find no expense left to pay, by how much; what exceeds the whole plan apart."""
    sources = [one for one in plan.resources if one.counted and one.line.kind == "argent"]
    # Those with fewest costs first: what is left over is then that of those that could go elsewhere.
    sources.sort(key=lambda one: (len(plan.costs_of(one)), one.id))
    flow = _Flow({one.id: one.amount for one in plan.expenses})
    surplus = max(ZERO, plan.found() - plan.spent())
    left_over = [
        (one, flow.pour(one.id, one.amount, [each.id for each in plan.costs_of(one)])) for one in sources
    ]
    found = [(one, left) for one, left in left_over if left]
    # A plan with too many resources is told by its balance: only what remains beyond it is paid twice.
    kept = []
    for one, left in reversed(found):
        spared = min(left, surplus) if len(plan.costs_of(one)) == _all_costs(plan) else ZERO
        surplus -= spared
        if left > spared:
            kept.append((one.label, left - spared))
    return kept[::-1]


def _all_costs(plan: Plan) -> int:
    return sum(1 for one in plan.expenses if one.line.kind == "argent")


class _Flow:
    """Money poured from resources into expenses, moved elsewhere when that makes room (augmenting paths)."""

    def __init__(self, capacities: Mapping[str, Decimal]) -> None:
        self.left = dict(capacities)
        self.costs: dict[str, list[str]] = {}
        self.poured: dict[tuple[str, str], Decimal] = {}

    def pour(self, source: str, amount: Decimal, costs: list[str]) -> Decimal:
        """Pour an amount; what found no room is given back."""
        self.costs[source] = costs
        while amount > 0:
            path = self._path(source)
            if path is None:
                break
            amount -= self._push(path, amount)
        return amount

    def _path(self, source: str) -> list[tuple[str, str]] | None:
        """(source, cost) steps to a cost with room: each source after the first gives up the cost before."""
        came: dict[str, tuple[str, str] | None] = {source: None}
        waiting = deque([source])
        seen: set[str] = set()
        while waiting:
            here = waiting.popleft()
            for cost in self.costs[here]:
                if cost in seen:
                    continue
                seen.add(cost)
                if self.left[cost] > 0:
                    return self._steps(came, here, cost)
                for other in self.costs:
                    if other not in came and self.poured.get((other, cost), ZERO) > 0:
                        came[other] = (here, cost)
                        waiting.append(other)
        return None

    @staticmethod
    def _steps(came: Mapping[str, tuple[str, str] | None], here: str, cost: str) -> list[tuple[str, str]]:
        steps = [(here, cost)]
        while (before := came[here]) is not None:
            here, cost = before
            steps.append((here, cost))
        return steps[::-1]

    def _push(self, steps: list[tuple[str, str]], amount: Decimal) -> Decimal:
        moved = min([amount, self.left[steps[-1][1]]])
        for (_, cost), (following, _) in itertools.pairwise(steps):
            moved = min(moved, self.poured[following, cost])
        for rank, (giver, cost) in enumerate(steps):
            self.poured[giver, cost] = self.poured.get((giver, cost), ZERO) + moved
            if rank:
                self.poured[giver, steps[rank - 1][1]] -= moved
        self.left[steps[-1][1]] -= moved
        return moved
