"""One line of log a request: what was asked of which address, how it went, how long. Nobody is named.

The query of an address never enters the log: it may hold what a person searched or said; nor does a token.
"""

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from ancrage.desk import metrics

logger = logging.getLogger("ancrage.acces")
GIVEN = re.compile(r"[A-Za-z0-9-]{8,64}")
QUIET = ("/statique/", "/sante", "/metriques")
LONGEST_PATH = 200
UNNAMED = "inconnue"
HIDDEN = "…"
METHODS = frozenset(("GET", "HEAD", "POST", "OPTIONS"))


class JournalMiddleware:
    """Times, counts and writes each request; gives it an identifier that a person may quote."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """See a request through."""
        begun = time.perf_counter()
        given = request.headers.get("X-Request-ID", "")
        identifier = given if GIVEN.fullmatch(given) else uuid.uuid4().hex
        method = request.method or ""
        response = self.get_response(request)
        path = _path(request)
        seconds = time.perf_counter() - begun
        response.headers["X-Request-ID"] = identifier
        _count(request, method, response.status_code, seconds)
        logger.log(
            logging.DEBUG if path.startswith(QUIET) else logging.INFO,
            "demande",
            extra={
                "method": method,
                "path": path,
                "status": response.status_code,
                "ms": round(seconds * 1000, 1),
                "request_id": identifier,
            },
        )
        return response


def _path(request: HttpRequest) -> str:
    """The address without what opens a door: whoever reads the log must not stop somebody's messages."""
    match = request.resolver_match
    token = match.kwargs.get("token") if match else None
    return (request.path.replace(str(token), HIDDEN) if token else request.path)[:LONGEST_PATH]


def _count(request: HttpRequest, method: str, status: int, seconds: float) -> None:
    """Addresses are counted by name: what varies in them would make as many series as there are visitors."""
    match = request.resolver_match
    route = (match.view_name or UNNAMED) if match else UNNAMED
    metrics.requests.labels(route, method if method in METHODS else "autre", str(status)).inc()
    metrics.latency.labels(route).observe(seconds)


class WithoutRequest(logging.Filter):
    """Takes the request off Django's own records: its text holds the whole address, query included."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Let the record through, lighter."""
        record.__dict__.pop("request", None)
        return True
