"""An answer in plain values, as a JSON document holds it: what no situation changes is made once."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from ancrage.aids.entries import AidEntry, AmountEntry, ConditionEntry
from ancrage.aids.reasons import ConditionAnswer
from ancrage.facts.situation import Situation
from ancrage.facts.values import plain
from ancrage.interval import Interval

DYNAMIC = None
"""Holds the place of what each answer says: keys stay in their order."""


class PlainFacts:
    """The facts of a situation in plain values, shared by all the conditions that read them."""

    def __init__(self, situation: Situation) -> None:
        self._situation = situation

    @cached_property
    def values(self) -> Mapping[str, Any]:
        """What is known of each."""
        return {fact: plain(known.value) for fact, known in self._situation.items()}

    @cached_property
    def origins(self) -> Mapping[str, Mapping[str, str]]:
        """Where each comes from."""
        return {
            fact: {"origin": known.origin.value, "note": known.note}
            for fact, known in self._situation.items()
        }


class PlainAid:
    """What the documents say of an aid whoever asks."""

    def __init__(self, entry: AidEntry) -> None:
        self._entry = entry

    @cached_property
    def aid(self) -> dict[str, Any]:
        """Keys other tools rely on, in their order."""
        entry = self._entry
        return {
            "id": entry.id,
            "name": entry.name,
            "verdict": DYNAMIC,
            "status": entry.status,
            "class": DYNAMIC,
            "exists": entry.existence.as_json(),
            "qualifies": DYNAMIC,
            "grant": entry.grant.value,
            "amount": DYNAMIC,
            "conditions": DYNAMIC,
            "missing": DYNAMIC,
            "from": entry.since,
            "to": entry.until,
            "in_force": entry.in_force,
            "reasons": DYNAMIC,
            "doubts": list(entry.doubts),
            "summary": entry.summary,
            "funder": entry.funder,
            "desk": dict(entry.desk),
            "nature": entry.nature,
            "audience": list(entry.audience),
            "themes": list(entry.themes),
            "levers": list(entry.levers),
            "family": entry.family,
            "coverage": list(entry.coverage),
            "text": dict(entry.text),
            "note": entry.note,
            "deadlines": [dict(deadline) for deadline in entry.deadlines],
            "cumulation": dict(entry.cumulation) if entry.cumulation else None,
            "source": entry.source,
            "also": [dict(other) for other in entry.also],
        }

    @cached_property
    def _conditions(self) -> Mapping[str, dict[str, Any]]:
        return {one.key: _condition(one) for one in self._entry.conditions}

    def condition(self, answer: ConditionAnswer, facts: PlainFacts) -> dict[str, Any]:
        """Keys other tools rely on: id, verdict, label, facts, text."""
        read, known, origins = answer.entry.facts, facts.values, facts.origins
        return self._conditions[answer.entry.key] | {
            "verdict": answer.verdict.value,
            "facts": {fact: known.get(fact) for fact in read},
            "origins": {fact: origins[fact] for fact in read if fact in origins},
            "indication": answer.indication.value,
        }


def _condition(entry: ConditionEntry) -> dict[str, Any]:
    return {
        "id": entry.id,
        "verdict": DYNAMIC,
        "label": entry.label,
        "facts": DYNAMIC,
        "origins": DYNAMIC,
        "established": entry.certain,
        "indication": DYNAMIC,
        "text": dict(entry.text),
        "note": entry.note,
    }


def amount_as_json(told: AmountEntry | None, found: Interval | None) -> dict[str, Any] | None:
    """Bounds with their unit; both ``None`` when unknown, nothing at all when the aid has no amount."""
    if told is None:
        return None
    low, high = (found.low, found.high) if found else (None, None)
    return {
        "low": low,
        "high": high,
        "unit": told.unit,
        "label": told.label,
        "ceiling": told.ceiling,
        "period": told.period,
        "established": told.certain,
        "text": dict(told.text),
    }
