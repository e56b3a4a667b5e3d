"""Signed-in pages lie under one address; sessions, cookies and messages exist there, and nowhere else.

A public page never meets them: no session is opened for it, no cookie is sent to it (their path says so) nor
by it, and what is kept of it is for everybody. What is signed in is for one person: never kept.
"""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponseForbidden
from django.http.response import HttpResponseBase
from django.middleware.csrf import CsrfViewMiddleware
from django.utils.deprecation import MiddlewareMixin

from ancrage.desk.places import SPACE

KEPT_BY_NOBODY = "private, no-store"
Answering = Callable[[HttpRequest], HttpResponseBase]


def is_private(request: HttpRequest) -> bool:
    """Whether what is asked is for one person."""
    return request.path.startswith(SPACE)


class NeverKeptMiddleware:
    """Tells everybody on the way, the browser included, to keep nothing of a signed-in page."""

    def __init__(self, get_response: Answering) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """See a request through."""
        response = self.get_response(request)
        if is_private(request):
            response.headers["Cache-Control"] = KEPT_BY_NOBODY
        return response


class _Within(MiddlewareMixin):
    """A middleware of Django that signed-in pages alone meet."""

    def __call__(self, request: HttpRequest) -> Any:
        """See a request through, past this middleware when the page is public."""
        return super().__call__(request) if is_private(request) else self.get_response(request)


class PrivateSessionMiddleware(_Within, SessionMiddleware):
    """Sessions; one that was left for too long is over."""

    def process_request(self, request: HttpRequest) -> None:
        """Open the session of the browser, and mark it as used."""
        from ancrage.people.sessions import in_use

        super().process_request(request)
        if settings.SESSION_COOKIE_NAME not in request.COOKIES:
            return
        if not in_use(request.session, request.headers.get("User-Agent", "")):
            request.session.flush()


class PrivateCsrfMiddleware(_Within, CsrfViewMiddleware):
    """Tokens of forms."""

    def process_view(self, request: HttpRequest, *view: Any) -> HttpResponseForbidden | None:
        """Refuse a form without its token, in signed-in pages."""
        return super().process_view(request, *view) if is_private(request) else None


class PrivateAuthenticationMiddleware(_Within, AuthenticationMiddleware):
    """Who is signed in."""


class PrivateMessageMiddleware(_Within, MessageMiddleware):
    """What is said once, on the next page."""
