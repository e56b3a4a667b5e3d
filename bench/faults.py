"""Damaged files and kills, seeded: what a person may bring, what producers may send, when a process may die.

``faults.py [SHARE] [files] [sources] [kills] [national] [taken-up] [full] [months]`` runs a share (1 by
default, 0.1 for a tenth) of 2,000 files, 500 sources, 60 kills, 20 kills of a national build then of the
month after, 20 more of each taken up one by one, the publication hit too, fills the disk in the middle (as
root), gives spoilt files of the month after, and prints JSON lines as the other benchmarks do. The real
sources come from the mirror. ``--seed N`` draws other damages than the run of reference, ``--command panel``
only the files which that command reads (their share of the 2,000). ``--sirene`` gives the folder of the four
files of the national build, ``--base`` an installation that has the other sources.
"""

import argparse
import json
import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY / "tests"))

from faulty.files import files  # noqa: E402
from faulty.full import full  # noqa: E402
from faulty.kills import kills  # noqa: E402
from faulty.months import months  # noqa: E402
from faulty.national import national_kills  # noqa: E402
from faulty.sources import sources  # noqa: E402
from faulty.taken_up import taken_up  # noqa: E402

COUNTS = {"files": 2_000, "sources": 500, "kills": 60, "national": 20, "taken-up": 20, "full": 1, "months": 1}


def show(
    bench: str, value: float, unit: str, threshold: str | None = None, *, ok: bool | None = None
) -> None:
    told = {"bench": bench, "value": value, "unit": unit, "threshold": threshold, "ok": ok}
    print(json.dumps(told, ensure_ascii=False), flush=True)


def main() -> None:
    asked = argparse.ArgumentParser(description="Fichiers abîmés, sources abîmées, arrêts.")
    asked.add_argument("share", nargs="?", type=float, default=1.0)
    asked.add_argument("runs", nargs="*", choices=[*COUNTS, []], default=[])
    asked.add_argument("--seed", type=int, default=0)
    asked.add_argument("--command")
    asked.add_argument("--sirene", type=Path)
    asked.add_argument("--base", type=Path)
    given = asked.parse_args()
    runs = {
        "files": lambda count: files(count, show, given.seed, given.command),
        "sources": lambda count: sources(count, show, given.seed),
        "kills": lambda count: kills(count, show, given.seed),
        "national": lambda count: national_kills(count, show, given.seed, given.sirene, given.base),
        "taken-up": lambda count: taken_up(count, show, given.seed, given.sirene, given.base),
        "full": lambda _: full(show, given.seed, given.sirene, given.base),
        "months": lambda _: months(show, given.sirene),
    }
    for name, count in COUNTS.items():
        if not given.runs or name in given.runs:
            runs[name](max(1, round(count * given.share)))


if __name__ == "__main__":
    main()
