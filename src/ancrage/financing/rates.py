"""What the catalogue says of the share of a project that an aid pays, where its holder is."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from ancrage.aids.answering import AidAnswer
from ancrage.aids.catalogue import load_aids
from ancrage.financing.plan import KnownRate, Plan, Resource

Answers = Mapping[str, AidAnswer]


def rated(plan: Plan, answers: Answers, on: date) -> Plan:
    """The same plan, each of its European resources with the highest rate that the catalogue knows."""
    return replace(plan, resources=tuple(_rated(one, answers.get(one.aid), on) for one in plan.resources))


def _rated(one: Resource, told: AidAnswer | None, on: date) -> Resource:
    known = known_rate(told, on) if told is not None and one.fund is not None else None
    return one if known is None else replace(one, known_rate=known)


def known_rate(told: AidAnswer, on: date) -> KnownRate | None:
    """The highest share that an answer gives; ``None`` for an aid refused, or of which no share is known."""
    entry, found = told.entry.amount, told.amount
    version = load_aids()[told.entry.id].version_on(on) if told.entry.id in load_aids() else None
    if entry is None or found is None or version is None or entry.unit != "part" or not entry.ceiling:
        return None
    if found.low is None or found.high is None:
        return None
    text = version.amount.text if version.amount and version.amount.text else version.text
    return KnownRate(Decimal(repr(found.low)), Decimal(repr(found.high)), entry.certain, text)
