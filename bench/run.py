"""Run every benchmark of this folder and print its figures beside their thresholds.

Each benchmark prints JSON lines: bench, value, unit, threshold, ok. The command ends with 1 when a figure
misses its threshold; it is run by hand (``make bench``), never by the tests.
"""

import json
import subprocess
import sys
from pathlib import Path

FOLDER = Path(__file__).parent


def main() -> int:
    missed = 0
    for script in sorted(FOLDER.glob("bench_*.py")):
        print(f"— {script.name}", flush=True)
        done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=False)
        if done.returncode:
            print(done.stderr, file=sys.stderr)
            missed += 1
        for line in done.stdout.splitlines():
            if line.startswith("{"):
                missed += not _show(json.loads(line))
            else:
                print(f"  {line}")
    return 1 if missed else 0


def _show(figure: dict[str, object]) -> bool:
    ok = figure.get("ok")
    mark = {True: "tenu", False: "MANQUÉ", None: "indicatif"}[ok if isinstance(ok, bool) else None]
    print(f"  {figure['bench']:<58} {figure['value']:>14,} {figure['unit']:<10} {mark}"
          f" ({figure.get('threshold')})", flush=True)  # fmt: skip
    return ok is not False


if __name__ == "__main__":
    sys.exit(main())
