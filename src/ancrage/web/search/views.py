"""Results on a page, suggestions as a fragment: territories, structures and aids from one box."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ancrage.desk.directory import search_of
from ancrage.desk.opened import opened
from ancrage.search.suggestion import Found, Suggestion
from ancrage.web.navigation import address

LONGEST = 200
SUGGESTED = 8
LISTED = 30
PAGE_OF = {Found.TERRITORY: "territory", Found.STRUCTURE: "structure", Found.AID: "aid"}


def results(request: HttpRequest) -> HttpResponse:
    """What answers to ``?q=``, all kinds together."""
    return _answer(request, "search.html.j2", LISTED)


def suggestions(request: HttpRequest) -> HttpResponse:
    """The first answers, as options of a list."""
    return _answer(request, "suggestions.html.j2", SUGGESTED)


def _answer(request: HttpRequest, template: str, limit: int) -> HttpResponse:
    typed = request.GET.get("q", "")[:LONGEST].strip()
    found = search_of(opened()).suggest(typed, limit=limit) if typed else ()
    shown = [(one, href) for one in found if (href := _address(one))]
    return render(request, template, {"typed": typed, "found": shown})


def _address(one: Suggestion) -> str | None:
    return address(PAGE_OF[one.kind], one.code)
