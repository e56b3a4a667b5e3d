"""The national address service, played on this machine with the recorded answer."""

import copy
import json
from pathlib import Path
from typing import Any

from local_producer import Answer, say

RECORDED = Path(__file__).resolve().parents[1].parent / "shared/data/api/autres/base-adresse-nationale.json"


def recorded() -> dict[str, Any]:
    return dict(json.loads(RECORDED.read_text(encoding="utf-8")))


def with_places(*changes: dict[str, Any]) -> dict[str, Any]:
    """The recorded answer, its one place told once for each of the changes."""
    told = recorded()
    (place,) = told["features"]
    features = []
    for change in changes:
        one = copy.deepcopy(place)
        one["properties"] |= change
        features.append(one)
    return {**told, "features": features}


def saying(told: dict[str, Any]) -> Answer:
    return say(200, json.dumps(told).encode(), Content_Type="application/json")
