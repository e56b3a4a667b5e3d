"""Assembly alone, the edition open and the catalogues read: in a process that stays, then from Parquet."""

import json
import statistics
import time
from datetime import date

from ancrage.diagnosis.assemble import diagnose
from ancrage.edition.publication import current_edition
from ancrage.location import data_directory
from ancrage.territories.atlas import Atlas
from ancrage.territories.resolving import resolve
from ancrage.warehouse.reading import ResidentWarehouse, Warehouse

RUNS = 15
ON = date(2026, 11, 23)
TERRITORIES = ("23077", "75056", "200044014", "dep:23", "reg:75", "fr")


def main() -> None:
    folder = current_edition(data_directory())
    for kind, label in ((ResidentWarehouse, "tables en mémoire"), (Warehouse, "Parquet")):
        with kind(folder) as warehouse:
            atlas = Atlas(warehouse, today=ON)
            for code in TERRITORIES:
                _measure(atlas, code, label)


def _measure(atlas: Atlas, code: str, label: str) -> None:
    territory = resolve(atlas, code, on=ON)
    seconds = []
    for run in range(RUNS + 1):
        start = time.perf_counter()
        diagnose(atlas, territory)
        if run:
            seconds.append(time.perf_counter() - start)
    value = statistics.median(seconds)
    print(json.dumps({"bench": f"assemblage {code}, {label}", "value": round(value, 4), "unit": "s",
                      "threshold": "< 0.1", "ok": value < 0.1}), flush=True)  # fmt: skip


if __name__ == "__main__":
    main()
