"""What any request under ``/api`` meets before an operation and after: sizes, types, methods, origins."""

from collections.abc import Callable

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from ancrage.api.problems import MEDIA_TYPE, problem
from ancrage.desk.refusals import refused

ROOT = "/api/"
READING = "GET, HEAD, OPTIONS"
A_DAY = "86400"
JSON = "application/json"


class ApiMiddleware:
    """Lets other sites read (CORS), answers HEAD and OPTIONS, and tells every failure as a problem."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on what is not ours; see the rest through."""
        if not request.path.startswith(ROOT):
            return self.get_response(request)
        response = self._answer(request)
        if request.method in ("GET", "HEAD", "OPTIONS"):
            response.headers["Access-Control-Allow-Origin"] = "*"
            response.headers["Access-Control-Expose-Headers"] = "ETag, Retry-After, X-Request-ID"
        return response

    def _answer(self, request: HttpRequest) -> HttpResponseBase:
        if request.method in ("GET", "HEAD"):
            # The server leaves out the body of what it knows to be the answer to a HEAD.
            return _as_problem(self._as(request, "GET"))
        told = _as_problem(self._as(request, "OPTIONS"))
        if told.status_code != 405:
            return told
        if request.method == "OPTIONS":
            return _preflight(told.headers["Allow"])
        if request.method not in told.headers["Allow"].split(", "):
            return told
        return _refused(request) or _as_problem(self.get_response(request))

    def _as(self, request: HttpRequest, method: str) -> HttpResponseBase:
        """The answer to the same request by another method; to OPTIONS, an address tells its own (405)."""
        asked, request.method = request.method, method
        try:
            return self.get_response(request)
        finally:
            request.method = asked


def _preflight(allowed: str) -> HttpResponse:
    response = HttpResponse(status=204)
    response.headers["Allow"] = allowed
    response.headers["Access-Control-Allow-Methods"] = READING
    response.headers["Access-Control-Allow-Headers"] = "Accept, If-None-Match"
    response.headers["Access-Control-Max-Age"] = A_DAY
    return response


def _refused(request: HttpRequest) -> HttpResponse | None:
    """The refusal of a body too large or too slow, or not said to be JSON (415), before anything reads it."""
    if status := refused(request):
        return problem(status)
    try:
        _ = request.body
    except RequestDataTooBig:
        return problem(413)
    return None if request.content_type == JSON else problem(415)


def _as_problem(response: HttpResponseBase) -> HttpResponseBase:
    """A failure that no operation of ours made (an unknown method, Django's own pages) told as the others."""
    if response.status_code < 400 or response.headers.get("Content-Type") == MEDIA_TYPE:
        return response
    told = problem(response.status_code)
    if "Retry-After" in response.headers:
        told.headers["Retry-After"] = response.headers["Retry-After"]
    if "Allow" in response.headers:
        told.headers["Allow"] = _allowed(response.headers["Allow"])
    return told


def _allowed(named: str) -> str:
    """The methods of an address: those it names, and what this door answers for each."""
    names = {one.strip() for one in named.split(",")}
    return ", ".join(sorted(names | {"OPTIONS"} | ({"HEAD"} if "GET" in names else set())))
