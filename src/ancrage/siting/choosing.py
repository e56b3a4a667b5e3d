"""From a question on openings to its answer: checks, the model, the curve, the accounts."""

from collections.abc import Callable

import numpy as np

from ancrage.errors import SitingError
from ancrage.language.numbers import kilometres
from ancrage.optimum import Clock, Proof
from ancrage.siting.accounts import opening_order, site_accounts, totals_of
from ancrage.siting.covering import best_covering
from ancrage.siting.median import best_median
from ancrage.siting.positions import EDGE_KM, Floats
from ancrage.siting.result import CurvePoint, Question, Siting
from ancrage.siting.swaps import Ranks

DEFAULT_SECONDS = 60.0
MOST_DISTANCES = 60_000_000
"""Distances held at once by the p-median: three quarters of a gigabyte with its working copy."""


Model = Callable[[int, float, Ranks], tuple[Ranks, Proof]]
"""Best ranks for a number of sites, in at most so many seconds, going on from some ranks."""


def choose_sites(question: Question, *, seconds: float = DEFAULT_SECONDS, with_curve: bool = True) -> Siting:
    """Choose the sites: maximal covering when there is a radius, p-median otherwise.

    ``seconds`` bounds the whole search; when it ends before the proof, the gap is in ``proof``. Half of it
    goes to the number asked, the rest to the curve. Raises :class:`SitingError` when the number of sites is
    not between 1 and the number of candidates, the radius or the time is not positive, a weight is negative,
    or nobody is to be served.
    """
    _check(question, seconds)
    clock = Clock.of(seconds)
    known = np.flatnonzero(np.isfinite(question.weights))
    weights = np.where(np.isfinite(question.weights), question.weights, 0.0)
    before = question.demand.positions.nearest(question.existing.positions)
    model = _model(question, weights, before)
    ranks, proof = model(question.sites, seconds / (2 if with_curve else 1), [])
    curve = _curve(model, question.sites, proof, clock) if with_curve else ()
    opened = question.demand.positions.distances(question.candidates.positions.take(ranks)).T
    order = opening_order(opened, before, weights, question.radius_km)
    ranks, opened = [ranks[place] for place in order], opened[order]
    after = np.minimum(before, opened.min(axis=0, initial=np.inf))
    existing = len(question.demand.positions.nearest_ranks(question.existing.positions))
    return Siting(
        question=question,
        chosen=site_accounts(question, ranks, opened, before, weights),
        before=totals_of(question, existing, before, weights),
        after=totals_of(question, existing + len(ranks), after, weights),
        proof=proof,
        curve=curve,
        weight=float(weights.sum()),
        unknown=tuple(np.delete(np.array(question.demand.names, object), known)),
        before_km=before,
        after_km=after,
    )


def _check(question: Question, seconds: float) -> None:
    candidates, radius = len(question.candidates), question.radius_km
    if not 1 <= question.sites <= candidates:
        raise SitingError(
            f"{question.sites} ouvertures sont demandées pour {candidates} lieux possibles.",
            f"Demandez-en entre 1 et {candidates}." if candidates else "Aucun lieu ne remplit la condition.",
        )
    if radius is not None and not 0 < radius < np.inf:
        raise SitingError(
            f"Un rayon de {kilometres(radius)} n'est pas possible.",
            "Donnez un rayon positif, par exemple 15.",
        )
    if not seconds > 0:
        raise SitingError(f"{seconds:g} secondes ne suffisent pas.", "Donnez un temps positif.")
    if (question.weights < 0).any():
        raise SitingError("Un poids est négatif.", "Une population ou un effectif commence à zéro.")
    if not (question.weights > 0).any():
        raise SitingError(
            "Il n'y a personne à desservir : aucun poids connu n'est positif.",
            "Choisissez un territoire habité, ou un autre poids.",
        )
    if radius is None and candidates * len(question.demand) > MOST_DISTANCES:
        raise SitingError(
            f"{candidates} lieux possibles pour {len(question.demand)} à desservir, c'est trop à la fois.",
            "Restreignez les lieux possibles à une population minimale, ou donnez un rayon.",
        )


def _model(question: Question, weights: Floats, before: Floats) -> Model:
    """The model of the question, its distances worked out once for all numbers of sites."""
    demand, candidates = question.demand.positions, question.candidates.positions
    if question.radius_km is not None:
        reach = candidates.within(demand, question.radius_km)
        left = np.where(before > question.radius_km + EDGE_KM, weights, 0.0)
        return lambda sites, seconds, start: best_covering(reach, left, sites, seconds)  # noqa: ARG005
    counted = np.flatnonzero(weights > 0)
    costs = candidates.distances(demand.take(counted)) * weights[counted]
    fallback = before[counted] * weights[counted]
    total = float(weights.sum())

    def median(sites: int, seconds: float, start: Ranks) -> tuple[Ranks, Proof]:
        ranks, proof = best_median(costs, fallback, sites, seconds, start=start)
        return ranks, Proof(proof.value / total, proof.bound / total)

    return median


def _curve(model: Model, sites: int, proof: Proof, clock: Clock) -> tuple[CurvePoint, ...]:
    """Best for 1, 2… up to the number asked; each starts from the one before, and shares the time left."""
    points, ranks = [], Ranks()
    for number in range(1, sites):
        ranks, reached = model(number, clock.left / (sites - number), ranks)
        points.append(CurvePoint(number, reached))
    return (*points, CurvePoint(sites, proof))
