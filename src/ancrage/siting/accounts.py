"""The accounts of a choice: in which order to open, what each site brings, totals before and after.

Arrays: ``opened`` (sites, demand), km from each chosen site; ``before`` (demand,), km to the nearest existing
site, infinite without any; ``weights`` (demand,), zero where unknown.
"""

import numpy as np
from numpy.typing import NDArray

from ancrage.siting.positions import EDGE_KM, Floats
from ancrage.siting.result import ChosenSite, Question, Totals

LEAST_USE = 1e-9
"""Share of the total under which what a site brings is only rounding."""


def opening_order(
    opened: Floats, before: Floats, weights: Floats, radius_km: float | None
) -> NDArray[np.intp]:
    """Positions of the sites, the one that brings most first; those that bring nothing are left out."""
    left, nearest = list(range(len(opened))), before
    order: list[int] = []
    while left:
        after = np.minimum(opened[left], nearest)
        best = int(np.argmin([_missing(one, weights, radius_km) for one in after]))
        if not _brings(nearest, after[best], weights, radius_km):
            break
        nearest = after[best]
        order.append(left.pop(best))
    return np.array(order, np.intp)


def _missing(km: Floats, weights: Floats, radius_km: float | None) -> float:
    """What the model minimises: weight left out of the radius, or weight × distance."""
    counted = weights > 0
    return float(weights[~within(km, radius_km)].sum() if radius_km else weights[counted] @ km[counted])


def _brings(before: Floats, after: Floats, weights: Floats, radius_km: float | None) -> bool:
    was, now = (_missing(km, weights, radius_km) for km in (before, after))
    return not np.isfinite(was) or was - now > LEAST_USE * max(was, 1e-300)


def within(km: Floats, radius_km: float) -> NDArray[np.bool_]:
    """Whether distances are within the radius, edge included."""
    return np.asarray(km <= radius_km + EDGE_KM)


def site_accounts(
    question: Question, ranks: list[int], opened: Floats, before: Floats, weights: Floats
) -> tuple[ChosenSite, ...]:
    """What each site brings after those before it."""
    nearest = before
    owner = np.argmin(np.vstack([before, opened]), axis=0)
    found = []
    for position, rank in enumerate(ranks):
        after = np.minimum(nearest, opened[position])
        newly = (
            within(after, question.radius_km) & ~within(nearest, question.radius_km)
            if question.radius_km
            else None
        )
        was, now = mean_km(nearest, weights), mean_km(after, weights)
        found.append(
            ChosenSite(
                rank=rank,
                id=question.candidates.ids[rank],
                name=question.candidates.names[rank],
                newly_served=None if newly is None else float(weights[newly].sum()),
                places_served=None if newly is None else int(newly.sum()),
                saved_km=None if was is None or now is None else was - now,
                nearest_weight=float(weights[owner == position + 1].sum()),
            )
        )
        nearest = after
    return tuple(found)


def mean_km(km: Floats, weights: Floats) -> float | None:
    """Weighted mean distance; ``None`` when no site is open."""
    counted = weights > 0
    mean = float(np.average(km[counted], weights=weights[counted]))
    return mean if np.isfinite(mean) else None


def totals_of(question: Question, sites: int, km: Floats, weights: Floats) -> Totals:
    """Totals of a state, ``km`` (demand,) being the distances to its nearest site."""
    mean = mean_km(km, weights)
    radius = question.radius_km
    # Demands of unknown weight may be the farthest; those where nobody is do not count.
    farthest = int(np.argmax(np.where(question.weights == 0, -1.0, km)))
    return Totals(
        sites=sites,
        served=None if radius is None else float(weights[within(km, radius)].sum()),
        mean_km=mean,
        farthest_km=None if mean is None else float(km[farthest]),
        farthest=None if mean is None else question.demand.names[farthest],
    )
