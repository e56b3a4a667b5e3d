"""Speed of finding who could serve a purchase, around a commune, among 200,000 structures.

    python bench/bench_suppliers.py [--structures 200000] [--questions 200]

Each question draws a commune, a code and a radius of 30 km; the first one, tables opened, is
told apart. CPU and elapsed times are both told: a loaded machine lengthens the second only.
"""

import argparse
import json
import random
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from ancrage.edition.tables import TABLES
from ancrage.interval import Interval
from ancrage.procurement.buyer import Buyer, BuyerKind
from ancrage.procurement.purchase import Purchase
from ancrage.procurement.suppliers import suppliers
from ancrage.procurement.vocabulary import read_cpv
from ancrage.territories.atlas import Atlas
from ancrage.territories.resolving import resolve
from ancrage.warehouse.reading import ResidentWarehouse
from synthetic_register import SEED, made_edition

TODAY = date(2026, 11, 23)
LIMIT_MS = 75.0
CODES = ("77310000", "90910000", "55520000", "45000000", "85310000", "80000000")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--structures", type=int, default=200_000)
    parser.add_argument("--questions", type=int, default=200)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary) / "edition"
        made_edition(folder, options.structures)
        print(f"{options.structures} structures SYNTHÉTIQUES, fictives (graine {SEED})")
        with ResidentWarehouse(folder, TABLES) as warehouse:
            return 0 if measured(Atlas(warehouse, today=TODAY), options.questions) else 1


def measured(atlas: Atlas, questions: int) -> bool:
    dice = random.Random(SEED)  # noqa: S311 - drawn again the same, not secret
    communes = [row["code"] for row in atlas.warehouse.rows("SELECT commune AS code FROM outline ORDER BY 1")]
    elapsed, worked, found = [], [], []
    for _ in range(questions + 1):
        place = resolve(atlas, dice.choice(communes), on=TODAY)
        bought = Purchase(
            Buyer(place.name, BuyerKind.LOCAL, "", place),
            read_cpv(dice.choice(CODES)),
            "services",
            Interval.exactly(180_000),
            TODAY,
        )
        start, cpu = time.perf_counter(), time.process_time()
        found.append(len(suppliers(atlas, bought, place, within_km=30.0).found))
        elapsed.append((time.perf_counter() - start) * 1e3)
        worked.append((time.process_time() - cpu) * 1e3)
    tell("fournisseurs, première question (ouverture comprise)", elapsed[0], "ms", None)
    tell("fournisseurs autour d'une commune, structures trouvées, moyenne", sum(found) / len(found), "", None)
    tell("fournisseurs autour d'une commune, CPU, 95e centile", p95(worked[1:]), "ms", None)
    return tell("fournisseurs autour d'une commune, 95e centile", p95(elapsed[1:]), "ms", LIMIT_MS)


def tell(bench: str, value: float, unit: str, most: float | None) -> bool:
    ok = None if most is None else value < most
    threshold = "aucun" if most is None else f"< {most:g}"
    line = {"bench": bench, "value": round(value, 2), "unit": unit, "threshold": threshold, "ok": ok}
    print(json.dumps(line, ensure_ascii=False), flush=True)
    return ok is not False


def p95(values: list[float]) -> float:
    return sorted(values)[int(len(values) * 0.95)]


if __name__ == "__main__":
    sys.exit(main())
