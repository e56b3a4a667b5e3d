"""An itinerant round: a van leaves a base, stops where people are to be met, and comes back.

Distances are straight lines (« à vol d'oiseau »); a detour factor, when the person gives one, multiplies
them. Days are cut from the best round in its order, each from the base and back (Beasley 1983, Omega 11).
"""

from dataclasses import dataclass

import numpy as np

from ancrage.errors import SitingError
from ancrage.optimum import Proof
from ancrage.rounds.days import Day, RoundRules, cut_days
from ancrage.rounds.tour import best_round
from ancrage.siting.positions import Places, Positions

DEFAULT_SECONDS = 30.0


@dataclass(frozen=True, slots=True, eq=False)
class Round:
    """A round. ``order``: ranks of the stops. ``proof``: straight kilometres of the single round, and bound.

    ``days``: the round cut into days, each coming back to the base; empty when nothing limits a day.
    """

    base: Places
    stops: Places
    order: tuple[int, ...]
    proof: Proof
    rules: RoundRules
    days: tuple[Day, ...]

    @property
    def road_km(self) -> float | None:
        """Kilometres of the single round by the detour factor, ``None`` without one."""
        return None if self.rules.detour is None else self.proof.value * self.rules.detour

    @property
    def days_km(self) -> float | None:
        """Straight kilometres of all the days, ``None`` when the round is not cut."""
        return sum(day.km for day in self.days) if self.days else None


def plan_round(
    base: Places, stops: Places, rules: RoundRules | None = None, *, seconds: float = DEFAULT_SECONDS
) -> Round:
    """The shortest round from the base (one place) through every stop, and the days it takes.

    Raises :class:`SitingError` without a stop, with a rule that is not positive, or when a stop cannot be
    reached and left in a day.
    """
    asked = rules or RoundRules()
    _check(base, stops, asked)
    points = Positions(np.vstack([base.positions.coordinates, stops.positions.coordinates]))
    km = points.distances(points)
    order, proof = best_round(km, seconds)
    ranks = tuple(point - 1 for point in order[1:])
    return Round(base, stops, ranks, proof, asked, cut_days(km, ranks, asked, stops.names))


def _check(base: Places, stops: Places, rules: RoundRules) -> None:
    if len(base) != 1:
        raise SitingError(f"Une tournée part d'une base, et {len(base)} sont données.", "Donnez-en une.")
    if not len(stops):
        raise SitingError("Une tournée sans arrêt n'en est pas une.", "Donnez au moins un arrêt.")
    for label, value, least in (
        ("Le facteur de détour", rules.detour, 1.0),
        ("Le nombre de kilomètres par jour", rules.km_per_day, 0.0),
        ("La durée d'un arrêt", rules.hours_per_stop, 0.0),
        ("La durée d'une journée", rules.hours_per_day, 0.0),
        ("La vitesse", rules.km_per_hour, 0.0),
    ):
        if value is not None and not (least <= value < np.inf and value > 0):
            raise SitingError(
                f"{label} ne peut pas valoir {value:g}.",
                "Une route n'est jamais plus courte que la ligne droite : donnez 1 ou plus."
                if least
                else "Donnez un nombre positif.",
            )
