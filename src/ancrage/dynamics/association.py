"""Spatial association: places whose rate looks like, or unlike, that of their neighbours.

Local Moran's I (Anselin, 1995) with a pseudo p-value by conditional permutations, on rates standardised by
empirical Bayes (Assunção and Reis, 1999): a rate on few inhabitants varies more by chance alone, and plain
Moran would take that for a pattern. P-values are two-sided, then corrected by Benjamini and Hochberg.
"""

import warnings
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ancrage.dynamics.neighbours import Neighbours
from ancrage.dynamics.quotients import FALSE_DISCOVERIES, false_discoveries
from ancrage.dynamics.units import Unit, Units
from ancrage.errors import DynamicsError
from ancrage.repairs import BuildEdition, GiveField, SynchroniseSources

Vector = NDArray[np.float64]

PERMUTATIONS = 9_999
SEED = 20210331
FEWEST_UNITS = 10
"""Under this many places, permutations have too few arrangements to say anything."""


class Quadrant(StrEnum):
    """A place (first word) among its neighbours (second word)."""

    HIGH_HIGH = "fort-fort"
    LOW_HIGH = "faible-fort"
    LOW_LOW = "faible-faible"
    HIGH_LOW = "fort-faible"

    @property
    def label(self) -> str:
        """French words shown to people."""
        return QUADRANT_LABELS[self]


QUADRANT_LABELS = {
    Quadrant.HIGH_HIGH: "taux fort, voisins forts",
    Quadrant.LOW_HIGH: "taux faible, voisins forts",
    Quadrant.LOW_LOW: "taux faible, voisins faibles",
    Quadrant.HIGH_LOW: "taux fort, voisins faibles",
}
BY_RANK = (Quadrant.HIGH_HIGH, Quadrant.LOW_HIGH, Quadrant.LOW_LOW, Quadrant.HIGH_LOW)
"""Quadrants as esda numbers them, from 1."""


@dataclass(frozen=True, slots=True)
class Local:
    """A place beside its neighbours.

    ``rate``: events for ``Rate.per`` inhabitants; ``smoothed``: the same drawn towards the mean by empirical
    Bayes, the more so as there are few inhabitants. ``z``: standardised rate; ``lag``: mean of the
    neighbours'. ``p``: two-sided pseudo p-value; ``q``: the same, corrected.
    """

    unit: Unit
    rate: float
    smoothed: float
    z: float
    lag: float
    statistic: float
    quadrant: Quadrant
    p: float
    q: float

    @property
    def significant(self) -> bool:
        """Whether the association stands once corrected for the number of places."""
        return self.q <= FALSE_DISCOVERIES


@dataclass(frozen=True, slots=True)
class Association:
    """Local and global association of a scale.

    ``moran``: global index; ``expected``: what chance gives on average; ``p``: its two-sided pseudo p-value.
    ``beyond_chance``: whether rates vary more than their small numbers alone would make them vary.
    """

    units: Units
    neighbours: Neighbours
    local: tuple[Local, ...]
    moran: float
    expected: float
    p: float
    beyond_chance: bool
    permutations: int
    seed: int

    @property
    def own(self) -> tuple[Local, ...]:
        """Places of the territory."""
        return tuple(one for one in self.local if one.unit.code in self.units.own)


def associate(
    units: Units, neighbours: Neighbours, *, permutations: int = PERMUTATIONS, seed: int = SEED
) -> Association:
    """Global and local Moran of the rates.

    Raises :class:`DynamicsError` with fewer than ``FEWEST_UNITS`` places, or nothing to count in them.
    """
    kept = [unit for unit in units.units if unit.code in neighbours.of]
    if len(kept) < FEWEST_UNITS:
        raise DynamicsError(
            f"{len(kept)} lieux ont un voisin et une population connus : c'est trop peu.",
            f"Il en faut {FEWEST_UNITS} : comparez les intercommunalités, ou demandez un autre territoire.",
            GiveField("par", ("epci",)),
        )
    if not any(unit.events for unit in kept):
        raise DynamicsError(
            "Aucune structure n'est connue dans les lieux à comparer.",
            "",
            SynchroniseSources(("siae",)),
            BuildEdition(),
        )
    found = _moran(kept, neighbours.of, permutations, seed)
    return Association(
        units=units,
        neighbours=neighbours,
        local=_locals(kept, units.rate.per, found),
        moran=found.index,
        expected=found.expected,
        p=found.p,
        beyond_chance=found.between > 0,
        permutations=permutations,
        seed=seed,
    )


