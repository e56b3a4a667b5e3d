"""p-median: the sites that bring the weighted distance to the nearest site to its least.

Hakimi (1964, Operations Research 12) and ReVelle & Swain (1970, Geographical Analysis 2) set the problem.
A good choice comes from adding then swapping sites (Teitz & Bart 1968), a bound from a Lagrangian
relaxation (Cornuéjols, Fisher & Nemhauser 1977), which also rules out most candidates; what is left is
settled as a whole-number program in the « radius » form (Elloumi 2010) when it is small enough.
"""

from ancrage.optimum import Clock, Proof
from ancrage.siting.positions import Floats
from ancrage.siting.radius_form import settle
from ancrage.siting.relaxation import Relaxation
from ancrage.siting.swaps import Ranks, add_best, swap_best

SHARE_OF_RELAXATION = 0.6
"""Share of the time given to the bound, the rest being for the program that ends the proof."""


def best_median(
    costs: Floats, fallback: Floats, sites: int, seconds: float, *, start: Ranks | None = None
) -> tuple[Ranks, Proof]:
    """Ranks of ``sites`` candidates of least total cost, and the proof of it.

    ``costs``: (candidates, demand), weight × distance; ``fallback``: (demand,), weight × distance to the
    nearest existing site, infinite without any. ``start``: some ranks chosen already, to go on from.
    """
    clock = Clock.of(seconds)
    relaxation = Relaxation(costs, fallback, improved(costs, fallback, sites, start or [], clock))
    relaxation.tighten(clock.left * SHARE_OF_RELAXATION)
    proof = Proof(relaxation.value, relaxation.bound)
    if proof.proven:
        return relaxation.best, proof
    return settle(costs, fallback, relaxation.active, relaxation.best, proof, clock.left)


def improved(costs: Floats, fallback: Floats, sites: int, start: Ranks, clock: Clock) -> Ranks:
    """A good choice: sites added one by one to ``start``, then swapped while it helps."""
    chosen = list(start)
    while len(chosen) < sites:
        chosen.append(add_best(costs, fallback, chosen))
    return swap_best(costs, fallback, chosen, clock)
