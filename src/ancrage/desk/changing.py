"""A request that changes something is refused unless its view says who may do it.

Pages are read by everybody and kept for everybody: nothing of a visitor may enter one. What is no reading
meets this door first; a view opens it by saying who may come in (:func:`from_our_pages`).
"""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.http.response import HttpResponseBase

from ancrage.desk.origins import MAY_CHANGE

PAGE = ("GET", "HEAD")
"""Methods of a page: it says so itself to any other."""
API = "/api/"
"""What is posted there is a question too long for an address: its operations change nothing."""


class ChangingMiddleware:
    """Refuses, before the view, what changes something where nobody was said to be allowed to."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Pass on."""
        return self.get_response(request)

    def process_view(
        self, request: HttpRequest, view: Callable[..., HttpResponse], _arguments: Any, _named: Any
    ) -> HttpResponse | None:
        """The refusal (405, with what is allowed), or ``None`` when the view may go on."""
        if request.method in PAGE or request.path.startswith(API) or hasattr(view, MAY_CHANGE):
            return None
        return HttpResponseNotAllowed(PAGE)
