"""Speed of the spatial association over every EPCI of France, and of gathering structures.

    python bench/bench_dynamics.py [--permutations 999]

* ``moran``: local and global Moran of 1,250 places on a made map (six neighbours each, seeded counts and
  populations of the size of the EPCI's), 999 permutations, then the 9,999 of the command.
* ``neighbours``: places that touch, from 34,969 squares that stand for the communes.
* ``groups``: 5,000 made structures over 200 km, 20 km between members.
* ``departement``: a département of the edition in force never asked before, once another was (what a process
  asks as it starts); nothing is told where that edition draws no commune.

One JSON line a figure; each is the median of three. Exits with 1 when a promise is not held.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable

import numpy as np
import shapely

from ancrage.desk.opened import opened
from ancrage.dynamics.association import associate
from ancrage.dynamics.complementarities import complementarities
from ancrage.dynamics.gatherings import gather
from ancrage.dynamics.neighbours import Neighbours, touching
from ancrage.dynamics.structures import Structure
from ancrage.dynamics.units import SIAE_RATE, Scale, Unit, Units
from ancrage.questions.dynamics import DynamicsQuestion
from ancrage.questions.question import Asking
from ancrage.reports.formats.html import write as page
from ancrage.reports.topic import Telling

SEED = 20210331
PLACES, SIDE, STRUCTURES = 1_250, 187, 5_000
LONGEST_MORAN, LONGEST_NEIGHBOURS, LONGEST_GROUPS = 2.0, 3.0, 5.0
LONGEST_DEPARTEMENT = 1.0


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--permutations", type=int, default=999)
    options = parser.parse_args()
    rng = np.random.default_rng(SEED)
    units, neighbours = made_places(rng)
    structures = made_structures(rng)
    shapes, owners = made_communes()
    associate(units, neighbours, permutations=9)
    held = True
    for name, seconds, work in (
        (f"moran/{options.permutations}", LONGEST_MORAN,
         lambda: associate(units, neighbours, permutations=options.permutations)),
        ("moran/9999", None, lambda: associate(units, neighbours)),
        ("neighbours", LONGEST_NEIGHBOURS, lambda: touching(shapes, owners)),
        ("groups", LONGEST_GROUPS, lambda: gather(structures, complementarities(), distance_km=20)),
    ):  # fmt: skip
        held &= tell(f"dynamics/{name}", median_of_three(work), seconds)
    if (seconds := first_of_a_departement()) is not None:
        held &= tell("dynamics/departement", seconds, LONGEST_DEPARTEMENT)
    return 0 if held else 1


def first_of_a_departement() -> float | None:
    now = opened()
    if not now.atlas.warehouse.rows("SELECT 1 FROM outline LIMIT 1"):
        return None
    taken = []
    for code in ("dep:23", "dep:87", "dep:19", "dep:24"):
        start = time.perf_counter()
        told = Telling(DynamicsQuestion(territory=code).answer(Asking(now, now.today)))
        page(told)
        taken.append(time.perf_counter() - start)
    return statistics.median(taken[1:])


def tell(bench: str, value: float, longest: float | None) -> bool:
    ok = None if longest is None else value <= longest
    threshold = "aucun" if longest is None else f"<= {longest:g}"
    line = {"bench": bench, "value": round(value, 3), "unit": "s", "threshold": threshold, "ok": ok}
    print(json.dumps(line), flush=True)
    return ok is not False


def median_of_three(work: Callable[[], object]) -> float:
    taken = []
    for _ in range(3):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def made_places(rng: np.random.Generator) -> tuple[Units, Neighbours]:
    people = rng.lognormal(10, 1, PLACES).astype(int) + 3_000
    events = rng.poisson(people * 5.6e-5)
    codes = [f"{rank:09d}" for rank in range(PLACES)]
    units = tuple(
        Unit(code, code, int(person), (code,), int(event))
        for code, person, event in zip(codes, people, events, strict=True)
    )
    links = {
        code: tuple(codes[(rank + step) % PLACES] for step in (-36, -35, -1, 1, 35, 36))
        for rank, code in enumerate(codes)
    }
    centres = dict.fromkeys(codes, (2.0, 46.0))
    return Units(Scale.EPCI, 2026, SIAE_RATE, units, frozenset(), 0, ()), Neighbours(
        links, "", (), (), centres
    )


def made_communes() -> tuple[np.ndarray, list[tuple[str, ...]]]:
    ranks = np.arange(SIDE * SIDE)
    x, y = ranks % SIDE, ranks // SIDE
    owners = [(f"{row // 5}-{column // 6}",) for row, column in zip(y.tolist(), x.tolist(), strict=True)]
    return shapely.box(x, y, x + 1, y + 1), owners


def made_structures(rng: np.random.Generator) -> list[Structure]:
    activities = list(complementarities().activities)
    return [
        Structure(
            rank=rank, unit=f"{rank:09d}", siret=None, name=None, diffusible=True,
            commune=f"{int(east * 10):02d}{int(north * 10):03d}", commune_name=None, naf=None, section=None,
            kinds=(), activities=(activities[chosen],), family=None, employer=None, jobs=None,
            longitude=2 + east, latitude=46 + north, exact=True, registered=True, fictitious=True,
        )
        for rank, (east, north, chosen) in enumerate(
            zip(
                (rng.random(STRUCTURES) * 2.6).tolist(),
                (rng.random(STRUCTURES) * 1.8).tolist(),
                rng.integers(0, len(activities), STRUCTURES).tolist(),
                strict=True,
            )
        )
    ]  # fmt: skip


if __name__ == "__main__":
    sys.exit(main())
