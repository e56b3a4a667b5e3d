"""The buyers, one of them, and all those of a territory."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from ancrage.desk.asking import day_of, territory_of
from ancrage.desk.cursors import place_of, signed
from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.web.asking import answered, page_of, shape_of, telling_of
from ancrage.web.territory.views import around, elsewhere


@kept
def listing(request: HttpRequest) -> HttpResponse:
    """Buyers by name, SIREN or département, a page at a time; the list with ``?format=``."""
    if shape_of(request).id != "html":
        return answered(request, ("acheteurs",))
    telling = telling_of(request, ("acheteurs",), after=place_of(request, request.GET.get("apres")))
    facts = telling.answer.facts
    words = {name: value for name in ("q", "departement") if (value := request.GET.get(name, "").strip())}
    following = f"?{urlencode(words | {'apres': signed(request, facts.after)})}" if facts.after else ""
    return page_of(
        request, telling, template="bought/listing.html.j2", typed=words, next=following, total=facts.total
    )


@kept
def show(request: HttpRequest, siren: str) -> HttpResponse:
    """What a buyer really buys; a SIRET leads to its SIREN."""
    compact = "".join(siren.split())
    wanted = compact[:9] if len(compact) == 14 and compact.isdigit() else compact
    if wanted and wanted != siren:
        return redirect(_with_query(request, reverse("buyer", args=[wanted])))
    return answered(
        request, ("acheteur",), template="bought/show.html.j2", words={"acheteur": [siren]}, asked=request.GET
    )


@kept
def of_territory(request: HttpRequest, code: str) -> HttpResponse:
    """What the buyers of a territory really buy."""
    now = opened()
    territory = territory_of(now, code, on=day_of(request, now))
    if there := elsewhere(request, territory, code, "territory-bought"):
        return there
    return answered(
        request,
        ("achats_realises",),
        template="bought/show.html.j2",
        **around(request, now, territory, code),
    )


def _with_query(request: HttpRequest, address: str) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"{address}?{query}" if query else address
