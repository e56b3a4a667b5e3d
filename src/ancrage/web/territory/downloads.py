"""The diagnosis as a file, and several side by side as a workbook."""

from collections.abc import Callable
from functools import partial

from django.http import Http404, HttpRequest, HttpResponse

from ancrage.desk.asking import day_of, territory_of
from ancrage.desk.diagnosing import diagnosis_of
from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.diagnosis.model import Diagnosis
from ancrage.reports.diagnosis.csv import diagnosis_csv
from ancrage.reports.diagnosis.geojson import diagnosis_geojson
from ancrage.reports.diagnosis.schema import render_json
from ancrage.reports.diagnosis.sheet import diagnosis_sheet
from ancrage.reports.diagnosis.xlsx import comparison_xlsx, diagnosis_xlsx
from ancrage.reports.formats.docx import render_sheet_docx
from ancrage.reports.formats.pdf import render_sheet_pdf
from ancrage.spreadsheets import MACHINES, MEDIA_TYPE
from ancrage.web.territory.compared import compared

OFFICE = "application/vnd.openxmlformats-officedocument"
WORKBOOK = f"{OFFICE}.spreadsheetml.sheet"
Write = Callable[[Diagnosis], str | bytes]
SHAPES: dict[str, tuple[str, Write]] = {
    "pdf": ("application/pdf", lambda diagnosis: render_sheet_pdf(diagnosis_sheet(diagnosis))),
    "docx": (
        f"{OFFICE}.wordprocessingml.document",
        lambda diagnosis: render_sheet_docx(diagnosis_sheet(diagnosis)),
    ),
    "xlsx": (WORKBOOK, diagnosis_xlsx),
    "csv": (MEDIA_TYPE, diagnosis_csv),
    "csv-machine": (MEDIA_TYPE, partial(diagnosis_csv, convention=MACHINES)),
    "geojson": ("application/geo+json", diagnosis_geojson),
    "json": ("application/json", render_json),
}


@kept
def diagnosis(request: HttpRequest, code: str, shape: str) -> HttpResponse:
    """The diagnosis in one of ``SHAPES``."""
    if shape not in SHAPES:
        raise Http404(shape)
    now = opened()
    territory = territory_of(now, code, on=day_of(request, now))
    kind, write = SHAPES[shape]
    name = f"diagnostic-{territory.code.code}-{territory.on}.{shape.removesuffix('-machine')}"
    return _file(write(diagnosis_of(now, territory)), kind, name)


@kept
def comparison(request: HttpRequest) -> HttpResponse:
    """Up to four territories side by side, as a workbook."""
    now = opened()
    on = day_of(request, now)
    diagnoses = compared(request, now, on)
    if not diagnoses:
        raise Http404("nothing to compare")
    return _file(comparison_xlsx(diagnoses), WORKBOOK, f"comparaison-{on}.xlsx")


def _file(content: str | bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
