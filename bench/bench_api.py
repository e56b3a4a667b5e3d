"""Answers of the API in this process, once warm, on the embedded edition: median of each operation."""

import json
import os
import statistics
import tempfile
import time
from collections.abc import Callable

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "ancrage.config.settings")
os.environ["ANCRAGE_DATA"] = tempfile.mkdtemp(prefix="ancrage-bench-")
os.environ["ANCRAGE_DEBIT_API"] = "1000000"

TIMES, WARM_UP, THRESHOLD_MS = 30, 8, 50
SITUATION = {
    "on": "2021-03-31",
    "territory": "23077",
    "facts": {"forme": "scic", "effectif": "10..19", "est_ess": True},
}


def main() -> None:
    import django

    django.setup()
    from django.test import Client

    client = Client(SERVER_NAME="localhost")
    body = json.dumps(SITUATION)
    tell(
        "API, éligibilité (toutes les aides, territoire compris), à chaud",
        lambda: client.post("/api/v1/eligibilite", data=body, content_type="application/json"),
    )
    tell("API, territoire gardé en mémoire", lambda: client.get("/api/v1/territoires/23077"))


def tell(name: str, ask: Callable[[], object]) -> None:
    for _ in range(WARM_UP):
        ask()
    taken = []
    for _ in range(TIMES):
        start = time.perf_counter()
        ask()
        taken.append((time.perf_counter() - start) * 1000)
    median = round(statistics.median(taken), 1)
    print(json.dumps({
        "bench": name,
        "value": median,
        "unit": "ms",
        "threshold": f"moins de {THRESHOLD_MS} ms",
        "ok": median < THRESHOLD_MS,
    }, ensure_ascii=False))  # fmt: skip


if __name__ == "__main__":
    main()
