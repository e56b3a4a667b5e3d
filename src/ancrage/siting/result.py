"""What an answer on openings holds: the sites, what each brings, before and after, and what is proved."""

from dataclasses import dataclass

from ancrage.optimum import Proof
from ancrage.siting.positions import Floats, Places


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """Who is to be served, where sites may open, where some are open already.

    ``weights`` (demand,): inhabitants, structures or jobs; NaN where unknown, which is never read as zero.
    ``radius_km``: maximal covering within it; ``None``: least weighted distance (p-median).
    """

    demand: Places
    weights: Floats
    candidates: Places
    existing: Places
    sites: int
    radius_km: float | None = None


@dataclass(frozen=True, slots=True)
class ChosenSite:
    """A site to open, in the order to open them: each brings most after those before it.

    ``rank``: its rank among the candidates. ``newly_served``: weight that comes within the radius (``None``
    without a radius), of ``places_served`` demands. ``saved_km``: fall of the mean distance (``None`` for the
    first site of all: there was no distance before). ``nearest_weight``: weight it is nearest to, in the end.
    """

    rank: int
    id: str
    name: str
    newly_served: float | None
    places_served: int | None
    saved_km: float | None
    nearest_weight: float


@dataclass(frozen=True, slots=True)
class Totals:
    """Weight within the radius (``None`` without one), weighted mean distance and farthest demand, in km.

    ``sites``: existing ones that are the nearest of at least one demand, and those opened. Distances are
    ``None`` when no site is open.
    """

    sites: int
    served: float | None
    mean_km: float | None
    farthest_km: float | None
    farthest: str | None


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """The best that a number of openings can do, chosen anew for that number; in the model's unit."""

    sites: int
    proof: Proof


@dataclass(frozen=True, slots=True, eq=False)
class Siting:
    """The answer. ``proof`` and ``curve`` are in the model's unit: weight newly served within the radius, or
    weighted mean distance in km. ``before_km``, ``after_km`` (demand,): distance to the nearest site.

    ``chosen`` may be shorter than asked: a site that brings nothing is not opened. ``weight``: total known
    weight; ``unknown``: names of the demands whose weight is not known, left out of every figure.
    """

    question: Question
    chosen: tuple[ChosenSite, ...]
    before: Totals
    after: Totals
    proof: Proof
    curve: tuple[CurvePoint, ...]
    weight: float
    unknown: tuple[str, ...]
    before_km: Floats
    after_km: Floats

    @property
    def opened(self) -> Places:
        """The chosen sites as places, in the order to open them."""
        return self.question.candidates.take([site.rank for site in self.chosen])
