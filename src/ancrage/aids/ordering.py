"""The order in which aids are shown: what is sure first, then what misses the least and is worth the most."""

from collections.abc import Iterable

from ancrage.aids.answering import AidAnswer
from ancrage.aids.standing import STANDING
from ancrage.aids.vocabulary import Unit

YEARLY = {
    Unit.EUR: 1.0,
    Unit.EUR_PER_YEAR: 1.0,
    Unit.EUR_PER_YEAR_PER_FTE: 1.0,
    Unit.EUR_PER_MONTH: 12.0,
    Unit.EUR_PER_DAY: 230.0,
    Unit.EUR_PER_HOUR: 1607.0,
}
"""Euros a year of a unit, to order only: a full-time year has 1,607 hours, and some 230 days are worked."""


def ranked(answers: Iterable[AidAnswer]) -> list[AidAnswer]:
    """The answers of a class, the most useful first; those that others publish after ours."""
    return sorted(answers, key=_rank)


def _rank(answer: AidAnswer) -> tuple[bool, bool, int, float, str]:
    entry = answer.entry
    return (
        not entry.ours,
        entry.existence.state not in STANDING,
        len(answer.missing),
        -_worth(answer),
        entry.name,
    )


def _worth(answer: AidAnswer) -> float:
    """Euros of an amount, its highest bound if there is one; nothing when it is not told in euros."""
    told, found = answer.entry.amount, answer.amount
    if told is None or found is None:
        return 0.0
    bound = found.high if found.high is not None else found.low
    return (bound or 0.0) * YEARLY.get(Unit(told.unit), 0.0) if told.unit else 0.0
