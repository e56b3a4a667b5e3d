"""Location quotients with an exact interval: the activities a territory holds more, or less, than elsewhere.

The quotient is the ratio of two shares (formula in docs/dynamiques.md). The reference is counted whole, so
its share is taken as known; the local count is binomial. The interval and the p-value are mid-p
(Lancaster, 1961; Berry and Armitage, 1995): exact, without the excess of prudence of Clopper and Pearson.
P-values are then corrected for the number of activities looked at (Benjamini and Hochberg, 1995).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

CONFIDENCE = 0.95
FALSE_DISCOVERIES = 0.05
"""Share of false alarms accepted among the activities declared over- or under-represented."""
FEWEST = 5
"""Under this count, nothing is concluded: one opening or closure would change the answer."""


class Presence(StrEnum):
    """What can be said of an activity here; the values are those written in every output."""

    OVER = "sur_represente"
    UNDER = "sous_represente"
    UNDECIDED = "indetermine"
    TO_CHECK = "a_verifier"

    @property
    def label(self) -> str:
        """French words shown to people."""
        return PRESENCE_LABELS[self]


PRESENCE_LABELS = {
    Presence.OVER: "sur-représenté",
    Presence.UNDER: "sous-représenté",
    Presence.UNDECIDED: "indéterminé",
    Presence.TO_CHECK: "à vérifier",
}


@dataclass(frozen=True, slots=True)
class Quotient:
    """An activity here and in the reference. ``value`` is ``None`` where the reference has none of it.

    ``low`` and ``high`` bound the quotient at 95 %; ``p`` is two-sided, ``q`` the same once corrected.
    """

    key: str
    count: int
    total: int
    reference_count: int
    reference_total: int
    value: float | None
    low: float | None
    high: float | None
    p: float | None
    q: float | None
    presence: Presence

    @property
    def expected(self) -> float:
        """Count the territory would have with the share of the reference."""
        return self.total * self.reference_count / self.reference_total


def quotients(here: Mapping[str, int], reference: Mapping[str, int]) -> tuple[Quotient, ...]:
    """Quotients of every activity of the reference, the highest first, then by key.

    ``here`` and ``reference``: counts by activity, each over all the activities of the same level; the
    territory is a part of the reference. Raises :class:`ValueError` when a count here exceeds the other.
    """
    n, whole = sum(here.values()), sum(reference.values())
    if any(count > reference.get(key, 0) for key, count in here.items()):
        raise ValueError("the territory is not a part of the reference")
    keys = sorted(key for key, count in reference.items() if count)
    if not n or not keys:
        return ()
    tested = [two_sided(here.get(key, 0), n, reference[key] / whole) for key in keys]
    corrected = false_discoveries(tested)
    made = [
        _quotient(key, (here.get(key, 0), n, reference[key], whole), p, q)
        for key, p, q in zip(keys, tested, corrected, strict=True)
    ]
    return tuple(sorted(made, key=lambda one: (-(one.value or 0.0), one.key)))


def _quotient(key: str, counts: tuple[int, int, int, int], p: float, q: float) -> Quotient:
    count, n, reference, whole = counts
    share = reference / whole
    low, high = share_interval(count, n)
    return Quotient(
        key=key,
        count=count,
        total=n,
        reference_count=reference,
        reference_total=whole,
        value=count / n / share,
        low=low / share,
        high=high / share,
        p=p,
        q=q,
        presence=presence(count, n * share, q),
    )


def presence(count: int, expected: float, q: float) -> Presence:
    """State of an activity from its count, the count expected and its corrected p-value.

    Over-representation needs ``FEWEST`` structures here; under-representation needs as many expected.
    """
    more = count > expected
    if (count if more else expected) < FEWEST:
        return Presence.TO_CHECK
    if q > FALSE_DISCOVERIES:
        return Presence.UNDECIDED
    return Presence.OVER if more else Presence.UNDER


def two_sided(count: int, n: int, share: float) -> float:
    """Two-sided mid-p of ``count`` successes out of ``n`` at the probability ``share``."""
    return min(1.0, 2 * min(_above(count, n, share), _below(count, n, share)))


def share_interval(count: int, n: int, confidence: float = CONFIDENCE) -> tuple[float, float]:
    """Mid-p interval of a share: ``n`` at least 1, ``count`` from 0 to ``n``; bounds from 0 to 1."""
    from scipy.optimize import brentq

    tail = (1 - confidence) / 2
    low = 0.0 if count == 0 else brentq(lambda share: _above(count, n, share) - tail, 0.0, 1.0)
    high = 1.0 if count == n else brentq(lambda share: _below(count, n, share) - tail, 0.0, 1.0)
    return float(low), float(high)


def _above(count: int, n: int, share: float) -> float:
    """Probability of more, and half that of as many: the mean of those of more and of at least as many."""
    from scipy.special import betainc

    more = betainc(count + 1, n - count, share) if count < n else 0.0
    as_many = betainc(count, n - count + 1, share) if count else 1.0
    return float(more + as_many) / 2


def _below(count: int, n: int, share: float) -> float:
    return 1.0 - _above(count, n, share)


def false_discoveries(p_values: Sequence[float]) -> tuple[float, ...]:
    """P-values corrected by Benjamini and Hochberg, in the same order.

    As ``scipy.stats`` does, to the last digit, without the second of processor that loading it takes.
    """
    tested = len(p_values)
    ascending = sorted(range(tested), key=lambda place: p_values[place])
    corrected, least = [0.0] * tested, 1.0
    for rank in range(tested, 0, -1):
        place = ascending[rank - 1]
        least = min(least, p_values[place] * (tested / rank))
        corrected[place] = least
    return tuple(corrected)
