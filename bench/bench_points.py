"""Points: all the zonings at a thousand points of France, seeded, in a process that stays.

Needs an edition with the outlines of communes (``ancrage sources sync``, ``ancrage entrepot construire``).
"""

import json
import time
from datetime import date

import numpy as np

from ancrage.edition.opened import Opened
from ancrage.edition.opening import open_edition
from ancrage.edition.publication import current_edition
from ancrage.errors import UnknownTerritoryError
from ancrage.location import data_directory
from ancrage.questions.points import PointQuestion
from ancrage.questions.question import Asking
from ancrage.territories.atlas import Atlas
from ancrage.territories.pointing import Point

ON = date(2026, 11, 23)
POINTS = 1000
MOST_MS = 5


def main() -> None:
    """Print the median and the 95th percentile, in milliseconds, and how many were at sea."""
    seeded = np.random.default_rng(20261123)
    places = zip(seeded.uniform(-1, 7, POINTS), seeded.uniform(43.5, 49.5, POINTS), strict=True)
    data = data_directory()
    taken, at_sea, several = [], 0, 0
    with open_edition(current_edition(data), resident=True) as warehouse:
        asking = Asking(Opened(Atlas(warehouse, today=ON), "mesure", ON, data / "cache"), ON)
        PointQuestion(point=Point(1.8713, 46.1707)).answer(asking)
        for longitude, latitude in places:
            start = time.perf_counter()
            try:
                found = PointQuestion(point=Point(longitude, latitude)).answer(asking)
                several += len(found.facts.communes) > 1
            except UnknownTerritoryError:
                at_sea += 1
            taken.append(1000 * (time.perf_counter() - start))
    median, high = np.percentile(taken, [50, 95])
    _print("un point, médiane", median)
    _print("un point, 95e centile", high)
    print(f"{POINTS} points : {at_sea} hors de France, {several} à moins d'un kilomètre d'une limite")


def _print(bench: str, milliseconds: float) -> None:
    figure = {"bench": bench, "value": round(float(milliseconds), 1), "unit": "ms", "threshold": "< 5"}
    print(json.dumps({**figure, "ok": bool(milliseconds < MOST_MS)}, ensure_ascii=False))


if __name__ == "__main__":
    main()
