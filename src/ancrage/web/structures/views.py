"""The list and the page of a structure."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from ancrage.desk.asking import day_of
from ancrage.desk.directory import directory_of
from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.register.catalogue import families, sections, siae_kinds, workforce_bands
from ancrage.register.directory.structure import structure_of
from ancrage.web.structures.asked import EVERYWHERE, query_of
from ancrage.web.structures.filters import filters

PAGE = 30


@kept
def listing(request: HttpRequest) -> HttpResponse:
    """Structures that answer, the filters, the map."""
    now = opened()
    query = query_of(request, now)
    directory = directory_of(now)
    facets = directory.facets(query)
    page = directory.page(query, limit=PAGE, after=request.GET.get("apres") or None)
    told = {
        "query": query,
        "facets": facets,
        "page": page,
        "filters": filters(facets, request.GET),
        "territory": "" if query.territory.code.code == EVERYWHERE else request.GET.get("t", ""),
        "asked": _without(request, "apres"),
        "next": _with(request, apres=page.after) if page.after else "",
        "now": now,
        "fictitious": bool(facets.fictitious),
        **labels(),
    }
    return render(request, "structures/listing.html.j2", told)


@kept
def show(request: HttpRequest, siret: str) -> HttpResponse:
    """A structure: what it is, why it is of the ESS, where it stands."""
    compact = "".join(siret.split())
    if compact != siret:
        return redirect("structure", compact)
    now = opened()
    found = structure_of(now.atlas, siret, on=day_of(request, now))
    told = {"s": found, "now": now, "fictitious": found.card.fictitious, **labels()}
    return render(request, "structures/show.html.j2", told)


def labels() -> dict[str, object]:
    """The words behind the codes of a structure."""
    return {
        "families": families(),
        "sections": sections(),
        "kinds": siae_kinds(),
        "bands": workforce_bands(),
    }


def _without(request: HttpRequest, *names: str) -> str:
    kept_fields = request.GET.copy()
    for name in names:
        kept_fields.pop(name, None)
    return kept_fields.urlencode()


def _with(request: HttpRequest, **fields: str) -> str:
    changed = request.GET.copy()
    for name, value in fields.items():
        changed[name] = value
    return changed.urlencode()
