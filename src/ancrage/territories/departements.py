"""The outlines of départements, which travel with the code: what a map without communes stands on.

``tools/draw_departements.py`` makes them from the outlines of communes of a synchronised edition.
"""

import json
from collections.abc import Mapping
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("departements.json")
A_DEGREE = 1000
"""Steps of the file in a degree."""
Ring = tuple[tuple[float, float], ...]


@cache
def _told() -> Mapping[str, Any]:
    told: Mapping[str, Any] = json.loads(FILE.read_bytes())
    return told


@cache
def rings_of(departement: str) -> tuple[Ring, ...]:
    """The rings of a département, in degrees (longitude, latitude); none where no outline is known."""
    return tuple(map(_ring, _told()["rings"].get(departement, ())))


def _ring(steps: list[int]) -> Ring:
    across, up = accumulate(steps[::2]), accumulate(steps[1::2])
    return tuple((x / A_DEGREE, y / A_DEGREE) for x, y in zip(across, up, strict=True))


def credit() -> str:
    """Where they come from."""
    source = _told()["source"]
    return f"{source['title']}, {source['producer']}, {source['vintage']}, {source['licence']}"
