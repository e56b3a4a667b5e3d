"""What is counted of the requests: how many, how long, by the name of their address; never who nor what.

With ``PROMETHEUS_MULTIPROC_DIR`` set before the first import, the processes of a server count together.
"""

import os

from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)

requests = Counter("ancrage_requests", "Demandes reçues.", ("route", "method", "status"))
latency = Histogram("ancrage_request_seconds", "Durée des réponses.", ("route",), buckets=SECONDS)
pages = Counter("ancrage_pages", "Pages gardées : données de mémoire, ou faites.", ("answer",))


def exposed() -> bytes:
    """Every count of this server, in the format of Prometheus."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return generate_latest()
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry)
