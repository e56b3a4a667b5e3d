"""How an aid is declared: who gives it, to whom, where, on which days, under which conditions, for how much.

One file an aid: ``catalogue/<funder>/<aid>.yaml``. A version holds for its days only. A version whose rule
could not be established is ``descriptif``; a condition or an amount that could not be is ``a_verifier``:
neither ever leads to a yes.
"""

import itertools
from datetime import date, time
from typing import Annotated, Any, Literal, Self

from pydantic import ConfigDict, Field, model_validator

from ancrage.aids.vocabulary import Grant, Nature, Theme, Unit
from ancrage.contacts.kinds import DeskKind, kind_named
from ancrage.dating import Period
from ancrage.declarations.base import ID, Declared
from ancrage.declarations.texts import WEB_ADDRESS, Status, Text
from ancrage.facts.legislation import Matter
from ancrage.facts.situation import Audience
from ancrage.reasoning import Verdict

COVERAGE = r"^(fr|reg:\d{2}|reg:9[78]\d|dep:\d[\dAB]\d?|epci:\d{9}|com:\d[\dAB]\d{3})$"


class Condition(Declared):
    """One condition; ``rule`` is a boolean expression of the language, ``text`` defaults to the version's."""

    id: str = Field(pattern=ID)
    label: str
    rule: str
    status: Literal[Status.ETABLI, Status.A_VERIFIER] = Status.ETABLI
    text: Text | None = None
    note: str = ""


class Amount(Declared):
    """How much: ``rule`` is a number expression in ``unit``; ``ceiling`` tells a maximum from a fixed sum."""

    rule: str
    unit: Unit
    label: str = ""
    ceiling: bool = False
    period: Literal["une_fois", "mois", "an", "duree"] = "une_fois"
    status: Literal[Status.ETABLI, Status.A_VERIFIER] = Status.ETABLI
    text: Text | None = None


class Deadline(Declared):
    """A date of the calendar: opening or closing of a call, end of a window."""

    label: str
    day: date
    at: time | None = None
    kind: Literal["ouverture", "cloture"] = "cloture"
    text: Text | None = None


class Version(Declared):
    """The aid on some days. ``until`` is the last day included; ``None`` when no end is known or fixed.

    ``attested_until`` is the last day on which the sources show the version in force, when it may have ended
    since on a day nobody could establish: after it, a yes is only *à vérifier*. ``last_proof`` is a last day
    shown too, of a version whose legal basis stands: it is told, and makes nothing unknown.
    """

    id: str = Field(default="", description="Own identifier of the version, when others refer to it")
    since: date = Field(alias="from")
    until: date | None = Field(default=None, alias="to")
    attested_until: date | None = None
    last_proof: date | None = None
    status: Status = Status.ETABLI
    text: Text
    conditions: tuple[Condition, ...] = ()
    amount: Amount | None = None
    deadlines: tuple[Deadline, ...] = ()
    note: str = ""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    @model_validator(mode="after")
    def _conditions_are_told_apart(self) -> Self:
        names = [condition.id for condition in self.conditions]
        if twice := {name for name in names if names.count(name) > 1}:
            raise ValueError(f"condition déclarée deux fois : {', '.join(sorted(twice))}")
        if self.until and self.until < self.since:
            raise ValueError(f"« to » ({self.until}) précède « from » ({self.since})")
        return self

    @property
    def period(self) -> Period:
        """Days the version holds for."""
        return Period(self.since, self.until)


class Coverage(Declared):
    """Where the aid may be had: ``fr`` or codes (``reg:75``, ``dep:23``, ``epci:200044014``, ``com:23077``).

    It is the aid's own, never its carrier's. ``fr`` is where the law of the codes holds in the ``matter`` of
    the aid; a collectivity whose law is its own is covered only if it is named (``dep:988``).
    """

    includes: tuple[Annotated[str, Field(pattern=COVERAGE)], ...] = Field(default=("fr",), min_length=1)
    excludes: tuple[Annotated[str, Field(pattern=COVERAGE)], ...] = ()
    matter: Matter = Matter.GENERAL


