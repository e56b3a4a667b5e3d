"""A financing plan: what is spent, what pays for it, when, and how sure it is."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from typing import Any

from ancrage.declarations.texts import Text
from ancrage.financing.layout import Line
from ancrage.financing.money import ZERO

SCHEMA = "ancrage-financement/1"


class State(StrEnum):
    """How far a resource is, in the order of its life."""

    ENVISAGEE = "envisagee"
    DEMANDEE = "demandee"
    ACCORDEE = "accordee"
    CONVENTIONNEE = "conventionnee"
    VERSEE = "versee"
    SOLDEE = "soldee"
    REFUSEE = "refusee"

    @property
    def label(self) -> str:
        """French word."""
        return f"{self.value[:-2]}ée"

    @property
    def granted(self) -> bool:
        """Whether somebody has committed to pay it."""
        return self in (State.ACCORDEE, State.CONVENTIONNEE, State.VERSEE, State.SOLDEE)


class Funder(StrEnum):
    """Who pays."""

    EUROPE = "europe"
    ETAT = "etat"
    REGION = "region"
    DEPARTEMENT = "departement"
    EPCI = "epci"
    COMMUNE = "commune"
    ORGANISME_PUBLIC = "organisme_public"
    BANQUE = "banque"
    PRIVE = "prive"
    PORTEUR = "porteur"

    @property
    def label(self) -> str:
        """French words."""
        return FUNDERS[self]

    @property
    def public(self) -> bool:
        """Whether it is public money."""
        return self not in (Funder.BANQUE, Funder.PRIVE, Funder.PORTEUR)

    @property
    def authority(self) -> bool:
        """Whether it is a local authority."""
        return self in (Funder.REGION, Funder.DEPARTEMENT, Funder.EPCI, Funder.COMMUNE)


FUNDERS = {
    Funder.EUROPE: "Union européenne",
    Funder.ETAT: "État",
    Funder.REGION: "Région",
    Funder.DEPARTEMENT: "Département",
    Funder.EPCI: "Intercommunalité",
    Funder.COMMUNE: "Commune",
    Funder.ORGANISME_PUBLIC: "Autre organisme public",
    Funder.BANQUE: "Banque ou financeur remboursé",
    Funder.PRIVE: "Financeur privé",
    Funder.PORTEUR: "Porteur du projet",
}


class Regime(StrEnum):
    """Under which rule of State aid a public resource stands."""

    AUCUN = "aucun"
    DE_MINIMIS = "de_minimis"
    DE_MINIMIS_SIEG = "de_minimis_sieg"
    EXEMPTE = "exempte"
    AFR = "afr"
    NOTIFIE = "notifie"
    SIEG = "sieg"

    @property
    def label(self) -> str:
        """French words."""
        return REGIMES[self]


REGIMES = {
    Regime.AUCUN: "hors aides d'État",
    Regime.DE_MINIMIS: "de minimis",
    Regime.DE_MINIMIS_SIEG: "de minimis SIEG",
    Regime.EXEMPTE: "régime exempté",
    Regime.AFR: "aide à finalité régionale",
    Regime.NOTIFIE: "régime notifié",
    Regime.SIEG: "compensation de SIEG",
}


class Size(StrEnum):
    """Size of an enterprise, as annex I of regulation (EU) 651/2014 sorts them."""

    PETITE = "petite"
    MOYENNE = "moyenne"
    GRANDE = "grande"

    @property
    def label(self) -> str:
        """French word."""
        return f"{self.value} entreprise"


class Fund(StrEnum):
    """European funds whose rates are bounded."""

    FEADER = "feader"
    LEADER = "leader"
    FEDER = "feder"
    FSE_PLUS = "fse_plus"
    FTJ = "ftj"


@dataclass(frozen=True, slots=True)
class Payment:
    """Money that moves on a day, or between that day and a ``latest`` one."""

    on: date
    amount: Decimal
    latest: date | None = None


@dataclass(frozen=True, slots=True)
class Expense:
    """A line of expenses. ``excluded``: funds and aids that do not pay for it; ``real``: what was spent."""

    id: str
    account: str
    line: Line
    label: str
    year: int
    amount: Decimal
    real: Decimal | None = None
    payments: tuple[Payment, ...] = ()
    excluded: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class KnownRate:
    """The most, from ``low`` to ``high``, that an aid of the catalogue pays of a project where its holder is.

    ``certain``: whether the text that says it was read, and speaks of one project.
    """

    low: Decimal
    high: Decimal
    certain: bool
    text: Text


@dataclass(frozen=True, slots=True)
class Resource:
    """A line of resources: an aid of the catalogue, or what is declared.

    ``rate``, ``base`` and ``ceiling``: the most that the funder pays, as its own call or convention says
    (``text``); ``costs``: the only expenses it may pay for; ``received``: what was paid; ``beside``: the
    resources with which its funder wrote, in that same text, that it adds up; ``payer`` and
    ``payer_siret``: the body that grants it, as registers name it; ``decision``: the reference of its act;
    ``known_rate``: what the catalogue says, once the plan is verified.
    """

    id: str
    account: str
    line: Line
    label: str
    year: int
    amount: Decimal
    state: State
    funder: Funder
    aid: str = ""
    fund: Fund | None = None
    regime: Regime | None = None
    rate: Decimal | None = None
    base: Decimal | None = None
    ceiling: Decimal | None = None
    text: str = ""
    costs: tuple[str, ...] = ()
    granted_on: date | None = None
    received: Decimal | None = None
    payments: tuple[Payment, ...] = ()
    beside: tuple[str, ...] = ()
    payer: str = ""
    payer_siret: str = ""
    decision: str = ""
    known_rate: KnownRate | None = None

    @property
    def counted(self) -> bool:
        """Whether it pays for anything: a refused resource and a guarantee do not."""
        return self.state is not State.REFUSEE and self.line.kind != "memoire"

    @property
    def grant(self) -> bool:
        """Whether it is public money that is not paid back."""
        return self.funder.public and self.line.code in ("13", "74", "73", "75")


@dataclass(frozen=True, slots=True)
class PastAid:
    """Aid received before, or beside, the project, that counts in a ceiling of State aid."""

    label: str
    regime: Regime
    granted_on: date
    amount: Decimal


@dataclass(frozen=True, slots=True)
class Holder:
    """Who carries the project. ``facts``: what the catalogue asks of it; ``lead``: whether, as an authority,
    it acts in a field where it is the leader (CGCT L. 1111-9); ``regional_zone``: whether its commune is on
    the map of regional aid."""

    name: str
    form: str = ""
    commune: str = ""
    facts: Mapping[str, Any] = field(default_factory=dict)
    lead: bool | None = None
    size: Size | None = None
    regional_zone: bool | None = None
    siret: str = ""
    rna: str = ""

    @property
    def authority(self) -> bool:
        """Whether it is a local authority or a group of them."""
        return self.form in ("commune", "epci", "departement", "region")


@dataclass(frozen=True)
class Plan:
    """A plan. ``opening``: cash on the first day; ``year_starts``: month in which fiscal years begin."""

    name: str
    holder: Holder
    expenses: tuple[Expense, ...]
    resources: tuple[Resource, ...]
    past: tuple[PastAid, ...] = ()
    begins: date | None = None
    ends: date | None = None
    opening: Decimal = ZERO
    bridge_rate: Decimal | None = None
    fictitious: bool = False

    @cached_property
    def years(self) -> tuple[int, ...]:
        """Years of its lines."""
        return tuple(sorted({one.year for one in self.expenses} | {one.year for one in self.resources}))

    def spent(self, kind: str = "argent", year: int | None = None) -> Decimal:
        """Expenses of a kind, of a year or of all."""
        return sum(
            (one.amount for one in self.expenses if one.line.kind == kind and year in (None, one.year)), ZERO
        )

    def found(self, kind: str = "argent", year: int | None = None) -> Decimal:
        """Resources of a kind, of a year or of all; none that is refused."""
        return sum(
            (
                one.amount
                for one in self.resources
                if one.counted and one.line.kind == kind and year in (None, one.year)
            ),
            ZERO,
        )

    def paid_by(self, resource: Resource) -> Decimal:
        """The expenses that a resource may pay for: those it names, without those its fund excludes."""
        return sum((one.amount for one in self.costs_of(resource)), ZERO)

    def costs_of(self, resource: Resource) -> tuple[Expense, ...]:
        """The same, line by line."""
        own = {resource.id, resource.aid, resource.fund.value if resource.fund else ""} - {""}
        return tuple(
            one
            for one in self.expenses
            if one.line.kind == resource.line.kind
            and (not resource.costs or one.id in resource.costs)
            and not own & one.excluded
        )
