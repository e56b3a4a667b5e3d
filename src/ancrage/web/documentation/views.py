"""A page of the documentation, from its Markdown."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from ancrage.desk.keeping import kept
from ancrage.web.documentation.reading import PAGES, read


@kept
def show(request: HttpRequest, page: str) -> HttpResponse:
    """A page by its name."""
    if page not in PAGES:
        raise Http404(page)
    return render(request, "documentation.html.j2", {"document": read(page), "pages": PAGES})
