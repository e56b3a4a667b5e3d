"""The form, the evaluation it leads to, and files in both directions. Nothing is stored."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.desk.origins import from_our_pages
from ancrage.errors import AncrageError, GridFileError, InvalidCodeError
from ancrage.grid.assessment import Role
from ancrage.grid.criteria import ACTOR_LABELS, Actor, criteria
from ancrage.grid.files import read_grid_bytes, write_grid_text
from ancrage.grid.sheet import sheet_text
from ancrage.questions.grid import HEAVIEST, GridQuestion, GridTextQuestion
from ancrage.questions.reading import read
from ancrage.reports.formats import FORMATS
from ancrage.reports.grid.wording import origin_mark
from ancrage.reports.topic import Telling
from ancrage.spreadsheets import MEDIA_TYPE
from ancrage.territories.codes import Kind, TerritoryCode
from ancrage.territories.resolving import resolve
from ancrage.web.again import asked_again
from ancrage.web.asking import answered, asking_for, page_of, shape_of
from ancrage.web.navigation import link_of

TEMPLATE = "grid/evaluation.html.j2"
FORM = "grid/form.html.j2"
JUDGEMENTS = {"niveau": "n", "niveau2": "m"}
"""What the fields of the form that tell each judgement begin with: ``n_tresorerie=3``."""


@kept
def form(request: HttpRequest) -> HttpResponse:
    """Fifteen questions, each with its five levels described and « je ne sais pas »."""
    return render(request, FORM, _around(request))


def _around(request: HttpRequest) -> dict[str, Any]:
    return {
        "criteria": criteria(),
        "roles": list(Role),
        "actors": {one: label for one, label in ACTOR_LABELS.items() if one is not Actor.STRUCTURE},
        "mark": origin_mark,
        "asked": request.GET,
        "now": opened(),
    }


@kept
def evaluation(request: HttpRequest) -> HttpResponse:
    """What the address tells, evaluated; what it tells wrongly is asked again, every answer kept."""
    query = request.GET.urlencode()
    try:
        words = {**_levels(request), **_commune(request)}
        return answered(request, ("grille",), template=TEMPLATE, words=words, query=query)
    except AncrageError as error:
        if shape_of(request).id != "html":
            raise
        return asked_again(request, error, FORM, **_around(request))


@kept
def file(request: HttpRequest) -> HttpResponse:
    """The assessment as the file that the command line reads, and this site too."""
    question = read(GridQuestion, {**dict(request.GET.lists()), **_levels(request)})
    text = write_grid_text(question.grid_file(asking_for(FORMATS["html"])))
    headers = {"Content-Disposition": 'attachment; filename="grille.yaml"'}
    return HttpResponse(text, content_type="application/yaml; charset=utf-8", headers=headers)


@kept
def model(_request: HttpRequest) -> HttpResponse:
    """The sheet to fill, as a CSV that spreadsheets open."""
    headers = {"Content-Disposition": 'attachment; filename="grille.csv"'}
    return HttpResponse(sheet_text(), content_type=MEDIA_TYPE, headers=headers)


@csrf_exempt
@require_POST
@from_our_pages
def upload(request: HttpRequest) -> HttpResponse:
    """A file of assessments, evaluated and forgotten. Raises :class:`GridFileError` with every fault."""
    given = request.FILES.get("fichier")
    if given is None:
        raise GridFileError(
            "Aucun fichier n'est joint.", "Joignez un classeur, ou un fichier CSV, YAML ou JSON."
        )
    if given.size is None or given.size > HEAVIEST:
        raise GridFileError(
            "Le fichier dépasse 500 ko.", "Joignez un fichier d'évaluations : classeur, CSV, YAML ou JSON."
        )
    name = (given.name or "")[:100]
    asking = asking_for(FORMATS["html"])
    text = write_grid_text(read_grid_bytes(given.read(), name, today=asking.on))
    words = {"texte": [text], "nom_fichier": [name], "pour": [request.POST.get("pour", "")]}
    telling = Telling(read(GridTextQuestion, words).answer(asking), link_of)
    return page_of(request, telling, template=TEMPLATE, files=(), query="")


def _commune(request: HttpRequest) -> Mapping[str, Sequence[str]]:
    """The code of the commune whose name was typed. Raises :class:`AmbiguousTerritoryError` and others."""
    typed = request.GET.get("commune", "").strip()
    if not typed:
        return {}
    try:
        return {"commune": [TerritoryCode(Kind.COMMUNE, typed).code]}
    except InvalidCodeError:
        now = opened()
    found = resolve(now.atlas, typed, on=now.today)
    return {"commune": [found.code.code]} if found.kind is Kind.COMMUNE else {}


def _levels(request: HttpRequest) -> Mapping[str, Sequence[str]]:
    """Levels of the form, each under the name of its criterion, beside those of a canonical address."""
    asked = request.GET
    return {
        name: [
            *asked.getlist(name),
            *(f"{one.id}={level}" for one in criteria() if (level := asked.get(f"{prefix}_{one.id}", ""))),
        ]
        for name, prefix in JUDGEMENTS.items()
    }