class Desk(Declared):
    """Where to ask. ``kind`` is who that is in each territory; its name tells it unless it is said.

    ``national`` says that the desk is the same for all of France, whatever its name names.
    """

    name: str
    kind: DeskKind | Literal["national"] | None = None
    href: str | None = Field(default=None, pattern=WEB_ADDRESS)
    phone: str | None = None
    note: str = ""

    @property
    def local_kind(self) -> DeskKind | None:
        """The kind of desk it is in a territory; ``None`` for one that is the same everywhere."""
        if self.kind is None:
            return kind_named(self.name)
        return self.kind if isinstance(self.kind, DeskKind) else None

    @property
    def told(self) -> dict[str, Any]:
        """In plain values, its kind worked out."""
        return {**self.model_dump(mode="json"), "kind": self.local_kind}


class Application(Declared):
    """How one asks: step by step, what to join, how long until an answer. Empty when nothing read says it.

    ``delay`` is in French words (« six mois »); ``text`` founds all, the version's own by default.
    ``procedure`` names the procedure of a law or of a funder that tells what is left empty here.
    """

    procedure: str = ""
    steps: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    delay: str = ""
    note: str = ""
    text: Text | None = None


class Cumulation(Declared):
    """With which aids it may be had or not, in words and by identifiers."""

    note: str = ""
    excludes: tuple[str, ...] = ()
    text: Text | None = None


class Case(Declared):
    """A published or worked case, replayed at each change and shown in the documentation.

    ``facts`` are written as on the command line: ``effectif: 4``, ``effectif: 10..19``, ``forme: scic``.
    """

    title: str
    day: date
    facts: dict[str, str | int | float | bool | date] = Field(default_factory=dict)
    verdict: Verdict
    amount: float | tuple[float | None, float | None] | None = None
    missing: tuple[str, ...] | None = None
    source: str = ""


class Aid(Declared):
    """An aid. Aids of one ``family`` serve the same need: a person sees the most local one that covers them.

    ``levers`` are the numbers (1 to 19) of the tools of the 2021 report that the aid serves. With a
    ``partial`` history the aid existed on days no version tells (before the first, between two): on these it
    is *à vérifier*; with a ``complete`` one it did not exist. ``grant`` says whether who qualifies has a
    right to it; when nothing read says so, it is a choice of the funder.
    """

    id: str = Field(pattern=ID)
    name: str
    summary: str
    funder: str
    family: str = Field(default="", description="Empty: a family of its own")
    desk: Desk
    nature: Nature
    grant: Grant = Grant.DISCRETION
    audience: tuple[Audience, ...] = Field(min_length=1)
    themes: tuple[Theme, ...] = Field(min_length=1)
    levers: tuple[Annotated[int, Field(ge=1, le=19)], ...] = ()
    territory: Coverage = Coverage()
    history: Literal["complete", "partial"] = "complete"
    versions: tuple[Version, ...] = Field(min_length=1)
    application: Application | None = None
    cumulation: Cumulation | None = None
    cases: tuple[Case, ...] = ()

    @model_validator(mode="after")
    def _versions_follow_each_other(self) -> Self:
        ordered = sorted(self.versions, key=lambda version: version.since)
        for earlier, later in itertools.pairwise(ordered):
            if earlier.period.overlaps(later.period):
                raise ValueError(f"les versions du {earlier.since} et du {later.since} se chevauchent")
        if list(self.versions) != ordered:
            raise ValueError("les versions se rangent de la plus ancienne à la plus récente")
        return self

    def version_on(self, day: date) -> Version | None:
        """The version in force on a day."""
        return next((version for version in self.versions if day in version.period), None)

    def in_force_on(self, day: date) -> bool | None:
        """Whether a version is in force on a day; ``None`` when its history does not tell."""
        current = self.version_on(day) is not None
        return None if not current and self.history == "partial" else current


class Expected(Declared):
    """What an aid must answer a persona."""

    verdict: Verdict
    amount: float | tuple[float | None, float | None] | None = None
    missing: tuple[str, ...] | None = None


class Persona(Declared):
    """Somebody made up, with facts written as on the command line, and what aids must answer on a day."""

    id: str = Field(pattern=ID)
    title: str
    story: str
    day: date
    facts: dict[str, str | int | float | bool | date]
    expected: dict[str, Expected] = Field(min_length=1)

    def case_of(self, aid: str) -> Case:
        """The persona as a case of one aid."""
        told = self.expected[aid]
        return Case(
            title=self.title,
            day=self.day,
            facts=self.facts,
            verdict=told.verdict,
            amount=told.amount,
            missing=told.missing,
        )
