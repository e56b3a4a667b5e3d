"""The diagnosis of a territory."""

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from ancrage.desk.asking import day_of, territory_of
from ancrage.desk.diagnosing import diagnosis_of, map_of
from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.diagnosis.known_outlines import has_outline
from ancrage.diagnosis.positions import is_placed, positions_of
from ancrage.edition.opened import Opened
from ancrage.questions.points import is_point
from ancrage.reports.map_legend import standing_alone
from ancrage.reports.maps import draw_map
from ancrage.reports.overview import wording
from ancrage.reports.positions import draw_positions
from ancrage.territories.codes import Kind
from ancrage.territories.outlined import outlined
from ancrage.territories.territory import Territory
from ancrage.web.asking import TAKEN_AWAY, answered
from ancrage.web.home.country import regions
from ancrage.web.territory import screen
from ancrage.web.territory.parts import parts_of
from ancrage.web.territory.tabs import with_query


@kept
def index(request: HttpRequest) -> HttpResponse:
    """How to find a territory, and the regions to begin with."""
    now = opened()
    listed = regions(now.atlas, now.atlas.vintage_on(now.today))
    return render(request, "territory/index.html.j2", {"regions": listed})


@kept
def show(request: HttpRequest, code: str) -> HttpResponse:
    """A territory in one screen. The files that its address used to give are those of the whole report."""
    now = opened()
    territory = territory_of(now, code, on=day_of(request, now))
    if there := elsewhere(request, territory, code, "territory"):
        return there
    if (shape := request.GET.get("format", "")) in TAKEN_AWAY:
        address = reverse("territory-download", args=[code, shape])
        return redirect(with_query(address, day_words(now, territory.on)))
    return answered(
        request,
        ("apercu",),
        template="territory/show.html.j2",
        **around(request, now, territory, code),
        ow=wording,
        parts=parts_of(now.atlas, territory),
        map_address=_mapped(now, territory, code, "territory-map"),
        drawing_address=_mapped(now, territory, code, "territory-drawing"),
        **mapped(now, territory),
    )


def mapped(now: Opened, territory: Territory) -> dict[str, Any]:
    """Whether a territory has a map, and whether it is only that of its town halls."""
    drawn = (
        territory.kind is not Kind.FRANCE
        and now.atlas.keeping(outlined)()
        and has_outline(now.atlas, territory)
    )
    placed = not drawn and is_placed(now.atlas, territory)
    return {"mapped": drawn or placed, "by_town_halls": placed}


def _mapped(now: Opened, territory: Territory, code: str, name: str) -> str:
    return with_query(reverse(name, args=[code]), day_words(now, territory.on))


def around(request: HttpRequest, now: Opened, territory: Territory, code: str) -> dict[str, Any]:
    """What every page of a territory shows around its answer."""
    return {
        "code": code,
        "first_day": now.atlas.first_day,
        "today": now.today,
        "day_words": day_words(now, territory.on),
        "screen": screen,
        "asked": request.GET,
    }


@kept
def report(request: HttpRequest, code: str) -> HttpResponse:
    """Everything known of a territory on a day."""
    now = opened()
    territory = territory_of(now, code, on=day_of(request, now))
    if there := elsewhere(request, territory, code, "territory-report"):
        return there
    return answered(
        request,
        ("diagnostic",),
        template="territory/report.html.j2",
        **around(request, now, territory, code),
        map_address=_mapped(now, territory, code, "territory-map"),
    )


def elsewhere(request: HttpRequest, territory: Territory, code: str, page: str) -> HttpResponse | None:
    """The same page under the territory's own code, when another designation was typed."""
    canonical = str(territory.code)
    if canonical == code or territory.code.kind is Kind.ENSEMBLE:
        return None
    query = request.META.get("QUERY_STRING", "")
    return redirect(reverse(page, args=[canonical]) + (f"?{query}" if query else ""))


def day_words(now: Opened, on: date) -> dict[str, str]:
    """The day as an address says it: nothing for today."""
    return {} if on == now.today else {"le": on.isoformat()}


@kept
def point(request: HttpRequest) -> HttpResponse:
    """The zonings at a point; without one, where to write it."""
    if not request.GET.get("point", "").strip():
        return redirect("territories")
    return answered(request, ("zonages_point",))


@never_cache
def place(request: HttpRequest) -> HttpResponse:
    """The zonings at an address, which is never kept; those at a point when one is written in its place."""
    typed = request.GET.get("adresse", "").strip()
    if not typed:
        return redirect("territories")
    if is_point(typed):
        return redirect(f"{reverse('point')}?{urlencode({'point': typed})}")
    return answered(request, ("zonages_adresse",))


@kept
def drawing(request: HttpRequest, code: str) -> HttpResponse:
    """The same map drawn: what is seen before the other comes, and without it."""
    now = opened()
    territory = territory_of(now, code, on=day_of(request, now))
    drawn = draw_map(diagnosis_of(now, territory)) if has_outline(now.atlas, territory) else None
    placed = None if drawn else positions_of(now.atlas, territory)
    if not (drawn or placed):
        raise Http404(code)
    svg = drawn.svg if drawn else draw_positions(placed) if placed else ""
    return HttpResponse(standing_alone(svg), content_type="image/svg+xml")


@kept
def outlines(request: HttpRequest, code: str) -> HttpResponse:
    """The map of a territory as GeoJSON: its outline, communes with their answers, quarters, structures."""
    now = opened()
    territory = territory_of(now, code, on=day_of(request, now))
    return JsonResponse(map_of(now, territory), content_type="application/geo+json")
