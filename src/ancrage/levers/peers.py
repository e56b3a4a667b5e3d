"""Territories alike: what is true of most of them sets nothing first here."""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median

from ancrage.facts.situation import Situation
from ancrage.interval import Interval

FEWEST = 5
"""Territories alike, known, under which nothing is said of them together."""
COMMON = 0.5
"""Share of the territories alike above which a reason is theirs as much as ours; the project's own choice."""


@dataclass(frozen=True, slots=True)
class Peers:
    """What is known of each of the territories that resemble one most; ``noun`` names them, in French."""

    noun: str = ""
    situations: tuple[Situation, ...] = ()


NOBODY = Peers()


@dataclass(frozen=True, slots=True)
class Sharing:
    """How many of the territories alike, among those where it is known, have a reason too."""

    true: int
    known: int

    @property
    def told(self) -> bool:
        """Whether enough of them are known."""
        return self.known >= FEWEST

    @property
    def distinguishes(self) -> bool:
        """Whether the reason is that of a minority of them; with nobody to compare with, any reason does."""
        return not self.told or self.true / self.known <= COMMON

    @property
    def rarity(self) -> float:
        """From 0, all of them have it, to 1, none has; halfway when it is not known."""
        return 1 - self.true / self.known if self.told else 0.5


def median_of(fact: str, situations: Iterable[Situation]) -> float | None:
    """Median of an exact number over the territories where it is known; ``None`` under five of them."""
    values = [known.value for one in situations if (known := one.get(fact)) is not None]
    exact = [value.low for value in values if isinstance(value, Interval) and value.low == value.high]
    found = [value for value in exact if value is not None]
    return median(found) if len(found) >= FEWEST else None
