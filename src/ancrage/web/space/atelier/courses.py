"""What is followed over time, as a drawing and its table: measures people type, those computed, targets."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from ancrage.grid.criteria import HIGHEST, LOWEST, criteria
from ancrage.language.days import short_day
from ancrage.web.space.atelier.words import told_number
from ancrage.workspace.models import Grading, Indicator, Measure

WIDTH, HEIGHT = 600, 200
LEFT, RIGHT, TOP, BOTTOM = 70, 20, 16, 26
TYPED, COMPUTED, AIMED = "saisies", "calculees", "cibles"
WORDS = {TYPED: "saisi", COMPUTED: "calculé d’une édition", AIMED: "cible"}


@dataclass(frozen=True, slots=True)
class Point:
    """A value on a day, of one of the three series; ``value`` is empty when it was looked for in vain."""

    on: date
    value: Decimal | None
    series: str
    source: str
    row: Measure | None = None

    @property
    def told(self) -> str:
        """The value in words, without its unit."""
        return "inconnu" if self.value is None else told_number(self.value)


@dataclass(frozen=True, slots=True)
class Placed:
    """A point of the drawing."""

    x: float
    y: float
    told: str


@dataclass(frozen=True)
class Course:
    """An indicator over time: every point by day, and where each known one stands in the drawing."""

    points: tuple[Point, ...]
    unit: str

    @property
    def drawn(self) -> bool:
        """Whether there is a line to draw: two days at least."""
        return len({one.on for one in self._known()}) > 1

    def _known(self) -> list[Point]:
        return [one for one in self.points if one.value is not None]

    @property
    def series(self) -> dict[str, list[Placed]]:
        """The series that have points, each from its first day to its last."""
        known = self._known()
        found = {name: [self._placed(one) for one in known if one.series == name] for name in WORDS}
        return {name: placed for name, placed in found.items() if placed}

    @property
    def bounds(self) -> tuple[Decimal, Decimal]:
        """The lowest and the highest value shown: zero is always there, so that a change is not swollen."""
        values = [one.value for one in self._known() if one.value is not None]
        low, high = min(Decimal(0), *values), max(Decimal(0), *values)
        return low, high if high > low else low + 1

    @property
    def days(self) -> tuple[date, date]:
        """The first and the last day."""
        return self._known()[0].on, self._known()[-1].on

    @property
    def marks(self) -> list[tuple[float, str]]:
        """Heights that are named: nothing, and both ends."""
        values = sorted({*self.bounds, Decimal(0)})
        return [(self._height(value), told_number(value)) for value in values]

    def _height(self, value: Decimal) -> float:
        low, high = self.bounds
        share = float((value - low) / (high - low))
        return round(HEIGHT - BOTTOM - share * (HEIGHT - TOP - BOTTOM), 1)

    def _placed(self, one: Point) -> Placed:
        first, last = self.days
        share = (one.on - first).days / max(1, (last - first).days)
        value = Decimal(0) if one.value is None else one.value
        told = f"{WORDS[one.series]}, {short_day(one.on)} : {one.told} {self.unit}".strip()
        return Placed(round(LEFT + share * (WIDTH - LEFT - RIGHT), 1), self._height(value), told)

    @property
    def summary(self) -> str:
        """What a screen reader says of the drawing; the table beside it says all."""
        first, last = self.days
        said = []
        for name, placed in self.series.items():
            of = [one for one in self._known() if one.series == name]
            said.append(
                f"{WORDS[name]} : {of[0].told} à {of[-1].told}" if len(placed) > 1 else placed[0].told
            )
        return f"Du {short_day(first)} au {short_day(last)}. {' ; '.join(said)}."


def course_of(indicator: Indicator, measures: Iterable[Measure]) -> Course:
    """The course of an indicator, by day."""
    points = sorted((*_measured(measures), *_aimed(indicator)), key=lambda one: (one.on, one.series))
    return Course(tuple(points), indicator.unit)


def _measured(measures: Iterable[Measure]) -> Iterator[Point]:
    for one in measures:
        yield Point(one.on, one.value, COMPUTED if one.edition else TYPED, one.source, one)


def _aimed(indicator: Indicator) -> Iterator[Point]:
    for aim in indicator.targets:
        yield Point(date.fromisoformat(aim["on"]), Decimal(aim["value"]), AIMED, "")


SPARK = {"width": 120, "height": 44, "pad": 6}
"""The size of a small drawing: a criterion of the grid over its judgements."""


@dataclass(frozen=True, slots=True)
class Small:
    """A criterion over time: the points of its drawing, and what each judgement said of it."""

    label: str
    points: tuple[tuple[float, float], ...]
    told: str
    last: int | None


def courses_of(gradings: Sequence[Grading]) -> list[Small]:
    """Each criterion that was judged, on one scale of levels and of days, in the order of the grid."""
    days = [one.on for one in gradings]
    span = max(1, (max(days) - min(days)).days) if days else 1
    width, height, pad = SPARK["width"], SPARK["height"], SPARK["pad"]
    found = []
    for criterion in criteria():
        told = [(one, one.levels[criterion.id]) for one in gradings if criterion.id in one.levels]
        if not told:
            continue
        points = tuple(
            (
                round(pad + (one.on - min(days)).days / span * (width - 2 * pad), 1),
                round(height - pad - (level - LOWEST) / (HIGHEST - LOWEST) * (height - 2 * pad), 1),
            )
            for one, level in told
        )
        words = " ; ".join(
            f"{level} le {short_day(one.on)} ({one.get_role_display().lower()})" for one, level in told
        )
        found.append(Small(f"{criterion.number}. {criterion.short}", points, words, told[-1][1]))
    return found


def drawing(course: Course) -> dict[str, Any]:
    """What the page needs to draw: its size and where its ground lies."""
    return {
        "width": WIDTH,
        "height": HEIGHT,
        "left": LEFT,
        "right": WIDTH - RIGHT,
        "foot": HEIGHT - 8,
        "words": WORDS,
        "first": short_day(course.days[0]),
        "last": short_day(course.days[1]),
    }
