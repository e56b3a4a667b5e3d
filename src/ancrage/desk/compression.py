"""Pages are compressed once, when they are made, not each time they are given."""

import gzip
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import patch_vary_headers

SMALLEST = 700
LEVEL = 6
TYPES = ("text/", "application/json", "application/geo+json", "application/problem+json", "image/svg")


def is_text(response: HttpResponseBase) -> bool:
    """Whether compressing it is worth anything: a PDF or a workbook is compressed already."""
    return response.headers.get("Content-Type", "").startswith(TYPES)


class CompressionMiddleware:
    """Gives the compressed body kept beside a cached page, or compresses a text that has none."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Compress what is worth it, for who accepts it."""
        response = self.get_response(request)
        if not isinstance(response, HttpResponse) or response.has_header("Content-Encoding"):
            return response
        if not is_text(response):
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        if len(response.content) < SMALLEST or "gzip" not in request.headers.get("Accept-Encoding", ""):
            return response
        kept: bytes | None = getattr(response, "compressed", None)
        response.content = kept or gzip.compress(response.content, LEVEL, mtime=0)
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(response.content))
        return response
