"""Who may come into a signed-in page, and who may send its forms."""

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec, cast
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse

from ancrage.desk.origins import READING, from_our_pages
from ancrage.people.models import Person
from ancrage.people.person import UNNAMED
from ancrage.web.space.rates import spend

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
NAMING = "account-name"
OPEN = "open_to_all"
"""Mark of a page under the address of signed-in ones that one reads before signing in."""


def signed_in(view: View[P]) -> View[P]:
    """Let those who are signed in see a page and send its forms; others sign in first, then come back.

    Who has no name yet says it first: others will read it beside her acts.

    A form comes from our own pages and carries the token of its session (:mod:`ancrage.desk.private`).
    """

    def answer(request: HttpRequest, /, *arguments: P.args, **named: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return _to("account_login", request)
        if request.method in READING and who(request).name == UNNAMED and request.path != reverse(NAMING):
            return _to(NAMING, request)
        if request.method not in READING:
            spend("change", str(request.user.pk))
        return view(request, *arguments, **named)

    return from_our_pages(update_wrapper(answer, view))


def open_to_all(view: View[P]) -> View[P]:
    """Let whoever comes from our own pages see a page that leads to signing in, and send its forms."""
    opened = from_our_pages(view)
    setattr(opened, OPEN, True)
    return opened


def _to(page: str, request: HttpRequest) -> HttpResponse:
    """The way to a page, and back."""
    return HttpResponseRedirect(f"{reverse(page)}?{urlencode({'next': request.get_full_path()})}")


def who(request: HttpRequest) -> Person:
    """Who is signed in, in a page that only those who are may see."""
    return cast("Person", request.user)
