"""Search of a place in process: 95th percentile over names as people write them, one core, once warm.

Names are real ones of the embedded edition, drawn again the same: whole, told with their département or their
postcode, begun, mistyped, or not a place at all.
"""

import json
import random
import statistics
import time
from datetime import date

from ancrage.edition.publication import EMBEDDED
from ancrage.territories.atlas import Atlas
from ancrage.territories.finding import find
from ancrage.warehouse.reading import Warehouse

QUESTIONS, SEED, WARM = 600, 2021, 30
TODAY = date(2026, 11, 23)


def report(bench: str, value: float, unit: str, threshold: str, ok: bool | None) -> None:
    print(json.dumps({"bench": bench, "value": round(value, 3), "unit": unit, "threshold": threshold,
                      "ok": ok}), flush=True)  # fmt: skip


def main() -> None:
    dice = random.Random(SEED)  # noqa: S311 - drawn again the same, not secret
    with Warehouse(EMBEDDED) as warehouse:
        atlas = Atlas(warehouse, today=TODAY)
        start = time.process_time()
        find(atlas, "Guéret", on=TODAY)
        report("lieux, noms d'un millésime rassemblés", time.process_time() - start, "s", "aucun", None)
        asked = questions(atlas, dice)
        for typed in asked[:WARM]:
            find(atlas, typed, on=TODAY, limit=8)
        seconds = sorted(timed(atlas, typed) for typed in asked)
    slow = seconds[int(len(seconds) * 0.95)]
    report("lieux, médiane de 600 recherches", statistics.median(seconds) * 1e3, "ms", "aucun", None)
    report("lieux, 95e centile de 600 recherches", slow * 1e3, "ms", "< 20", slow < 0.020)
    report("lieux, la plus lente", seconds[-1] * 1e3, "ms", "aucun", None)


def timed(atlas: Atlas, typed: str) -> float:
    """Seconds of the processor: other processes of the machine do not count."""
    start = time.process_time()
    find(atlas, typed, on=TODAY, limit=8)
    return time.process_time() - start


def questions(atlas: Atlas, dice: random.Random) -> list[str]:
    rows = atlas.warehouse.rows(
        "SELECT name, departement, min(postcode) AS postcode FROM commune JOIN postcode "
        "ON postcode.vintage = commune.vintage AND postcode.commune = commune.code "
        "WHERE commune.vintage = ? GROUP BY ALL ORDER BY ALL",
        (atlas.vintages[-1],),
    )
    drawn = dice.sample(rows, QUESTIONS)
    return [written(row["name"], row["departement"], row["postcode"], dice) for row in drawn]


def written(name: str, departement: str, postcode: str, dice: random.Random) -> str:
    place = dice.randrange(len(name))
    ways = (
        name,
        f"{name} ({departement})",
        f"{postcode} {name.upper()}",
        name[: max(2, len(name) // 2)],
        name[:place] + name[place + 1 :],
        f"association {name}",
    )
    return dice.choice(ways)


if __name__ == "__main__":
    main()
