"""When no panel satisfies every quota: the smallest set to give up, then the least that is missed.

Three searches, each held to what the one before proved: the least weight of quotas given up; with no more,
the fewest structures missing or in excess; with no more of either, the most diverse panel.
"""

from collections.abc import Iterator

import numpy as np

from ancrage.errors import ImpossibleQuotaError
from ancrage.optimum import Clock, Floats
from ancrage.panel.program import PanelModel
from ancrage.panel.program import Terms as Row
from ancrage.panel.quotas import Quota
from ancrage.panel.result import Relaxation
from ancrage.panel.searching import Best, Searcher
from ancrage.panel.states import states_of
from ancrage.repairs import GiveField

MOST_OTHERS = 3
HALF = 0.5
"""Structures are whole: half of one more is out of reach."""

LEAST_WEIGHT = 1e-6
"""Weights of sets closer than this are equal."""


def relax(searcher: Searcher, seconds: float) -> tuple[Relaxation, Best]:
    """The smallest set of quotas to give up (by weight), and the most diverse panel that gives up no more.

    Raises :class:`ImpossibleQuotaError` when time ends before any answer.
    """
    clock, model = Clock.of(seconds), searcher.model()
    # A quota on each value of a trait that nobody is known to have bounds nothing: it has no column.
    bounding = [quota for quota in searcher.terms.quotas if quota.id in model.given_up]
    weights = {model.given_up[quota.id]: quota.weight for quota in bounding}
    lightest = model.solve(_costs(model, weights), clock.left / 3, bending=True)
    if lightest.values is None:
        raise too_short()
    weight = float(_costs(model, weights) @ np.round(lightest.values))
    no_heavier = (weights, weight + LEAST_WEIGHT)
    missed = {column: most for column, most in model.missed.items() if most}
    nearest = model.solve(_costs(model, missed), clock.left / 2, bending=True, also=[no_heavier])
    if nearest.values is None:
        raise too_short()
    no_farther = (missed, float(_costs(model, missed) @ nearest.values) + HALF)
    best = searcher.best(clock.left, bending=True, also=[no_heavier, no_farther])
    if best.kept is None:
        raise too_short()
    states = tuple(
        state for state in states_of(searcher.long_list, searcher.terms, best.kept) if state.missed
    )
    given_up = frozenset(state.quota.id for state in states)
    others = tuple(_others(searcher, model, given_up, no_heavier, clock))
    return Relaxation(states, lightest.bound >= weight - LEAST_WEIGHT, others), best


def _costs(model: PanelModel, terms: Row) -> Floats:
    costs = np.zeros(model.columns)
    for column, by in terms.items():
        costs[column] = by
    return costs


def _others(
    searcher: Searcher,
    model: PanelModel,
    given_up: frozenset[str],
    no_heavier: tuple[Row, float],
    clock: Clock,
) -> Iterator[tuple[Quota, ...]]:
    """Other sets that are as light, a few at most."""
    known = [given_up]
    costs = _costs(model, no_heavier[0])
    while len(known) <= MOST_OTHERS and clock.left:
        cuts = [({model.given_up[id_]: 1.0 for id_ in one}, len(one) - HALF) for one in known]
        found = model.solve(costs, clock.left, bending=True, also=[no_heavier, *cuts])
        if found.values is None:
            return
        values = found.values
        known.append(frozenset(id_ for id_, column in model.given_up.items() if values[column] > HALF))
        yield tuple(quota for quota in searcher.terms.quotas if quota.id in known[-1])


def too_short() -> ImpossibleQuotaError:
    """No answer before the time was over: neither a panel, nor the proof that there is none."""
    return ImpossibleQuotaError(
        "Le temps donné n'a suffi ni à trouver un panel, ni à prouver qu'il n'y en a pas.",
        "Donnez plus de temps, ou moins de quotas.",
        GiveField("secondes", ("300",)),
    )
