"""Results on a page, suggestions as a fragment: everything that can be found, from one box, by kind."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from ancrage.desk.opened import opened
from ancrage.errors import InvalidCodeError
from ancrage.language.phrases import of
from ancrage.questions.search import LONGEST_TEXT
from ancrage.questions.structures import around
from ancrage.search.suggestion import Found, Suggestion
from ancrage.territories.addressing import is_address
from ancrage.territories.codes import Kind
from ancrage.territories.finding import Match, find
from ancrage.web.asking import answered
from ancrage.web.navigation import address

SUGGESTED = 8
LISTED = 30
PAGE_OF = {
    Found.TERRITORY: "territory",
    Found.STRUCTURE: "structure",
    Found.AID: "aid",
    Found.TOOL: "lever-tool",
    Found.MONOGRAPH: "monograph",
}
NUMBERED = (Found.TERRITORY, Found.STRUCTURE)
PLURALS = {
    Found.TERRITORY: "Territoires",
    Found.STRUCTURE: "Structures",
    Found.AID: "Aides",
    Found.TOOL: "Outils",
    Found.LEVER: "Leviers",
    Found.MONOGRAPH: "Monographies",
    Found.TERM: "Glossaire",
}


def results(request: HttpRequest) -> HttpResponse:
    """What answers to ``?q=``, all kinds or those of ``?sorte=``; an address leads to its zonings."""
    typed = request.GET.get("q", "")[:LONGEST_TEXT].strip()
    if is_address(typed) and not request.GET.getlist("sorte"):
        return redirect(_of_address(typed))
    return _answer(request, "search.html.j2", LISTED)


def suggestions(request: HttpRequest) -> HttpResponse:
    """The first answers, as options of a list."""
    return _answer(request, "suggestions.html.j2", SUGGESTED)


def _answer(request: HttpRequest, template: str, limit: int) -> HttpResponse:
    typed = request.GET.get("q", "")[:LONGEST_TEXT].strip()
    told: dict[str, Any] = {
        "typed": typed,
        "kinds": PLURALS,
        "asked": request.GET.getlist("sorte"),
        "address_of": _address,
        "code_of": _code,
        "postal": _of_address(typed) if is_address(typed) else "",
    }
    if not typed:
        return render(request, template, told)
    words = {"q": [typed], "limite": request.GET.getlist("limite") or [str(limit)]}
    return answered(request, ("recherche",), template=template, words=words, **told)


def places(request: HttpRequest) -> HttpResponse:
    """Territories that answer ``?q=``, as options of a field; ``?nature=commune`` asks for communes alone.

    The value of an option designates it alone: its label, or its code where a field takes that of a commune.
    « 30 km de Lim » asks for communes, and keeps the kilometres.
    """
    typed = request.GET.get("q", "")[:LONGEST_TEXT].strip()
    circle = around(typed)
    coded = request.GET.get("nature") == Kind.COMMUNE
    kept = [
        one
        for one in _near(circle[0] if circle else typed)
        if not (coded or circle) or one.named.code.kind is Kind.COMMUNE
    ]
    found = [(one, one.named.code.code if coded else _said(one, circle)) for one in kept[:SUGGESTED]]
    return render(request, "places.html.j2", {"typed": typed, "found": found})


def _said(one: Match, circle: tuple[str, str] | None) -> str:
    return f"{circle[1]} km {of(one.named.label)}" if circle else one.named.label


def _near(typed: str) -> tuple[Match, ...]:
    now = opened()
    try:
        return find(now.atlas, typed, on=now.today, limit=LISTED) if typed else ()
    except InvalidCodeError:
        return ()  # A prefix begun: « dep: ».


def _of_address(typed: str) -> str:
    return f"{reverse('address')}?{urlencode({'adresse': typed})}"


def _code(one: Suggestion) -> str:
    """The number that others know a place or a structure by; nothing of an identifier of ours."""
    number = one.code.rpartition(":")[2]
    return number if one.kind in NUMBERED and not number[:1].islower() else ""


def _address(one: Suggestion) -> str | None:
    match one.kind:
        case Found.LEVER:
            return f"{address('levers')}#levier-{one.code}"
        case Found.TERM:
            return f"{address('documentation', 'glossaire')}#{one.code.partition(':')[0]}"
        case _:
            return address(PAGE_OF[one.kind], one.code)
