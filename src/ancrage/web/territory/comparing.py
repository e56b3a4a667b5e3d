"""Up to four territories side by side, as a page, a map, a workbook."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.questions.comparison import MOST, ComparisonQuestion
from ancrage.reports.formats import FORMATS
from ancrage.web.asking import answered

QUESTION = ("comparaison",)


@kept
def compare(request: HttpRequest) -> HttpResponse:
    """The territories of the address side by side (``?t=23077&t=23096``); where to name them."""
    names = ComparisonQuestion.words_of("territories").names
    asked = [code for name in names for code in request.GET.getlist(name) if code.strip()]
    form: dict[str, Any] = {"asked": asked, "on": request.GET.get("le", ""), "now": opened(), "most": MOST}
    if not asked:
        return render(request, "territory/compare.html.j2", form)
    template, query = "territory/compared.html.j2", request.GET.urlencode()
    return answered(request, QUESTION, template=template, query=query, **form)


@kept
def outlines(request: HttpRequest) -> HttpResponse:
    """Their map."""
    return answered(request, QUESTION, shape=FORMATS["geojson"])


@kept
def workbook(request: HttpRequest) -> HttpResponse:
    """Their workbook."""
    return answered(request, QUESTION, shape=FORMATS["xlsx"])
