"""The form of a plan, its verification and its papers, files in both directions. Nothing is stored."""

from collections.abc import Mapping
from typing import Any

import yaml
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from ancrage.aids.catalogue import load_aids
from ancrage.desk.keeping import kept
from ancrage.desk.origins import from_our_pages
from ancrage.errors import AncrageError, FinancingFileError
from ancrage.facts.declaration import load_facts
from ancrage.financing.checking import MODEL
from ancrage.financing.files import Written, written_in
from ancrage.financing.layout import layout
from ancrage.financing.model import plan_model
from ancrage.financing.plan import Funder, Regime, Size, State
from ancrage.financing.sheet import model_text
from ancrage.financing.writing import document_of as written
from ancrage.language.folding import folded
from ancrage.language.typography import capitalised
from ancrage.questions.financing import HEAVIEST, Paper, PlanTextQuestion
from ancrage.questions.reading import read
from ancrage.reports.formats import FORMATS
from ancrage.reports.topic import Telling
from ancrage.spreadsheets import MEDIA_TYPE
from ancrage.web.asking import OFFERED, answered, asking_for, file_of, page_of
from ancrage.web.financing.faults import WORDS, Faults
from ancrage.web.financing.fields import (
    TOLD,
    Rows,
    choices,
    document_of,
    fields_of,
    padded,
    posted,
    typed_of,
)
from ancrage.web.navigation import link_of

TEMPLATE = "financing/verified.html.j2"
FORM = "financing/form.html.j2"
FEWEST_PLACES = 3
"""Places for aids in the form that asks whether they add up."""
PAPERS = {
    Paper.DEMANDE: "Budget de la demande (Cerfa 12156)",
    Paper.COMPTE_RENDU: "Compte rendu (Cerfa 15059)",
    Paper.AFFICHE: "Affiche du plan (D. 1111-8)",
    Paper.SUBVENTIONS: "Liste des subventions (SCDL)",
}


@kept
def form(request: HttpRequest) -> HttpResponse:
    """The form, empty or filled with the example."""
    document = yaml.safe_load(plan_model()) if request.GET.get("exemple") else {}
    whole, rows = typed_of(document)
    return render(request, FORM, around_fields(whole, rows))


@kept
def model(_request: HttpRequest) -> HttpResponse:
    """The plan to fill in, as a CSV that spreadsheets open."""
    headers = {"Content-Disposition": 'attachment; filename="plan-de-financement.csv"'}
    return HttpResponse(model_text(), content_type=MEDIA_TYPE, headers=headers)


@kept
def pairs(request: HttpRequest) -> HttpResponse:
    """Whether the aids chosen add up; none is chosen at first."""
    chosen = [one for one in request.GET.getlist("aide") if one.strip()]
    return answered(
        request,
        ("cumul",),
        template="financing/pairs.html.j2",
        words={"aide": chosen},
        chosen=chosen,
        places=max(FEWEST_PLACES, len(chosen) + 1),
        aids=sorted(load_aids().values(), key=lambda one: folded(one.name)),
    )


@csrf_exempt
@require_POST
@from_our_pages
def verification(request: HttpRequest) -> HttpResponse:
    """What was typed or given, verified; faults are told above the form, which keeps all that was typed."""
    if "fichier" in request.FILES:
        return _of_file(request)
    whole, rows = posted(request.POST.dict())
    if more := request.POST.get("ajouter", ""):
        return render(request, FORM, around_fields(whole, padded(rows, more)))
    return _verified(request, whole, rows)


def _of_file(request: HttpRequest) -> HttpResponse:
    """A file given, verified; a faulty one fills the form as far as it can be read, with what is to mend."""
    whole, rows = typed_of({})
    try:
        told = file_given(request)
        whole, rows = fields_of(told.document.values)
        plan = told.plan()
    except FinancingFileError as error:
        return _faulty(request, whole, rows, error)
    return _verified(request, *typed_of(written(plan)))


def file_given(request: HttpRequest) -> Written:
    """What the file given holds. Raises :class:`FinancingFileError`."""
    given = request.FILES.get("fichier")
    if given is None:
        raise FinancingFileError("Aucun fichier n'est joint.", "Joignez un plan.", MODEL)
    if given.size is None or given.size > HEAVIEST:
        raise FinancingFileError("Le fichier dépasse 500 ko.", "Donnez un plan, rien d'autre.", MODEL)
    return written_in(given.read(), (given.name or "")[:100])


def _faulty(request: HttpRequest, whole: Mapping[str, str], rows: Rows, error: AncrageError) -> HttpResponse:
    """The form with what was given in it, and what is wrong beside each field."""
    around = around_fields(whole, padded(rows), Faults.of(error, rows))
    return render(request, FORM, {**around, "failure": error}, status=400)


def _verified(request: HttpRequest, whole: Mapping[str, str], rows: Rows) -> HttpResponse:
    text = yaml.safe_dump(document_of(whole, rows), allow_unicode=True, sort_keys=False)
    shape, paper = request.POST.get("format", ""), request.POST.get("papier", "")
    words = {"texte": [text], "papier": [paper if paper in set(Paper) else ""]}
    wanted = FORMATS[shape] if shape in OFFERED else FORMATS["html"]
    try:
        telling = Telling(read(PlanTextQuestion, words).answer(asking_for(wanted)), link_of)
        if wanted.id != "html":
            return file_of(telling, wanted)
    except AncrageError as error:
        return _faulty(request, whole, rows, error)
    return page_of(
        request, telling, template=TEMPLATE, **around_fields(whole, padded(rows)), files=(), papers=PAPERS
    )


def around_fields(whole: Mapping[str, str], rows: Rows, faults: Faults | None = None) -> dict[str, Any]:
    """What the fields of a plan need: what stands in them, what is wrong, and the words of each list."""
    return {
        "words": WORDS,
        "faults": faults or Faults(),
        "whole": whole,
        "rows": rows,
        "accounts": {
            "depenses": [(one.code, f"{one.code} {one.label}") for one in layout().expenses],
            "ressources": [(one.code, f"{one.code} {one.label}") for one in layout().resources],
        },
        "states": choices(list(State)),
        "funders": choices(list(Funder)),
        "regimes": choices(list(Regime)),
        "forms": list(load_facts()["forme"].choices.items()),
        "facts": [(one, capitalised(load_facts()[one].label)) for one in TOLD],
        "known": any(whole.get(f"fait_{one}") for one in TOLD) or whole.get("porteur_chef_de_file"),
        "aids": sorted(load_aids().values(), key=lambda one: folded(one.name)),
        "sizes": choices(list(Size)),
    }
