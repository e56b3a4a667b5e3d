"""Commands as a person runs them: time, processor and memory of the whole process, Python start included.

The processor's time (user and system) is the least of the runs: what a machine at rest would spend, as far
as a busy one can tell it.
"""

import json
import os
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from installed import environment

RUNS = 7
TERRITORIES = (
    "23077",
    "31555",
    "75056",
    "200044014",
    "200054781",
    "dep:23",
    "dep:974",
    "reg:75",
    "crte-75-23-8",
    "qpv:QN02301M",
    "fr",
)
COMMAND = Path(sys.executable).with_name("ancrage")
INSTALLED = environment()


def measure(*arguments: str) -> tuple[float, float, float]:
    """Median wall seconds, least processor seconds, greatest peak memory (MB) of RUNS runs after a first."""
    seconds, spent, memory = [], [], []
    for run in range(RUNS + 1):
        start = time.perf_counter()
        process = subprocess.Popen([str(COMMAND), *arguments], stdout=subprocess.DEVNULL, env=INSTALLED)
        _, status, usage = os.wait4(process.pid, 0)
        elapsed = time.perf_counter() - start
        if status:
            raise SystemExit(f"ancrage {' '.join(arguments)} a échoué")
        if run:
            seconds.append(elapsed)
            spent.append(usage.ru_utime + usage.ru_stime)
            memory.append(usage.ru_maxrss / 1024)
    return statistics.median(seconds), min(spent), max(memory)


def report(bench: str, value: float, unit: str, limit: float) -> None:
    print(json.dumps({"bench": bench, "value": round(value, 3), "unit": unit, "threshold": f"< {limit}",
                      "ok": value < limit}), flush=True)  # fmt: skip


def main() -> None:
    seconds, *_ = measure("--help")
    report("ancrage --help", seconds, "s", 0.2)
    for territory in TERRITORIES:
        seconds, spent, memory = measure("diagnostic", territory)
        report(f"ancrage diagnostic {territory}", seconds, "s", 1.0)
        report(f"ancrage diagnostic {territory}, processeur", spent, "s", 0.7)
        report(f"ancrage diagnostic {territory}, mémoire", memory, "Mo", 500)
    seconds, *_ = measure("diagnostic", "23077", "--format", "json")
    report("ancrage diagnostic 23077 --format json", seconds, "s", 1.0)
    seconds, *_ = measure("diagnostic", "23077", "--format", "html")
    print(json.dumps({"bench": "ancrage diagnostic 23077 --format html", "value": round(seconds, 3),
                      "unit": "s", "threshold": "aucun", "ok": None}))  # fmt: skip


if __name__ == "__main__":
    edition = os.environ.get("ANCRAGE_DATA") or "édition embarquée"
    print(f"données : {edition} ; {RUNS} mesures, médiane ; {os.cpu_count()} cœurs")
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main()
