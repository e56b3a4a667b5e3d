"""Fifty slow connections of each kind, and how long the other visitors wait: ``make bench-slow``.

The embedded edition, the real command with two processes, on this machine only; the addresses that the other
visitor asks are drawn again the same.
"""

import json
import random
import statistics
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path
from urllib.parse import urlsplit

from site_served import served
from slow import KINDS, slow

SEED = 12
COUNT, IDLE = 50, 1_000
ASKED = 100
LIMIT_MS = 500.0
OTHERS = (
    "/",
    "/sante",
    "/aides/",
    "/leviers/",
    "/structures/",
    "/territoires/23077/",
    "/territoires/23096/",
    "/territoires/dep:23/",
    "/recherche/suggestions/?q=gueret",
    "/api/v1/territoires/23077",
)


def p95_ms(site: str, seed: int) -> tuple[float, int]:
    """95th percentile of what one other visitor waits, and how many of their requests failed."""
    dice = random.Random(seed)  # noqa: S311 - drawn again the same, not secret
    times, failed = [], 0
    for _ in range(ASKED):
        start = time.perf_counter()
        try:
            urllib.request.urlopen(site + dice.choice(OTHERS), timeout=10).read()  # noqa: S310 our own address
        except (urllib.error.URLError, TimeoutError):
            failed += 1
        times.append((time.perf_counter() - start) * 1e3)
    return statistics.quantiles(times, n=20)[-1], failed


def tell(kind: str, count: int, p95: float, failed: int) -> bool:
    ok = p95 < LIMIT_MS and not failed
    print(
        json.dumps(
            {
                "bench": f"{count} connexions lentes ({kind}) : 95e centile des autres",
                "value": round(p95, 1),
                "unit": "ms",
                "threshold": f"< {LIMIT_MS:g}, 0 échec",
                "ok": ok,
                "failed": failed,
            },
            ensure_ascii=False,
        ),
        flush=True,
    )
    return ok


def main() -> int:
    held = True
    with tempfile.TemporaryDirectory() as folder, served(Path(folder)) as site:
        port = urlsplit(site).port or 0
        for address in OTHERS * 4:
            urllib.request.urlopen(site + address).read()  # noqa: S310 our own address
        held &= tell("aucune", 0, *p95_ms(site, SEED))
        for kind, sent in KINDS.items():
            with slow(port, sent, COUNT):
                time.sleep(1)
                held &= tell(kind, COUNT, *p95_ms(site, SEED))
        with slow(port, KINDS["connexion inactive"], IDLE):
            held &= tell("connexion inactive", IDLE, *p95_ms(site, SEED))
    return 0 if held else 1


if __name__ == "__main__":
    sys.exit(main())
