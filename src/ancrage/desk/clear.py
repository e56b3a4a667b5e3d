"""What comes in clear to a site that is served in HTTPS: a page leads there, the rest is refused.

A form and a question of the API may already have told what they hold: to lead them there in silence would
hide it (ASVS 5, 4.1.2).
"""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase

API = "/api/"
WATCHED = ("/sante", "/metriques")
"""Asked by this very machine or by its network, in clear."""


class ClearMiddleware:
    """Reads what the proxy says of the connection it had; one that says nothing is this very machine."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """See a request through, or not."""
        told = request.headers.get("X-Forwarded-Proto", "").strip().lower()
        if not settings.SECURE or told != "http" or request.path.startswith(WATCHED):
            return self.get_response(request)
        if request.method in ("GET", "HEAD") and not request.path.startswith(API):
            return HttpResponsePermanentRedirect(settings.SITE_ORIGIN + request.get_full_path())
        said = (
            f"Ce site ne répond qu’en HTTPS : {settings.SITE_ORIGIN}. Ce que vous avez envoyé n’a pas été lu."
        )
        return HttpResponse(said, status=403, content_type="text/plain; charset=utf-8")
