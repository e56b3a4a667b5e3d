"""A case, as anybody may read it: a frozen text, where it was done, with which tools, who brought what."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from ancrage.language.days import day as told_day


class Sort(StrEnum):
    """What a case is."""

    ACTION = "action"
    CAMPAIGN = "campagne"
    STUDIED = "etudie"

    @property
    def label(self) -> str:
        """French words shown to people."""
        return SORTS[self]


SORTS: Mapping[Sort, str] = {
    Sort.ACTION: "action d’un atelier",
    Sort.CAMPAIGN: "campagne de financement citoyen",
    Sort.STUDIED: "cas que cite le compte rendu de 2021",
}


class Stage(StrEnum):
    """How far a campaign has come, as the atelier says."""

    COMING = "a_venir"
    OPEN = "en_cours"
    REACHED = "reussie"
    MISSED = "non_aboutie"

    @property
    def label(self) -> str:
        """French words shown to people."""
        return STAGES[self]


STAGES: Mapping[Stage, str] = {
    Stage.COMING: "à venir",
    Stage.OPEN: "en cours",
    Stage.REACHED: "objectif atteint",
    Stage.MISSED: "close sans atteindre son objectif",
}


@dataclass(frozen=True, slots=True)
class Share:
    """What an organisation brings. ``granted``, ``given``: euros, and the value of what it gives in kind.

    Both are ``None`` when nobody confirmed an amount: unknown, never zero.
    """

    name: str
    nature: str
    role: str
    brings: str = ""
    granted: Decimal | None = None
    given: Decimal | None = None
    pools: bool = False
    """Whether it is an intercommunalité: two of them share a project."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What was gathered by a day, in euros, as the atelier read it on ``source``; ``backers``: people."""

    on: date
    gathered: Decimal
    source: str
    backers: int | None = None
    link: str = ""


@dataclass(frozen=True, slots=True)
class Campaign:
    """What the atelier typed of a campaign: nothing of it is checked elsewhere. ``readings``: by day."""

    stage: Stage
    goal: Decimal | None
    ends: date | None
    link: str
    readings: tuple[Reading, ...] = ()

    @property
    def reached(self) -> Decimal | None:
        """The share of its goal that was gathered at the last reading; ``None`` when either is unknown."""
        return self.readings[-1].gathered / self.goal if self.readings and self.goal else None


@dataclass(frozen=True, slots=True)
class Case:
    """A case. ``place``: code, name and day of its territory, the code empty when it has none.

    ``published_on``: ``None`` for one of the report. ``withdrawn_on``: nothing of it is shown any more, but
    where what was copied of it came from; ``followed_by``: the case that replaced it. ``copies``: actions of
    other ateliers that were started from it.
    """

    id: str
    sort: Sort
    title: str
    told: str
    place: tuple[str, str, date]
    tools: tuple[int, ...] = ()
    criteria: tuple[str, ...] = ()
    learnt: str = ""
    publics: str = ""
    state: str = ""
    begin: date | None = None
    end: date | None = None
    shares: tuple[Share, ...] = ()
    campaign: Campaign | None = None
    published_on: date | None = None
    withdrawn_on: date | None = None
    followed_by: str = ""
    copies: int = 0
    source: str = ""
    fictitious: bool = False

    @property
    def shared(self) -> bool:
        """Whether several intercommunalités carry it together."""
        return sum(one.pools for one in self.shares) > 1

    @property
    def where(self) -> str:
        """The name of its territory."""
        return self.place[1] or "lieu à vérifier"

    @property
    def origin(self) -> str:
        """What an action copied from it says of it."""
        what = f"le cas « {self.title} »"
        if self.sort is Sort.STUDIED:
            return f"{what}, que cite le compte rendu de 2021"
        told = f"{what}, de {self.where}"
        if self.published_on:
            told += f", publié le {told_day(self.published_on)}"
        return told + (f", retiré depuis, le {told_day(self.withdrawn_on)}" if self.withdrawn_on else "")


@dataclass(frozen=True, slots=True)
class LeverRow:
    """What a plan does by a lever: how many actions, how many are done, what they cost and were granted.

    ``lever``: 1 to 6; 0 for actions of no tool. Amounts: euros, ``None`` when none is known; ``unknown``: how
    many actions have no known cost. An action of two levers counts in each.
    """

    lever: int
    actions: int
    done: int
    planned: Decimal | None
    granted: Decimal | None
    unknown: int


@dataclass(frozen=True, slots=True)
class PlanByLever:
    """A plan that an atelier lets others compare, as it stood the day it was published."""

    id: str
    place: tuple[str, str, date]
    rows: tuple[LeverRow, ...]
    actions: int
    published_on: date | None = None

    def row(self, lever: int) -> LeverRow | None:
        """What it does by a lever."""
        return next((one for one in self.rows if one.lever == lever), None)
