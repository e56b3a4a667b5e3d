"""The papers of a territory: each a page to read, and files to hand over."""

from django.http import HttpRequest, HttpResponse

from ancrage.desk.keeping import kept
from ancrage.web.asking import answered

TEMPLATE = "papers/show.html.j2"


@kept
def attestation(request: HttpRequest, code: str) -> HttpResponse:
    """The zonings on a page."""
    return answered(request, ("attestation",), template=TEMPLATE, code=code)


@kept
def synthesis(request: HttpRequest, code: str) -> HttpResponse:
    """A territory on two pages, or as slides."""
    return answered(request, ("synthese",), template=TEMPLATE, code=code)


@kept
def note(request: HttpRequest, code: str) -> HttpResponse:
    """A note for a committee."""
    return answered(request, ("note",), template=TEMPLATE, code=code)
