"""What a contract does for the ESS: which actions it carries, those done with it, for it, without it.

Read from what organisations are and from what is written of each action; what nobody says stays unknown.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from ancrage.levers.catalogue import read_levers
from ancrage.reasoning import Answer, Verdict
from ancrage.workspace.balance import LOST, Sum, sum_of
from ancrage.workspace.models import Action, Contract, Credit, Decision
from ancrage.workspace.models.parts import Reply
from ancrage.workspace.models.plan import LEVERS, Role
from ancrage.workspace.reading import Plan
from ancrage.workspace.states import State

if TYPE_CHECKING:
    from ancrage.territories.atlas import Atlas

GIVEN_UP = (State.ABANDONED, State.DECLINED)


class Place(StrEnum):
    """The place of the ESS in an action, the strongest first."""

    CARRIED = "portee"
    WITH = "avec"
    FOR = "pour"
    WITHOUT = "sans"
    UNKNOWN = "inconnue"

    @property
    def label(self) -> str:
        """French words shown to people."""
        return {
            "portee": "portée par l’ESS",
            "avec": "avec l’ESS",
            "pour": "pour l’ESS",
            "sans": "sans l’ESS",
            "inconnue": "pas encore connue",
        }[self.value]

    @property
    def of_several(self) -> str:
        """The same words after « actions »."""
        several = {"portee": "portées par l’ESS", "inconnue": "dont la place reste à connaître"}
        return several.get(self.value, self.label)


STRENGTH = list(Place)


@dataclass(frozen=True, slots=True)
class Read:
    """The place of the ESS in an action: whether both sides say it, and by what it is known."""

    action: Action
    place: Place
    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class Group:
    """The actions where the ESS has one place, and what they cost."""

    place: Place
    actions: int
    to_check: int
    planned: Sum
    real: Sum


@dataclass(frozen=True, slots=True)
class EssReading:
    """The whole reading of a contract.

    ``unused``: numbers of the levers that none of its actions uses; ``silent``: how many actions say no
    lever; ``given_up``: actions declined or abandoned, counted nowhere else.
    """

    reads: tuple[Read, ...]
    groups: tuple[Group, ...]
    unused: tuple[int, ...]
    silent: int
    given_up: int
    decisions: tuple[Decision, ...]
    with_ess: int
    planned: Sum
    spent: Sum
    confirmed: Sum
    """Amounts planned that both sides say."""
    judged: tuple[tuple[str, Verdict, str], ...]
    """Each organisation of its actions: whether it is of the ESS, and what says so."""


def read_contract(plan: Plan, contract: Contract) -> EssReading:
    """The reading of a contract of a plan, on the day of the plan."""
    held = [one for one in plan.actions if str(one.pk) in contract.actions]
    living = [one for one in held if one.state not in GIVEN_UP]
    reads = tuple(place_of(plan, one) for one in living)
    levers = [_levers(plan, one) for one in living]
    decisions = tuple(_decided(plan, contract))
    return EssReading(
        reads=reads,
        groups=tuple(_group(plan, place, reads) for place in Place),
        unused=tuple(one for one in LEVERS if not any(one in used for used in levers)),
        silent=sum(not used for used in levers),
        given_up=len(held) - len(living),
        decisions=decisions,
        with_ess=sum(_with_ess(plan, one) for one in decisions),
        judged=tuple(_judged(plan, living)),
        **_money(plan.credits.get(contract.pk, [])),
    )


def place_of(plan: Plan, action: Action) -> Read:
    """The place of the ESS in an action."""
    pilot = ess_of(plan, action.pilot)
    if found := sorted(_signs(plan, action), key=lambda one: (STRENGTH.index(one[0]), one[1] != Verdict.OUI)):
        place, verdict, reason = found[0]
        if place is not Place.CARRIED and pilot is Verdict.A_VERIFIER:
            return Read(action, place, Verdict.A_VERIFIER, f"{reason} ; {_unsaid(plan, action)}")
        return Read(action, place, verdict, reason)
    if unknown := _unsaid(plan, action):
        return Read(action, Place.UNKNOWN, Verdict.A_VERIFIER, unknown)
    return Read(action, Place.WITHOUT, Verdict.OUI, "aucune organisation de l’ESS n’y est écrite")


def ess_of(plan: Plan, organisation: UUID | None) -> Verdict:
    """Whether an organisation is of the ESS; to be checked when nobody says which it is.

    The register says it; the nature that its members declared, where the register does not know.
    """
    if organisation and (judged := _by_register(plan, organisation)):
        return judged.verdict
    found = plan.organisations.get(organisation) if organisation else None
    return found.ess if found else Verdict.A_VERIFIER


def said_by(plan: Plan, organisation: UUID) -> str:
    """What tells that an organisation is of the ESS, or is not, in words."""
    if judged := _by_register(plan, organisation):
        return judged.reasons[0]
    found = plan.organisations.get(organisation)
    return f"nature déclarée : {found.get_nature_display()}" if found else ""


def _source(plan: Plan, organisation: UUID) -> str:
    return "registre" if _by_register(plan, organisation) else "nature déclarée"


def _judged(plan: Plan, actions: Iterable[Action]) -> Iterator[tuple[str, Verdict, str]]:
    """Each organisation written in some actions, whether it is of the ESS, and what says so."""
    named = {one: None for action in actions for _, one, _, _ in _written(plan, action) if one}
    for one in sorted(named, key=plan.name_of):
        yield plan.name_of(one), ess_of(plan, one), said_by(plan, one)


def _by_register(plan: Plan, organisation: UUID) -> Answer | None:
    judged = plan.judged.get(organisation)
    return judged if judged and judged.verdict is not Verdict.A_VERIFIER else None


def read_with_register(plan: Plan, atlas: "Atlas") -> Plan:
    """The same plan, with what the register in force says of its organisations."""
    from ancrage.people.registered import ess_of_units

    found = ess_of_units(atlas, (one.siren for one in plan.organisations.values()))
    judged = {pk: found[one.siren] for pk, one in plan.organisations.items() if one.siren in found}
    return replace(plan, judged=judged)


def _signs(plan: Plan, action: Action) -> Iterator[tuple[Place, Verdict, str]]:
    """Each thing written that gives the ESS a place; what was refused gives none."""
    for place, organisation, verdict, told in _written(plan, action):
        if organisation and ess_of(plan, organisation) is Verdict.OUI:
            yield place, verdict, f"{plan.name_of(organisation)}, {told} ({_source(plan, organisation)})"


def _written(plan: Plan, action: Action) -> Iterator[tuple[Place, UUID | None, Verdict, str]]:
    """Each organisation written in an action: the place it would give the ESS."""
    yield Place.CARRIED, action.pilot, Verdict.OUI, "pilote"
    places = {Role.OWNER: Place.CARRIED, Role.PUBLIC: Place.FOR}
    for part in plan.participations.get(action.pk, ()):
        if part.reply != Reply.REFUSED:
            place = places.get(Role(part.role), Place.WITH)
            yield place, part.organisation, part.verdict, part.get_role_display()
    for gift in plan.contributions.get(action.pk, ()):
        if gift.reply != Reply.REFUSED:
            yield Place.WITH, gift.giver, gift.verdict, "donne en nature"
            yield Place.FOR, gift.receiver, gift.verdict, "reçoit en nature"
    for resource in plan.resources.get(action.pk, ()):
        if resource.reply != Reply.REFUSED and resource.stage not in LOST:
            yield Place.WITH, resource.funder, resource.verdict, "finance"


def _unsaid(plan: Plan, action: Action) -> str:
    """What would have to be known, in words; empty when all is."""
    if action.pilot is None:
        return "pilote à désigner"
    named = [one for _, one, _, _ in _written(plan, action) if one]
    unsure = [plan.name_of(one) or "?" for one in named if ess_of(plan, one) is Verdict.A_VERIFIER]
    return f"nature à préciser : {', '.join(dict.fromkeys(unsure))}" if unsure else ""


def _group(plan: Plan, place: Place, reads: tuple[Read, ...]) -> Group:
    found = [one for one in reads if one.place is place]
    costs = [plan.costs.get(one.action.pk, []) for one in found]
    # An action whose cost nobody wrote costs an amount that is unknown.
    unwritten = Sum(None, sum(not ones for ones in costs))
    written = [one for ones in costs for one in ones]
    return Group(
        place,
        len(found),
        sum(one.verdict is not Verdict.OUI for one in found),
        sum_of(one.planned for one in written) + unwritten,
        sum_of(one.real for one in written) + unwritten,
    )


def _levers(plan: Plan, action: Action) -> set[int]:
    """The levers of an action: those of its tools, and those of its objective."""
    catalogue = read_levers()
    objective = next((one for one in plan.objectives if one.pk == action.objective_id), None)
    of_tools = {catalogue.lever_of(catalogue.tools[number]).number for number in action.tools}
    return of_tools | set(objective.levers if objective else ())


def _decided(plan: Plan, contract: Contract) -> Iterator[Decision]:
    for one in plan.decisions:
        if one.adopted_at is not None and set(one.actions) & set(contract.actions):
            yield one


def _with_ess(plan: Plan, decision: Decision) -> bool:
    return any(ess_of(plan, UUID(one)) is Verdict.OUI for one in decision.present)


def _money(provided: list[Credit]) -> dict[str, Sum]:
    """What is planned, spent, planned and confirmed; what its funder refused brings nothing."""
    held = [one for one in provided if one.reply != Reply.REFUSED]
    return {
        "planned": sum_of(one.planned for one in held),
        "spent": sum_of(one.spent for one in held),
        "confirmed": sum_of(one.planned for one in held if one.reply == Reply.CONFIRMED),
    }
