"""A form is taken from this site's own pages only.

There is no cookie, hence no session to steal and no token to carry: what is left to refuse is another site
that would make its visitors' browsers ask for work. Browsers say where a form comes from.
"""

from collections.abc import Callable
from functools import update_wrapper
from typing import Concatenate, ParamSpec
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from ancrage.errors import ForeignOriginError

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
READING = frozenset(("GET", "HEAD", "OPTIONS"))
MAY_CHANGE = "may_change"
"""Mark of a view that says who may change what it changes."""
OWN_SITES = ("same-origin", "none")


def from_our_pages(view: View[P]) -> View[P]:
    """Let any visitor of this site's pages change what the view changes; nobody else.

    What a page of another site sends is refused with :class:`ForeignOriginError`. ``Sec-Fetch-Site`` decides
    when it is there, else ``Origin``. A program that is no browser sends neither. A view without this mark
    changes nothing: :mod:`ancrage.desk.changing` refuses before it.
    """

    def answer(request: HttpRequest, /, *arguments: P.args, **named: P.kwargs) -> HttpResponse:
        if request.method not in READING and not _ours(request):
            raise ForeignOriginError
        return view(request, *arguments, **named)

    setattr(answer, MAY_CHANGE, True)
    return update_wrapper(answer, view)


def _ours(request: HttpRequest) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in OWN_SITES
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    return origin == settings.SITE_ORIGIN or urlsplit(origin).netloc == request.get_host()
