"""The diversity of a panel: for each trait, the first structure of a value counts 1, the next 1/2, then 1/3…

D(S) = Σ over traits t of wₜ × Σ over values v of (1 + 1/2 + … + 1/nₜᵥ), nₜᵥ being the number of structures of
S known to have v. A new value always counts most, and two panels that hold as many values are told apart by
their balance. An unknown trait counts nothing. The sum is concave in each nₜᵥ, so a whole-number program
needs no more than ordered steps to hold it (docs/panel.md compares it with sums and minima of distances).
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from ancrage.panel.longlist import LongList


@dataclass(frozen=True, slots=True)
class TraitValue:
    """A value of a trait that counts: its weight, and the ranks of the candidates known to have it."""

    trait: str
    value: str
    weight: float
    members: tuple[int, ...]


def counted_values(long_list: LongList, weights: Mapping[str, float]) -> tuple[TraitValue, ...]:
    """Every value that counts in the diversity, by trait."""
    return tuple(
        TraitValue(trait, value, weight, members)
        for trait, weight in weights.items()
        for value, members in long_list.values_of(trait).items()
    )


def harmonic(count: int) -> float:
    """1 + 1/2 + … + 1/count."""
    return sum(1 / step for step in range(1, count + 1))


def diversity(long_list: LongList, weights: Mapping[str, float], chosen: Collection[int]) -> float:
    """Diversity of a choice of candidates, by their ranks."""
    return sum(
        weight * sum(map(harmonic, counts_in(long_list, trait, chosen).values()))
        for trait, weight in weights.items()
    )


def counts_in(long_list: LongList, trait: str, chosen: Collection[int]) -> Counter[str]:
    """How many structures of a choice have each known value of a trait."""
    kept = (long_list.candidates[rank].values.get(trait) for rank in chosen)
    return Counter(value for value in kept if value is not None)
