"""What is given in kind, counted: by structure, lever and year; what the accounts of each side say of it.

A value that nobody wrote is unknown, never zero; a sum says how many it does not know.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

from ancrage.declarations.dated_parameters import load_parameters
from ancrage.declarations.texts import Text
from ancrage.levers.catalogue import read_levers
from ancrage.people.models import Organisation
from ancrage.reasoning import Verdict
from ancrage.workspace.balance import Sum, sum_of
from ancrage.workspace.deed_reading import Book, sort_of
from ancrage.workspace.giving import ACCOUNTS
from ancrage.workspace.models import Action, Contribution, ConventionText, Resource
from ancrage.workspace.models.parts import Reply
from ancrage.workspace.reading import Plan

Key = TypeVar("Key", bound=Hashable)
THRESHOLD, DEPOSIT = "convention.seuil", "convention.depot"
GRANTED = (Resource.Stage.GRANTED, Resource.Stage.AGREED, Resource.Stage.PAID, Resource.Stage.CLOSED)
USES = {
    "860": "Secours en nature, dons",
    "861": "Mise à disposition gratuite de biens",
    "862": "Prestations et personnel",
    "864": "Personnel bénévole",
    "870": "Dons en nature",
    "871": "Prestations en nature",
    "875": "Bénévolat",
}
"""Names of the accounts, ANC 2018-06."""


@dataclass(frozen=True, slots=True)
class Gift:
    """A contribution with its action."""

    action: Action
    row: Contribution


def gifts(plan: Plan) -> list[Gift]:
    """Every contribution that the other side did not refuse, in the order of the plan."""
    return [
        Gift(action, one)
        for action in plan.actions
        for one in plan.contributions.get(action.pk, ())
        if one.reply != Reply.REFUSED
    ]


def totals(found: Iterable[Gift], key: Callable[[Gift], Iterable[Key]]) -> dict[Key, tuple[Sum, Sum]]:
    """The value of contributions by a key (several when one counts under each), and what both sides say."""
    held: dict[Key, list[Gift]] = defaultdict(list)
    for one in found:
        for name in key(one):
            held[name].append(one)
    return {
        name: (_sum(ones), _sum([g for g in ones if g.row.reply == Reply.CONFIRMED]))
        for name, ones in held.items()
    }


def _sum(found: Iterable[Gift]) -> Sum:
    return sum_of(one.row.value for one in found)


def levers_of(plan: Plan) -> Callable[[Gift], list[int]]:
    """The levers of the action of a contribution: those of its tools and of its objective."""
    catalogue, goals = read_levers(), {one.pk: one for one in plan.objectives}

    def levers(one: Gift) -> list[int]:
        of_tools = {catalogue.lever_of(catalogue.tools[number]).number for number in one.action.tools}
        goal = goals.get(one.action.objective_id)
        return sorted(of_tools | set(goal.levers if goal else ())) or [0]

    return levers


def annex(plan: Plan, giver: UUID, year: int) -> list[Gift]:
    """What an authority gave in kind in a year: the list annexed to its accounts (CGCT, art. L. 2313-1)."""
    found = [one for one in gifts(plan) if one.row.giver == giver and one.row.year == year]
    return sorted(found, key=lambda one: (plan.name_of(one.row.receiver), one.row.label))


@dataclass(frozen=True, slots=True)
class Account:
    """A pair of accounts of an association: what is used (86), where it comes from (87), its value."""

    use: str
    source: str
    value: Sum
    confirmed: Sum


def accounts(plan: Plan, receiver: UUID, year: int) -> list[Account]:
    """Accounts 86 and 87 of who received in kind in a year; both sides are always equal."""
    received = [one for one in gifts(plan) if one.row.receiver == receiver and one.row.year == year]
    found = totals(received, lambda one: [ACCOUNTS[Contribution.Nature(one.row.nature)]])
    return [Account(*pair, *sums) for pair, sums in sorted(found.items())]


@dataclass(frozen=True, slots=True)
class Threshold:
    """A number fixed by a text on a day."""

    value: Decimal
    text: Text


def threshold_on(name: str, on: date) -> Threshold | None:
    """The number a text fixes on a day; nothing before the first day it is known."""
    for one in load_parameters()[name].values:
        if one.since <= on and (one.until is None or on <= one.until):
            return Threshold(Decimal(str(one.value)), one.text)
    return None


@dataclass(frozen=True, slots=True)
class Aid:
    """What an authority brings a private body in a year, in money and in kind, before the threshold."""

    giver: Organisation
    receiver: Organisation
    year: int
    cash: Sum
    in_kind: Sum
    limit: Threshold | None
    convention: ConventionText | None

    @property
    def total(self) -> Sum:
        """Both together: a subsidy is « de toute nature »."""
        return self.cash + self.in_kind

    @property
    def due(self) -> Verdict:
        """Whether a convention is compulsory: unknown amounts may only add to what is known."""
        known = self.total.known or Decimal(0)
        if self.limit is None:
            return Verdict.A_VERIFIER
        if known > self.limit.value:
            return Verdict.OUI
        return Verdict.A_VERIFIER if self.total.unknown else Verdict.NON

    @property
    def told(self) -> str:
        """What exceeds, what is missing, in French."""
        if self.due is Verdict.OUI:
            return (
                "Convention signée."
                if self.convention
                else "Convention obligatoire : aucune n’est signée ici."
            )
        if self.due is Verdict.NON:
            return "Sous le seuil."
        unknown = self.total.unknown
        return (
            f"{unknown} montant{'s' if unknown > 1 else ''} à établir pour le dire."
            if unknown
            else "Seuil inconnu ce jour-là."
        )


def aids(plan: Plan, book: Book) -> list[Aid]:
    """What each authority brings each private body, by year; the largest first."""
    cash: dict[tuple[UUID, UUID, int], list[Decimal | None]] = defaultdict(list)
    kind: dict[tuple[UUID, UUID, int], list[Decimal | None]] = defaultdict(list)
    for action in plan.actions:
        for one in plan.resources.get(action.pk, ()):
            if (
                one.funder
                and action.pilot
                and one.nature == Resource.Nature.GRANT
                and one.stage in GRANTED
                and one.reply != Reply.REFUSED
            ):
                cash[one.funder, action.pilot, one.year].append(one.granted)
    for gift in gifts(plan):
        kind[gift.row.giver, gift.row.receiver, gift.row.year].append(gift.row.value)
    found = list(_aids(plan, book, cash, kind))
    return sorted(found, key=lambda one: (-(one.total.known or 0), one.year, one.receiver.name))


def _aids(
    plan: Plan,
    book: Book,
    cash: dict[tuple[UUID, UUID, int], list[Decimal | None]],
    kind: dict[tuple[UUID, UUID, int], list[Decimal | None]],
) -> Iterator[Aid]:
    names = plan.organisations
    for key in dict.fromkeys((*cash, *kind)):
        giver, receiver, year = names.get(key[0]), names.get(key[1]), key[2]
        if giver is not None and receiver is not None and giver.public and not receiver.public:
            limit = threshold_on(THRESHOLD, date(year, 12, 31))
            yield Aid(
                giver,
                receiver,
                year,
                sum_of(cash.get(key, ())),
                sum_of(kind.get(key, ())),
                limit,
                _covering(book, *key),
            )


def _covering(book: Book, giver: UUID, receiver: UUID, year: int) -> ConventionText | None:
    """A convention in force between both that grants, and whose period touches the year."""
    for row in book.conventions:
        text = book.in_force(row)
        if text is None or not sort_of(row).grants or row.begin is None or row.end is None:
            continue
        if {str(giver), str(receiver)} <= set(text.parties) and row.begin.year <= year <= row.end.year:
            return text
    return None
