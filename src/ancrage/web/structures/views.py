"""The list and the page of a structure."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from ancrage.desk.cursors import place_of, signed
from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.register.catalogue import families, sections, siae_kinds, workforce_bands
from ancrage.web.asking import answered, page_of, shape_of, telling_of
from ancrage.web.structures.filters import filters

EVERYWHERE = "fr"


@kept
def listing(request: HttpRequest) -> HttpResponse:
    """Structures that answer, the filters, the map; the whole list with ``?format=``."""
    if shape_of(request).id != "html":
        return answered(request, ("structures",))
    telling = telling_of(request, ("structures",), after=place_of(request, request.GET.get("apres")))
    facts = telling.answer.facts
    query = facts.query
    return page_of(
        request,
        telling,
        template="structures/listing.html.j2",
        query=query,
        first_day=opened().atlas.first_day,
        today=opened().today,
        facets=facts.facets,
        page=facts,
        filters=filters(facts.facets, request.GET),
        territory=""
        if query.territory.code.code == EVERYWHERE
        else request.GET.get("t") or query.territory.code,
        asked=_without(request, "apres"),
        next=_with(request, apres=signed(request, facts.after)) if facts.after else "",
        **labels(),
    )


@kept
def show(request: HttpRequest, siret: str) -> HttpResponse:
    """A structure: what it is, why it is of the ESS, where it stands."""
    compact = "".join(siret.split())
    if compact not in ("", siret):
        return redirect("structure", compact)
    return answered(
        request, ("structure",), template="structures/show.html.j2", words={"siret": [siret]}, **labels()
    )


def labels() -> dict[str, Any]:
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
