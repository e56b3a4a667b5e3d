"""How the rules of a purchase are declared: what they give, on which days, under which wording."""

import itertools
from datetime import date
from enum import StrEnum
from typing import Literal, Self

from pydantic import ConfigDict, Field, model_validator

from ancrage.dating import Period
from ancrage.declarations.base import ID, Declared
from ancrage.declarations.texts import Status, Text
from ancrage.reasoning import Verdict


class Group(StrEnum):
    """What a rule tells of a purchase."""

    PROCEDURE = "procedure"
    PUBLICITY = "publicite"
    OPTION = "option"
    RESERVATION = "reserve"
    DUTY = "devoir"
    EXCEPTION = "exception"
    SUBSIDY = "subvention"


class Amount(Declared):
    """A figure that a rule gives: ``rule`` is a number expression in ``unit``."""

    rule: str
    unit: Literal["EUR", "part", "jours"]
    label: str


class Wording(Declared):
    """A rule on some days: ``label`` says what holds when it is true, ``refused`` when it is false.

    ``quote`` is the article as it read on these days. ``otherwise`` is what its being false means: a
    reserve that nobody known could answer is not forbidden, it is to be checked.
    """

    since: date = Field(alias="from")
    until: date | None = Field(default=None, alias="to")
    rule: str
    label: str
    refused: str = ""
    quote: str
    text: Text
    status: Literal[Status.ETABLI, Status.A_VERIFIER] = Status.ETABLI
    amount: Amount | None = None
    otherwise: Literal[Verdict.NON, Verdict.A_VERIFIER] = Verdict.NON
    note: str = ""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    @property
    def period(self) -> Period:
        """Days it holds for."""
        return Period(self.since, self.until)


class PurchaseRule(Declared):
    """A rule of a purchase. ``of``: for an exception, the rule it excepts from."""

    id: str = Field(pattern=ID)
    group: Group
    article: str
    name: str
    of: str = ""
    versions: tuple[Wording, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _wordings_follow_each_other(self) -> Self:
        for earlier, later in itertools.pairwise(self.versions):
            if earlier.period.overlaps(later.period) or later.since < earlier.since:
                raise ValueError(f"{self.id} : rédactions du {earlier.since} et du {later.since} emmêlées")
        return self

    def on(self, day: date) -> Wording | None:
        """The wording in force on a day."""
        return next((one for one in self.versions if day in one.period), None)


class Case(Declared):
    """A purchase and what the rules must answer, replayed at each change and shown in the documentation.

    ``expects``: by rule, its verdict; ``procedure`` and ``publicity``: the one that applies, by identifier.
    """

    title: str
    day: date
    facts: dict[str, str | int | float | bool]
    article: str
    procedure: str = ""
    publicity: str = ""
    expects: dict[str, Verdict] = Field(default_factory=dict)
