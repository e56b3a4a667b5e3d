"""A plan verified: what balances, what each resource is worth, which rules it keeps, what its cash is."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cached_property

from ancrage.aids.answering import AidAnswer
from ancrage.aids.catalogue import load_aids
from ancrage.aids.vocabulary import Grant
from ancrage.financing.cash import Cash, cash_of
from ancrage.financing.cumulation import exclusive
from ancrage.financing.plan import Plan, Resource, State
from ancrage.financing.rates import Answers, rated
from ancrage.financing.ruling.answer import RuleAnswer, worst
from ancrage.financing.ruling.balance import balance, twice
from ancrage.financing.ruling.ceilings import declared, most_of, own_share, state_grants
from ancrage.financing.ruling.european import european
from ancrage.financing.ruling.regional import regional
from ancrage.financing.ruling.state_aid import regimes, small_aid
from ancrage.reasoning import Verdict

RULINGS = (
    balance,
    twice,
    declared,
    exclusive,
    own_share,
    state_grants,
    european,
    small_aid,
    regional,
    regimes,
)


@dataclass(frozen=True, slots=True)
class ResourceAnswer:
    """What can be counted on of a resource: yes when it is granted, or is a right that is established."""

    resource: Resource
    verdict: Verdict
    reasons: tuple[str, ...]
    most: Decimal | None
    aid_name: str = ""


@dataclass(frozen=True, slots=True)
class YearBalance:
    """A year of the plan, in money."""

    year: int
    expenses: Decimal
    resources: Decimal

    @property
    def gap(self) -> Decimal:
        """What is missing, negative when there is too much."""
        return self.expenses - self.resources


@dataclass(frozen=True)
class Verification:
    """A plan, verified on a day."""

    plan: Plan
    on: date
    resources: tuple[ResourceAnswer, ...]
    rules: tuple[RuleAnswer, ...]
    cash: Cash

    @property
    def balanced(self) -> bool:
        """Whether both sides are equal to the cent, in money and in kind."""
        return all(self.plan.spent(kind) == self.plan.found(kind) for kind in ("argent", "nature"))

    @property
    def missing(self) -> Decimal:
        """Resources in money that are missing, negative when there are too many."""
        return self.plan.spent() - self.plan.found()

    @cached_property
    def years(self) -> tuple[YearBalance, ...]:
        """Year by year."""
        plan = self.plan
        return tuple(YearBalance(one, plan.spent(year=one), plan.found(year=one)) for one in plan.years)

    @cached_property
    def funded(self) -> Verdict:
        """Yes only when it balances, every rule is kept and every resource can be counted on."""
        if not self.balanced:
            return Verdict.NON
        counted = [one.verdict for one in self.resources if one.resource.state is not State.REFUSEE]
        told = {worst(self.rules), *counted}
        return next((one for one in (Verdict.NON, Verdict.A_VERIFIER) if one in told), Verdict.OUI)


def verify(plan: Plan, *, on: date, answers: Answers | None = None) -> Verification:
    """The plan verified on a day. ``answers``: what the catalogue says of the aids it names."""
    plan = rated(plan, answers or {}, on)
    return Verification(
        plan,
        on,
        tuple(resource_answers(plan, answers or {})),
        tuple(one for ruling in RULINGS for one in ruling(plan, on)),
        cash_of(plan),
    )


def resource_answers(plan: Plan, answers: Answers) -> Iterator[ResourceAnswer]:
    """Each resource in its order."""
    for one in plan.resources:
        verdict, reasons = _verdict(one, answers.get(one.aid))
        aid = load_aids().get(one.aid) if one.aid else None
        yield ResourceAnswer(one, verdict, reasons, most_of(plan, one), aid.name if aid else "")


def _verdict(one: Resource, told: AidAnswer | None) -> tuple[Verdict, tuple[str, ...]]:
    if one.state is State.REFUSEE:
        return Verdict.NON, ("Le financeur l'a refusée.",)
    if told is not None and told.verdict is Verdict.NON and not one.state.granted:
        return Verdict.NON, told.reasons or ("Le catalogue répond non.",)
    if one.state.granted:
        return _granted(one, told)
    if told is not None and told.verdict is Verdict.OUI and load_aids()[one.aid].grant is Grant.DROIT:
        return Verdict.OUI, ("Une aide de droit, dont les conditions sont remplies.",)
    reasons = told.reasons if told is not None else ()
    return Verdict.A_VERIFIER, (
        f"{one.state.label.capitalize()} seulement : {one.funder.label} le confirme.",
        *reasons,
    )


def _granted(one: Resource, told: AidAnswer | None) -> tuple[Verdict, tuple[str, ...]]:
    if told is not None and told.verdict is Verdict.NON:
        return Verdict.A_VERIFIER, ("Accordée, alors que le catalogue répond non.", *told.reasons)
    return Verdict.OUI, (f"{one.state.label.capitalize()}.",)
