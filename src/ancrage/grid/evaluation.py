"""What assessments say together: side by side, where roles disagree, and how it moved since the first.

Method of Ancrage (docs/grille.md). No mean hides an unknown: each comes with the number of levels it is
made of. Nothing is read after the day asked.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import fmean

from ancrage.errors import GridFileError
from ancrage.grid.assessment import Assessment, Role
from ancrage.grid.criteria import Actor, Criterion, criteria
from ancrage.grid.ranking import RankedTool, Weakness, rank_tools, weaknesses
from ancrage.language.days import short_day
from ancrage.repairs import AskDay, StartFromModel

STRONG = 2
"""Levels between two roles from which they disagree strongly; one level apart is slight."""


@dataclass(frozen=True, slots=True)
class Mean:
    """Mean of the known levels (1 to 5), ``None`` without any, and how many they are."""

    value: float | None
    known: int


@dataclass(frozen=True, slots=True)
class Line:
    """A criterion with the latest level of each role (``None``: not known)."""

    criterion: Criterion
    levels: Mapping[Role, int | None]

    @property
    def known(self) -> tuple[int, ...]:
        """Levels that are known."""
        return tuple(level for level in self.levels.values() if level is not None)

    @property
    def lowest(self) -> int | None:
        """Lowest known level, the one retained for weaknesses; ``None`` when no role knows."""
        return min(self.known, default=None)

    @property
    def gap(self) -> int | None:
        """Levels between the lowest and the highest; ``None`` with fewer than two known levels."""
        return max(self.known) - min(self.known) if len(self.known) > 1 else None


@dataclass(frozen=True, slots=True)
class End:
    """An end of a disagreement: a level, and the roles that give it."""

    level: int
    roles: tuple[Role, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A criterion that roles judge one level apart or more."""

    criterion: Criterion
    low: End
    high: End

    @property
    def gap(self) -> int:
        """Levels between both ends, from 1 to 4."""
        return self.high.level - self.low.level

    @property
    def strong(self) -> bool:
        """Two levels apart or more."""
        return self.gap >= STRONG


@dataclass(frozen=True, slots=True)
class Change:
    """First and last level a role gave to a criterion; either may be unknown."""

    criterion: Criterion
    first: int | None
    last: int | None

    @property
    def difference(self) -> int | None:
        """Levels gained, ``None`` when either end is unknown."""
        return None if self.first is None or self.last is None else self.last - self.first


@dataclass(frozen=True, slots=True)
class Point:
    """One assessment of a series: its day, its mean and every level by criterion."""

    date: date
    mean: Mean
    levels: Mapping[str, int | None]


@dataclass(frozen=True, slots=True)
class Series:
    """Assessments of one role, the first to the latest.

    ``first`` and ``last`` are means over the criteria known at both ends: the only two that compare.
    """

    role: Role
    points: tuple[Point, ...]
    changes: tuple[Change, ...]
    first: Mean
    last: Mean


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What the grid says on a day, for an authority or (``None``) for all.

    ``later`` counts the assessments made after the day; ``unknown`` are criteria no role could judge;
    ``out_of_reach`` the weak criteria on which the authority has no direct hold.
    """

    on: date
    authority: Actor | None
    latest: tuple[Assessment, ...]
    later: int
    lines: tuple[Line, ...]
    disagreements: tuple[Disagreement, ...]
    series: tuple[Series, ...]
    unknown: tuple[Criterion, ...]
    weak: tuple[Weakness, ...]
    out_of_reach: tuple[Weakness, ...]
    tools: tuple[RankedTool, ...]

    def mean(self, role: Role) -> Mean:
        """Mean of the latest assessment of a role."""
        return mean_of(line.levels[role] for line in self.lines)


def evaluate(assessments: Sequence[Assessment], *, on: date, authority: Actor | None = None) -> Evaluation:
    """What assessments say on a day. Raises :class:`GridFileError` when none is that old."""
    past = sorted((one for one in assessments if one.date <= on), key=lambda one: one.date)
    if not past:
        raise _none_yet(assessments, on)
    by_role = {role: [one for one in past if one.role is role] for role in Role}
    histories = {role: found for role, found in by_role.items() if found}
    lines = tuple(_line(criterion, histories) for criterion in criteria())
    weak = weaknesses({line.criterion.id: line.lowest for line in lines})
    reached = tuple(one for one in weak if authority is None or authority in one.criterion.actors)
    return Evaluation(
        on=on,
        authority=authority,
        latest=tuple(found[-1] for found in histories.values()),
        later=len(assessments) - len(past),
        lines=lines,
        disagreements=_disagreements(lines),
        series=tuple(_series(role, found) for role, found in histories.items()),
        unknown=tuple(line.criterion for line in lines if not line.known),
        weak=weak,
        out_of_reach=tuple(one for one in weak if one not in reached),
        tools=rank_tools(reached, authority),
    )


def mean_of(levels: Iterable[int | None]) -> Mean:
    """Mean of the levels that are known, and their number."""
    known = [level for level in levels if level is not None]
    return Mean(fmean(known) if known else None, len(known))


def _none_yet(assessments: Sequence[Assessment], on: date) -> GridFileError:
    told = f"Aucune évaluation n'existe au {short_day(on)}."
    if not assessments:
        return GridFileError(told, "Ajoutez-en une.", StartFromModel("grid"))
    first = min(one.date for one in assessments)
    return GridFileError(told, f"La première est du {short_day(first)}.", AskDay(first))


def _line(criterion: Criterion, histories: Mapping[Role, Sequence[Assessment]]) -> Line:
    return Line(criterion, {role: found[-1].level(criterion.id) for role, found in histories.items()})


def _disagreements(lines: Sequence[Line]) -> tuple[Disagreement, ...]:
    found = [
        Disagreement(line.criterion, _end(line, min(line.known)), _end(line, max(line.known)))
        for line in lines
        if line.gap
    ]
    return tuple(sorted(found, key=lambda one: (-one.gap, one.criterion.number)))


def _end(line: Line, level: int) -> End:
    return End(level, tuple(role for role, given in line.levels.items() if given == level))


def _series(role: Role, found: Sequence[Assessment]) -> Series:
    changes = tuple(
        Change(criterion, found[0].level(criterion.id), found[-1].level(criterion.id))
        for criterion in criteria()
    )
    both = [change for change in changes if change.difference is not None]
    return Series(
        role,
        tuple(_point(one) for one in found),
        changes,
        mean_of(change.first for change in both),
        mean_of(change.last for change in both),
    )


def _point(one: Assessment) -> Point:
    levels = {criterion.id: one.level(criterion.id) for criterion in criteria()}
    return Point(one.date, mean_of(levels.values()), levels)
