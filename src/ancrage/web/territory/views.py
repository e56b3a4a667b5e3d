"""The diagnosis of a territory."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from ancrage.desk.asking import day_of, territory_of
from ancrage.desk.diagnosing import diagnosis_of
from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.questions.points import is_point
from ancrage.reports.diagnosis.features import features_of
from ancrage.web.asking import answered


@kept
def index(request: HttpRequest) -> HttpResponse:
    """How to find a territory, and the regions to begin with."""
    now = opened()
    regions = now.atlas.warehouse.rows(
        "SELECT kind, code, name FROM unit WHERE kind IN ('region', 'departement') AND vintage = ? "
        "ORDER BY name",
        (now.atlas.vintage_on(now.today),),
    )
    return render(request, "territory/index.html.j2", {"units": regions})


@kept
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Everything known of a territory on a day."""
    now = opened()
    territory = territory_of(now, code, on=day_of(request, now))
    canonical = str(territory.code)
    if canonical != code and territory.code.kind != "ensemble":
        query = request.META.get("QUERY_STRING", "")
        return redirect(f"/territoires/{canonical}/" + (f"?{query}" if query else ""))
    return answered(
        request,
        ("diagnostic",),
        template="territory/show.html.j2",
        code=code,
        first_day=now.atlas.first_day,
        today=now.today,
        map_address=f"{reverse('territory-map', args=[code])}?le={territory.on}",
    )


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
def outlines(request: HttpRequest, code: str) -> HttpResponse:
    """The map of a territory as GeoJSON: its outline, communes with their answers, quarters, structures."""
    now = opened()
    territory = territory_of(now, code, on=day_of(request, now))
    return JsonResponse(features_of(diagnosis_of(now, territory)), content_type="application/geo+json")
