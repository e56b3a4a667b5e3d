"""A round cut into days: the fewest days, then the fewest kilometres, the stops keeping their order."""

from collections.abc import Sequence
from dataclasses import dataclass

from ancrage.errors import SitingError
from ancrage.language.phrases import of
from ancrage.siting.positions import Floats

ROUNDING = 1e-9


@dataclass(frozen=True, slots=True)
class RoundRules:
    """What limits a day; ``None`` is not limited, or not known.

    ``detour``: road kilometres by straight kilometre, at least 1. ``km_per_day``: most kilometres driven in
    a day (by road when there is a detour factor). ``hours_per_stop``, ``hours_per_day``, ``km_per_hour``:
    without a speed, hours on the road are unknown and only the stops are counted.
    """

    detour: float | None = None
    km_per_day: float | None = None
    hours_per_stop: float | None = None
    hours_per_day: float | None = None
    km_per_hour: float | None = None


@dataclass(frozen=True, slots=True)
class Day:
    """Stops of a day (ranks), straight kilometres from the base and back, hours known (``None`` if none is).

    Hours count the stops, and the road when a speed is given.
    """

    stops: tuple[int, ...]
    km: float
    hours: float | None


def cut_days(km: Floats, order: Sequence[int], limits: RoundRules, names: Sequence[str]) -> tuple[Day, ...]:
    """Days of a round; empty when nothing limits a day. ``km``: (1 + stops, 1 + stops), the base first.

    Raises :class:`SitingError` naming a stop that does not fit in a day of its own.
    """
    if limits.km_per_day is None and limits.hours_per_day is None:
        return ()
    best: list[tuple[int, float, int]] = [(0, 0.0, 0)]
    for end in range(1, len(order) + 1):
        found = [
            (best[start][0] + 1, best[start][1] + day.km, start)
            for start in range(end)
            if _fits(day := _day(km, order[start:end], limits), limits)
        ]
        if not found:
            raise SitingError(
                f"L'arrêt {of(names[order[end - 1]])} ne tient pas dans une journée.",
                "Allongez la journée, raccourcissez l'arrêt, ou rapprochez la base.",
            )
        best.append(min(found))
    return tuple(_walked_back(km, order, limits, best))


def _day(km: Floats, stops: Sequence[int], limits: RoundRules) -> Day:
    points = [0, *(stop + 1 for stop in stops), 0]
    length = float(km[points[:-1], points[1:]].sum())
    road = length * (limits.detour or 1.0) / limits.km_per_hour if limits.km_per_hour else None
    stopped = limits.hours_per_stop * len(stops) if limits.hours_per_stop else None
    known = [hours for hours in (road, stopped) if hours is not None]
    return Day(tuple(stops), length, sum(known) if known else None)


def _fits(day: Day, limits: RoundRules) -> bool:
    driven = day.km * (limits.detour or 1.0)
    near = limits.km_per_day is None or driven <= limits.km_per_day * (1 + ROUNDING)
    most = limits.hours_per_day
    return near and (most is None or day.hours is None or day.hours <= most * (1 + ROUNDING))


def _walked_back(
    km: Floats, order: Sequence[int], limits: RoundRules, best: Sequence[tuple[int, float, int]]
) -> list[Day]:
    days, end = [], len(order)
    while end:
        start = best[end][2]
        days.append(_day(km, order[start:end], limits))
        end = start
    return days[::-1]
