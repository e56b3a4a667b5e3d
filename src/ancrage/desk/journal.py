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
from django.urls import Resolver404, ResolverMatch, resolve

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
        path = _hidden(request.path, request.resolver_match)
        seconds = time.perf_counter() - begun
        response.headers["X-Request-ID"] = identifier
        _count(request, method, response.status_code, seconds)
        _write(method, path, response.status_code, seconds, identifier)
        return response


def write_turned_away(method: str, path: str, status: int) -> None:
    """Write and count a request that the door refused before the site saw it."""
    try:
        match = resolve(path)
    except Resolver404:
        match = None
    route = (match.view_name or UNNAMED) if match else UNNAMED
    metrics.requests.labels(route, method if method in METHODS else "autre", str(status)).inc()
    _write(method, _hidden(path, match), status, 0.0, uuid.uuid4().hex)


def _write(method: str, path: str, status: int, seconds: float, identifier: str) -> None:
    told = {"method": method, "path": path, "status": status, "ms": round(seconds * 1000, 1)}
    level = logging.DEBUG if path.startswith(QUIET) else logging.INFO
    logger.log(level, "demande", extra={**told, "request_id": identifier})


def _hidden(path: str, match: ResolverMatch | None) -> str:
    """The address without what opens a door: whoever reads the log must not stop somebody's messages."""
    token = match.kwargs.get("token") if match else None
    return (path.replace(str(token), HIDDEN) if token else path)[:LONGEST_PATH]


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
