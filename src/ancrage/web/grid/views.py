"""The form, the evaluation it leads to, and files in both directions. Nothing is stored."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.desk.origins import from_our_pages
from ancrage.edition.opened import Opened
from ancrage.errors import AncrageError, GridFileError
from ancrage.grid.assessment import GridFile, Role
from ancrage.grid.criteria import ACTOR_LABELS, Actor, criteria
from ancrage.grid.evaluation import evaluate
from ancrage.grid.files import read_grid_bytes, write_grid_text
from ancrage.reports.grid.sheet import grid_sheet
from ancrage.reports.grid.wording import origin_mark
from ancrage.territories.resolving import resolve
from ancrage.web.grid.told import grid_of
from ancrage.web.sheets import sheet_page

HEAVIEST = 500_000


@kept
def form(request: HttpRequest) -> HttpResponse:
    """Fifteen questions, each with its five levels described and « je ne sais pas »."""
    told = {
        "criteria": criteria(),
        "roles": list(Role),
        "actors": {one: label for one, label in ACTOR_LABELS.items() if one is not Actor.STRUCTURE},
        "mark": origin_mark,
        "asked": request.GET,
        "now": opened(),
    }
    return render(request, "grid/form.html.j2", told)


@kept
def evaluation(request: HttpRequest) -> HttpResponse:
    """What the address tells, evaluated."""
    now = opened()
    found = grid_of(request.GET, today=now.today)
    return _evaluated(request, now, found, request.GET.get("pour", ""), query=request.GET.urlencode())


@kept
def file(request: HttpRequest) -> HttpResponse:
    """The assessment as the file that the command line reads, and this site too."""
    text = write_grid_text(grid_of(request.GET, today=opened().today))
    headers = {"Content-Disposition": 'attachment; filename="grille.yaml"'}
    return HttpResponse(text, content_type="application/yaml; charset=utf-8", headers=headers)


@csrf_exempt
@require_POST
@from_our_pages
def upload(request: HttpRequest) -> HttpResponse:
    """A file of assessments, evaluated and forgotten. Raises :class:`GridFileError` with every fault."""
    given = request.FILES.get("fichier")
    if given is None:
        raise GridFileError("Aucun fichier n'est joint.", "Joignez un fichier YAML ou JSON.")
    if given.size is None or given.size > HEAVIEST:
        raise GridFileError(
            "Le fichier dépasse 500 ko.", "Joignez un fichier d'évaluations, en YAML ou en JSON."
        )
    now = opened()
    found = read_grid_bytes(given.read(), given.name or "", today=now.today)
    return _evaluated(request, now, found, request.POST.get("pour", ""))


def _evaluated(
    request: HttpRequest, now: Opened, found: GridFile, authority: str, *, query: str = ""
) -> HttpResponse:
    if authority and authority not in set(Actor):
        raise GridFileError(
            f"« {authority[:40]} » n'est pas un décideur connu.", f"Possible : {', '.join(Actor)}."
        )
    result = evaluate(found.assessments, on=now.today, authority=Actor(authority) if authority else None)
    sheet = grid_sheet(found.structure, result, place=_place(now, found.structure.commune))
    return sheet_page(request, sheet, template="grid/evaluation.html.j2", query=query)


def _place(now: Opened, commune: str) -> str:
    try:
        return f"{resolve(now.atlas, commune, on=now.today).name} ({commune})"
    except AncrageError:
        return f"Commune {commune} (inconnue ce jour-là)"
