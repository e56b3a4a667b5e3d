"""The catalogue on a day, in plain values: what answering needs, and nothing to parse again."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from typing import Any, Self

from ancrage.rules.program import Program

Plain = Mapping[str, Any]


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
    since: str
    until: str | None
    text: Plain
    note: str
    deadlines: tuple[Plain, ...]
    cumulation: Plain | None
    key: str
    conditions: tuple[ConditionEntry, ...]
    amount: AmountEntry | None
    doubts: tuple[str, ...]

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Self:
        """The entry that ``dataclasses.asdict`` wrote."""
        values: dict[str, Any] = {
            field.name: tuple(document[field.name])
            if isinstance(document[field.name], list)
            else document[field.name]
            for field in fields(cls)
        }
        values["conditions"] = tuple(_condition(each) for each in document["conditions"])
        values["amount"] = AmountEntry(**document["amount"]) if document["amount"] else None
        return cls(**values)


def _condition(document: Mapping[str, Any]) -> ConditionEntry:
    return ConditionEntry(**{**document, "facts": tuple(document["facts"])})


@dataclass(frozen=True, slots=True)
class DayEntries:
    """Every aid on a day, the program that answers for all, and the words of the facts it reads."""

    on: str
    entries: tuple[AidEntry, ...]
    program: Program
    labels: Mapping[str, str]

    def as_json(self) -> dict[str, Any]:
        """Plain values, for the cache on disk."""
        return {
            "on": self.on,
            "entries": [asdict(entry) for entry in self.entries],
            "program": self.program.as_json(),
            "labels": dict(self.labels),
        }

    @classmethod
    def from_json(cls, document: Mapping[str, Any]) -> Self:
        """What :meth:`as_json` wrote."""
        entries = tuple(AidEntry.from_json(entry) for entry in document["entries"])
        return cls(document["on"], entries, Program.from_json(document["program"]), document["labels"])
