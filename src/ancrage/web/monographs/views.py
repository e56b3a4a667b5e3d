"""The cases: list and search, one of them with those like it, the volume."""

from django.http import HttpRequest, HttpResponse

from ancrage.desk.asking import day_of, territory_of
from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.errors import MonographError
from ancrage.levers.catalogue import read_levers
from ancrage.monographs.catalogue import read_monographs
from ancrage.monographs.comparing import compare
from ancrage.monographs.declaration import Category
from ancrage.monographs.places import place
from ancrage.monographs.searching import search
from ancrage.monographs.volume import volume
from ancrage.register.catalogue import families, workforce_bands
from ancrage.reports.monographs.sheet import alike_sheet, case_sheet, list_sheet, told_traits
from ancrage.territories.zonings.declaration import load_zonings
from ancrage.web.monographs.asked import category_of, filtered, traits_of
from ancrage.web.sheets import sheet_page

LONGEST = 200


@kept
def index(request: HttpRequest) -> HttpResponse:
    """The cases, all or those that answer to the words and filters of the address."""
    asked = request.GET
    typed = asked.get("q", "")[:LONGEST].strip()
    every = read_monographs().cases
    found = search(every, typed) if typed else ()
    cases = filtered(opened().atlas, [one.case for one in found] if typed else every, asked)
    around = {"cases": cases, "typed": typed, "asked": asked, "categories": list(Category)}
    sheet = list_sheet(cases, found=found, typed=typed)
    return sheet_page(request, sheet, template="monographs/index.html.j2", **around, **_choices())


@kept
def alike(request: HttpRequest) -> HttpResponse:
    """The cases from the most to the least like one's own, trait by trait."""
    now, asked = opened(), request.GET
    wanted = traits_of(asked)
    code = asked.get("territoire", "").strip()
    where = territory_of(now, code, on=day_of(request, now)) if code else None
    found = compare(now.atlas, read_monographs().cases, wanted, where.code if where else None)
    told = f"Votre cas : {told_traits(wanted, where.name if where else None)}."
    around = {"asked": asked, "cases": [one.case for one in found], "told": bool(asked)}
    sheet = alike_sheet(found, told=told)
    return sheet_page(request, sheet, template="monographs/alike.html.j2", **around, **_choices())


def _choices() -> dict[str, object]:
    return {
        "tools": read_levers().tools.values(),
        "zonings": load_zonings().values(),
        "families": families().values(),
        "bands": workforce_bands().values(),
    }


@kept
def show(request: HttpRequest, identifier: str) -> HttpResponse:
    """A case, its place on the day it was studied."""
    return sheet_page(request, case_sheet(place(opened().atlas, read_monographs().get(identifier))))


@kept
def volume_file(request: HttpRequest) -> HttpResponse:
    """Every case, or those of a category, as one Markdown file."""
    category = category_of(request.GET)
    cases = [one for one in read_monographs().cases if category in (None, one.header.category)]
    if not cases:
        raise MonographError("Aucun cas n'est de cette catégorie.", "Prenez le volume entier.")
    return HttpResponse(
        volume(cases, category),
        content_type="text/markdown; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="monographies.md"'},
    )
