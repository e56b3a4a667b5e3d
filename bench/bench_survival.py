"""Survival of a million units in four groups: curves, bands and test."""

import json
import time

import numpy as np

from ancrage.survival.curves import Spells, compare, estimate

UNITS, GROUPS, THRESHOLD = 1_000_000, 4, 10.0


def main() -> None:
    chance = np.random.default_rng(4)
    entry = np.maximum(0, chance.integers(-4000, 5000, UNITS)) / 365.25
    leaving = entry + chance.integers(1, 7000, UNITS) / 365.25
    spells = Spells(
        entry,
        leaving,
        chance.random(UNITS) < 0.6,
        chance.integers(0, GROUPS, UNITS),
        tuple(f"groupe {k}" for k in range(GROUPS)),
    )
    start = time.perf_counter()
    for position in range(GROUPS):
        estimate(spells.of(position))
    compare(spells)
    seconds = round(time.perf_counter() - start, 2)
    print(json.dumps({
        "bench": "survie, 1 000 000 unités, 4 groupes",
        "value": seconds,
        "unit": "s",
        "threshold": f"moins de {THRESHOLD:.0f} s",
        "ok": seconds < THRESHOLD,
    }, ensure_ascii=False))  # fmt: skip


if __name__ == "__main__":
    main()
