"""The catalogue on a day, in plain values: what answering needs, and nothing to parse again."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ancrage.aids.standing import Existence
from ancrage.aids.vocabulary import Grant
from ancrage.rules.program import Program

Plain = Mapping[str, Any]
CATALOGUE = "catalogue"


@dataclass(frozen=True, slots=True)
class ConditionEntry:
    """A condition in the program, under ``key``; one that is not ``certain`` never decides anything."""

    id: str
    label: str
    key: str
    facts: tuple[str, ...]
    certain: bool
    text: Plain
    note: str = ""


@dataclass(frozen=True, slots=True)
class AmountEntry:
    """An amount in the program, under ``key``."""

    key: str
    unit: str
    label: str
    ceiling: bool
    period: str
    certain: bool
    text: Plain


@dataclass(frozen=True, slots=True)
class AidEntry:
    """An aid as it stands on a day.

    ``key`` gives, in the program, whether all its certain conditions hold; ``doubts`` are the reasons, in
    French, for which a yes would still have to be checked. ``reach`` is how local it is, 0 for the nation.
    ``source`` is the list that publishes it, :data:`CATALOGUE` when its rules are ours; ``also`` tells the
    other lists that publish the same.
    """

    id: str
    name: str
    summary: str
    funder: str
    family: str
    reach: int
    desk: Plain
    nature: str
    audience: tuple[str, ...]
    themes: tuple[str, ...]
    levers: tuple[int, ...]
    coverage: tuple[str, ...]
    in_force: bool
    status: str
    since: str | None
    until: str | None
    text: Plain
    note: str
    deadlines: tuple[Plain, ...]
    cumulation: Plain | None
    grant: Grant
    existence: Existence
    key: str
    conditions: tuple[ConditionEntry, ...]
    amount: AmountEntry | None
    doubts: tuple[str, ...]
    source: str = CATALOGUE
    also: tuple[Plain, ...] = ()

    @property
    def ours(self) -> bool:
        """Whether its rules were written here, and not told by a list."""
        return self.source == CATALOGUE


@dataclass(frozen=True, slots=True)
class DayEntries:
    """Every aid on a day, the program that answers for all, and the words of the facts it reads."""

    on: str
    entries: tuple[AidEntry, ...]
    program: Program
    labels: Mapping[str, str]
