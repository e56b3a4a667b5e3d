"""How the list that publishes an aid says it is asked for, step by step."""

from collections.abc import Mapping
from typing import Any

from ancrage.aids.imports.imported import ImportedAid
from ancrage.aids.imports.texts import plain

STEPS = "objectifs"
"""What Mission Transition Écologique calls the steps of a request; no other list tells any."""


def steps_of(aid: ImportedAid) -> tuple[tuple[str, str | None], ...]:
    """Each step in words, and the address it leads to as it is written; nothing when the list tells none."""
    found = ((plain(one.get("description")), _address(one)) for one in _objects(aid.raw.get(STEPS)))
    return tuple((words, address) for words, address in found if words)


def _address(step: Mapping[str, Any]) -> str | None:
    return next((str(one["lien"]) for one in _objects(step.get("liens")) if one.get("lien")), None)


def _objects(told: object) -> list[Mapping[str, Any]]:
    return [one for one in told if isinstance(one, Mapping)] if isinstance(told, list) else []
