"""The list and the page of a structure."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from ancrage.desk.cursors import place_of, signed
from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.errors import AncrageError
from ancrage.language.numbers import number
from ancrage.language.phrases import of
from ancrage.register.catalogue import families, sections, siae_kinds, workforce_bands
from ancrage.register.directory.query import DirectoryQuery
from ancrage.register.directory.vocabulary import MOST_IN_WORKBOOK, Order, Told
from ancrage.reports.structures.directory import COLUMNS, cell_of
from ancrage.web.again import asked_again
from ancrage.web.asking import answered, page_of, shape_of, telling_of
from ancrage.web.structures.country import country_of
from ancrage.web.structures.filters import filters
from ancrage.web.structures.tiles import tiles_addresses

EVERYWHERE = "fr"


@kept
def listing(request: HttpRequest) -> HttpResponse:
    """Structures that answer, the filters, the map; the whole list with ``?format=``."""
    if shape_of(request).id != "html":
        return answered(request, ("structures",))
    try:
        telling = telling_of(request, ("structures",), after=place_of(request, request.GET.get("apres")))
    except AncrageError as error:
        typed = {name: request.GET.get(name, "") for name in ("t", "vend", "q")}
        typed["t"] = typed["t"] or request.GET.get("territoire", "")
        return asked_again(request, error, "structures/again.html.j2", typed=typed)
    facts = telling.answer.facts
    everything = facts.query.everything and facts.query.territory.on == opened().today
    tiles = tiles_addresses() if everything else ""
    return page_of(
        request,
        telling,
        template="structures/listing.html.j2",
        query=facts.query,
        facets=facts.facets,
        page=facts,
        filters=filters(facts.facets, request.GET),
        tiles=tiles,
        country=country_of(opened().atlas) if tiles else None,
        typed={"t": place_words(facts.query), "vend": facts.query.selling, "q": facts.query.text},
        columns=facts.columns or SHOWN,
        most_in_workbook=MOST_IN_WORKBOOK,
        orders=orders(request, facts.query),
        chosen_order=request.GET.get("tri", ""),
        told_columns=COLUMNS,
        cell_of=cell_of,
        asked=_without(request, "apres"),
        next=_with(request, apres=signed(request, facts.after)) if facts.after else "",
        **days(),
        **labels(),
    )


SHOWN = (Told.COMMUNE_NAME, Told.ACTIVITY, Told.BAND)
"""The columns of the page, unless others are chosen."""


def days() -> dict[str, Any]:
    """The days that may be asked."""
    return {"first_day": opened().atlas.first_day, "today": opened().today}


def place_words(query: DirectoryQuery) -> str:
    """Where it looks, as one types it: nothing for the whole country."""
    territory = query.territory
    if territory.code.code == EVERYWHERE:
        return ""
    code = str(territory.code)
    name = code if territory.code.kind == "ensemble" else f"{territory.name} ({code})"
    return (
        f"{number(query.radius_km, 0 if query.radius_km % 1 == 0 else 1)} km {of(name)}"
        if query.radius_km
        else name
    )


def orders(request: HttpRequest, query: DirectoryQuery) -> tuple[tuple[str, str, bool], ...]:
    """The ways to sort: words, address, whether it is the one in use."""
    possible = [one for one in Order if one is not Order.DISTANCE or query.radius_km]
    return tuple(
        (one.label, f"?{_with(request, tri=one.value, apres='')}", one is query.order) for one in possible
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
    """The address asked, with these fields; an empty one is left out."""
    changed = request.GET.copy()
    for name, value in fields.items():
        changed.pop(name, None)
        if value:
            changed[name] = value
    return changed.urlencode()
