"""Damaged files and kills, seeded: what a person may bring, what producers may send, when a process may die.

``faults.py [SHARE] [files] [sources] [kills]`` runs a share (1 by default, 0.1 for a tenth) of 2,000 files,
500 sources and 60 kills, and prints JSON lines as the other benchmarks do. The real sources come from the
mirror.
"""

import json
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY / "tests"))

from faulty.files import files  # noqa: E402
from faulty.kills import kills  # noqa: E402
from faulty.sources import sources  # noqa: E402

RUNS = {"files": (files, 2_000), "sources": (sources, 500), "kills": (kills, 60)}


def show(
    bench: str, value: float, unit: str, threshold: str | None = None, *, ok: bool | None = None
) -> None:
    told = {"bench": bench, "value": value, "unit": unit, "threshold": threshold, "ok": ok}
    print(json.dumps(told, ensure_ascii=False), flush=True)


def main() -> None:
    share = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    wanted = set(sys.argv[2:]) or set(RUNS)
    for name, (run, count) in RUNS.items():
        if name in wanted:
            run(max(1, round(count * share)), show)


if __name__ == "__main__":
    main()
