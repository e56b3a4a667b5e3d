"""What the catalogue says of the share of a project that an aid pays, where its holder is."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from ancrage.aids.answering import AidAnswer
from ancrage.aids.catalogue import load_aids
from ancrage.dating import Period
from ancrage.declarations.dated_parameters import load_parameters
from ancrage.financing.plan import KnownRate, Plan, Resource

Answers = Mapping[str, AidAnswer]
CATEGORIES = (
    ("europe.cofinancement", "region"),
    ("europe.cofinancement-auvergne-rhone-alpes", "departement"),
)
"""Parameters that give the rate of a category, and the fact each hangs on."""


def rated(plan: Plan, answers: Answers, on: date) -> Plan:
    """The same plan, each of its European resources with the highest rate that the catalogue knows."""
    return replace(plan, resources=tuple(_rated(one, answers.get(one.aid), on) for one in plan.resources))


def _rated(one: Resource, told: AidAnswer | None, on: date) -> Resource:
    known = known_rate(told, on) if told is not None and one.fund is not None else None
    return one if known is None else replace(one, known_rate=known)


def known_rate(told: AidAnswer, on: date) -> KnownRate | None:
    """The highest share of a project that an aid pays; ``None`` for one refused, or with no known share."""
    entry, found = told.entry.amount, told.amount
    version = load_aids()[told.entry.id].version_on(on) if told.entry.id in load_aids() else None
    if entry is None or version is None or entry.unit != "part" or not entry.ceiling:
        return None
    if not entry.certain:
        return _of_category(told, on)
    if found is None or found.low is None or found.high is None:
        return None
    text = version.amount.text if version.amount and version.amount.text else version.text
    return KnownRate(_exact(found.low), _exact(found.high), True, text)


def _of_category(told: AidAnswer, on: date) -> KnownRate | None:
    """The rate of the category of the holder's region: it bounds a priority of a programme, not a project."""
    for name, fact in CATEGORIES:
        where = told.situation.get(fact)
        for one in load_parameters()[name].values:
            if where and one.of.get(fact) == where.value and on in Period(one.since, one.until):
                return KnownRate(_exact(one.value), _exact(one.value), False, one.text)
    return None


def _exact(number: float) -> Decimal:
    return Decimal(repr(number))
