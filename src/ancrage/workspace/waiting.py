"""What waits for somebody in a plan: facts to confirm, steps that are due, an engagement to agree to."""

from collections.abc import Collection
from dataclasses import dataclass

from ancrage.language.days import short_day
from ancrage.workspace.models import (
    Action,
    Contract,
    Contribution,
    Credit,
    Participation,
    Resource,
    Signature,
)
from ancrage.workspace.models.parts import TwoSided
from ancrage.workspace.reading import Plan
from ancrage.workspace.states import ENDED, State

Fact = Participation | Resource | Contribution | Signature | Credit


@dataclass(frozen=True, slots=True)
class Waiting:
    """One thing to do: what, about which action or contract; ``fact`` when it is to be confirmed."""

    told: str
    action: Action | None = None
    fact: TwoSided | None = None
    contract: Contract | None = None


def waiting_for(plan: Plan, organisations: Collection[str]) -> list[Waiting]:
    """What waits for the organisations of a reader, what is to be answered first."""
    return [
        *_engagement(plan, organisations),
        *_facts(plan, organisations),
        *_steps(plan, organisations),
        *_reviews(plan),
    ]


def _engagement(plan: Plan, organisations: Collection[str]) -> list[Waiting]:
    text = plan.engagement
    if text is None:
        return []
    agreed = {str(one.organisation) for one in plan.agreements if one.engagement_version == text.version}
    return (
        [] if agreed & set(organisations) else [Waiting("L’engagement de partenariat attend votre accord.")]
    )


def _facts(plan: Plan, organisations: Collection[str]) -> list[Waiting]:
    actions = {one.pk: one for one in plan.actions}
    contracts = {one.pk: one for one in plan.contracts}
    facts: list[Fact] = [one for ones in plan.participations.values() for one in ones]
    facts += [one for ones in plan.resources.values() for one in ones]
    facts += [one for ones in plan.contributions.values() for one in ones]
    facts += [one for ones in plan.signatures.values() for one in ones]
    facts += [one for ones in plan.credits.values() for one in ones]
    return [
        Waiting(_told(fact), None, fact, contracts.get(fact.contract_id))
        if isinstance(fact, Signature | Credit)
        else Waiting(_told(fact), actions.get(fact.action_id), fact)
        for fact in facts
        if fact.awaited() & set(organisations)
    ]


def _told(fact: Fact) -> str:
    if isinstance(fact, Contribution):
        return f"Une contribution en nature à confirmer ({fact.label})."
    if isinstance(fact, Signature):
        return "Une signature à confirmer."
    if isinstance(fact, Credit):
        return f"Un crédit à confirmer ({fact.year})."
    if isinstance(fact, Participation):
        return f"Une participation à confirmer ({fact.get_role_display()})."
    return f"Un montant à confirmer ({fact.get_nature_display()}, {fact.year})."


def _steps(plan: Plan, organisations: Collection[str]) -> list[Waiting]:
    found = []
    for action in plan.actions:
        step = plan.next_step(action)
        if step is None or step.due is None or str(action.pilot) not in organisations:
            continue
        if State(action.state) not in ENDED and step.due <= plan.on:
            found.append(Waiting(f"« {step.title} » était à faire le {short_day(step.due)}.", action))
    return found


def _reviews(plan: Plan) -> list[Waiting]:
    replaced = {one.replaces_id for one in plan.decisions}
    return [
        Waiting(f"La décision du {short_day(one.on)} ({one.body}) est à revoir.")
        for one in plan.decisions
        if one.adopted_at and one.review_on and one.review_on <= plan.on and one.pk not in replaced
    ]
