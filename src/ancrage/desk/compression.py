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


def is_worth_it(response: HttpResponse) -> bool:
    """Whether an answer is a text long enough to be compressed."""
    return is_text(response) and len(response.content) >= SMALLEST


def accepts(request: HttpRequest) -> bool:
    """Whether who asks reads what is compressed."""
    return "gzip" in request.headers.get("Accept-Encoding", "")


class CompressionMiddleware:
    """Compresses a text that is not yet: a page that is kept is kept compressed."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Compress what is worth it, for who accepts it."""
        response = self.get_response(request)
        if not isinstance(response, HttpResponse) or not is_text(response):
            return response
        patch_vary_headers(response, ("Accept-Encoding",))
        if response.has_header("Content-Encoding") or not (accepts(request) and is_worth_it(response)):
            return response
        response.content = gzip.compress(response.content, LEVEL, mtime=0)
        response.headers["Content-Encoding"] = "gzip"
        response.headers["Content-Length"] = str(len(response.content))
        return response
