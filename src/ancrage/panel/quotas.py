"""Quotas: how many structures of a panel have a value of a trait, at least, at most or exactly."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from ancrage.panel.longlist import LongList

EACH = "*"
"""In place of values: each known value of the trait is bounded by itself."""


@dataclass(frozen=True, slots=True)
class Quota:
    """A quota. ``values``: keys, or ``EACH``. ``weight``: how much it costs to give it up (1 by default)."""

    id: str
    label: str
    trait: str
    values: tuple[str, ...]
    least: int | None = None
    most: int | None = None
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class QuotaRow:
    """A quota on a list. ``sure``: ranks of those that have the value; ``possible``: these and the unknown.

    A least counts the sure ones only, a most counts all that may have the value: whatever the unknown turn
    out to be, a panel kept satisfies the quota.
    """

    quota: Quota
    value: str
    sure: frozenset[int]
    possible: frozenset[int]

    def shortfall(self, chosen: frozenset[int], size: int) -> int:
        """Structures missing or in excess in a choice; none when it satisfies the quota."""
        least = self.quota.least or 0
        most = size if self.quota.most is None else self.quota.most
        return max(0, least - len(chosen & self.sure)) + max(0, len(chosen & self.possible) - most)


def rows_of(quota: Quota, long_list: LongList) -> Iterator[QuotaRow]:
    """The rows of a quota on a list: one, or one a value when each is bounded."""
    unknown = long_list.unknown_of(quota.trait)
    found = long_list.values_of(quota.trait)
    groups = [(value,) for value in found] if quota.values == (EACH,) else [quota.values]
    for values in groups:
        sure = frozenset(rank for value in values for rank in found.get(value, ()))
        label = " ou ".join(long_list.label(quota.trait, value) for value in values)
        yield QuotaRow(quota, label, sure, sure | frozenset(unknown))


@dataclass(frozen=True, slots=True)
class Terms:
    """What is asked of a panel: its size, its quotas, the weight of each trait in the diversity."""

    size: int
    quotas: tuple[Quota, ...] = ()
    weights: dict[str, float] = field(default_factory=dict)