@dataclass(frozen=True, slots=True)
class _Found:
    index: float
    expected: float
    p: float
    z: Sequence[float]
    lag: Sequence[float]
    statistics: Sequence[float]
    quadrants: Sequence[int]
    p_values: Sequence[float]
    between: float
    smoothed: Sequence[float]


def _moran(
    kept: Sequence[Unit], neighbours: Mapping[str, Sequence[str]], permutations: int, seed: int
) -> _Found:
    from esda.moran import Moran_Local_Rate, Moran_Rate

    events = np.array([unit.events for unit in kept], np.float64)
    people = np.array([unit.population for unit in kept], np.float64)
    weights = _weights(kept, neighbours)
    with _drawn_from(seed):
        whole = Moran_Rate(events, people, weights, permutations=permutations)
        local = Moran_Local_Rate(
            events, people, weights, permutations=permutations, seed=seed, keep_simulations=False
        )
    between, smoothed = smoothed_rates(events, people)
    draws = np.rint(np.asarray(local.p_sim, np.float64) * (permutations + 1))
    return _Found(
        index=float(whole.I),
        expected=float(whole.EI),
        p=min(1.0, 2 * float(whole.p_sim)),
        z=local.z.tolist(),
        lag=(weights.sparse @ local.z).tolist(),
        statistics=local.Is.tolist(),
        quadrants=local.q.tolist(),
        p_values=np.minimum(1.0, 2 * draws / (permutations + 1)).tolist(),
        between=between,
        smoothed=smoothed.tolist(),
    )


def smoothed_rates(events: Vector, people: Vector) -> tuple[float, Vector]:
    """Variance of the rates between places, and the rates drawn towards their mean (Marshall, 1991).

    Rates are events per inhabitant. The variance is what is left once chance is taken off; where nothing is
    left it is 0, and every place has the mean (esda lets it go under 0, and rates with it).
    """
    mean = events.sum() / people.sum()
    spread = (people * (events / people - mean) ** 2).sum() / people.sum()
    between = max(0.0, float(spread - mean / people.mean()))
    weight = between / (between + mean / people)
    return between, mean + weight * (events / people - mean)


def _weights(kept: Sequence[Unit], neighbours: Mapping[str, Sequence[str]]) -> Any:
    """Weights of libpysal, each place sharing one between its neighbours."""
    from libpysal.weights import W

    codes = {unit.code for unit in kept}
    weights = W(
        {code: [other for other in neighbours[code] if other in codes] for code in codes},
        id_order=[unit.code for unit in kept],
        silence_warnings=True,
    )
    weights.transform = "r"
    return weights


@contextmanager
def _drawn_from(seed: int) -> Iterator[None]:
    """Seed numpy's global generator, the one esda draws from, and give it back as it was.

    esda announces another default for its p-values, which are doubled here; the test against its
    published values would tell of a change.
    """
    before = np.random.get_state()
    np.random.seed(seed)
    try:
        with warnings.catch_warnings():
            warnings.filterwarnings(
                "ignore", "The alternative hypothesis for conditional", DeprecationWarning
            )
            yield
    finally:
        np.random.set_state(before)


def _locals(kept: Sequence[Unit], per: int, found: _Found) -> tuple[Local, ...]:
    corrected = false_discoveries(found.p_values)
    return tuple(
        Local(
            unit=unit,
            rate=per * unit.events / unit.population,
            smoothed=per * found.smoothed[rank],
            z=found.z[rank],
            lag=found.lag[rank],
            statistic=found.statistics[rank],
            quadrant=BY_RANK[found.quadrants[rank] - 1],
            p=found.p_values[rank],
            q=corrected[rank],
        )
        for rank, unit in enumerate(kept)
    )
