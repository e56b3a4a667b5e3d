"""Pages that any site may show in a frame, and the short address of a territory."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from csp.decorators import csp_replace
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt

from ancrage.desk.asking import day_of, territory_of
from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.web.asking import answered
from ancrage.web.territory.tabs import with_query
from ancrage.web.territory.views import around, day_words, elsewhere, mapped

View = Callable[..., HttpResponse]
ANYWHERE = {"frame-ancestors": ["*"]}


def framed(view: View) -> View:
    """Let any site show a page in a frame, which no other page of this site allows."""
    allowed: Any = csp_replace(ANYWHERE)(xframe_options_exempt(view))
    return wraps(view)(allowed)


@framed
@kept
def badges(request: HttpRequest, code: str) -> HttpResponse:
    """The zonings of a territory as badges."""
    return _overview(request, code, "embed-badges", "embed/badges.html.j2")


@framed
@kept
def chart(request: HttpRequest, code: str) -> HttpResponse:
    """The map of a territory."""
    return _overview(request, code, "embed-map", "embed/map.html.j2")


@framed
@kept
def search(request: HttpRequest) -> HttpResponse:
    """The field that searches this site."""
    return render(request, "embed/search.html.j2", {})


def short(request: HttpRequest, code: str) -> HttpResponse:
    """A territory by a short address, its day kept."""
    return redirect(with_query(reverse("territory", args=[code]), request.GET.dict()))


def _overview(request: HttpRequest, code: str, page: str, template: str) -> HttpResponse:
    now = opened()
    territory = territory_of(now, code, on=day_of(request, now))
    if there := elsewhere(request, territory, code, page):
        return there
    words = day_words(now, territory.on)
    return answered(
        request,
        ("apercu",),
        template=template,
        **around(request, now, territory, code),
        **mapped(now, territory),
        map_address=with_query(reverse("territory-map", args=[code]), words),
        drawing_address=with_query(reverse("territory-drawing", args=[code]), words),
    )
