"""The diagnosis as a file, and several side by side as a workbook."""

from django.http import Http404, HttpRequest, HttpResponse

from ancrage.desk.asking import day_of
from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.reports.diagnosis.xlsx import comparison_xlsx
from ancrage.reports.formats import FORMATS
from ancrage.reports.topic import Telling
from ancrage.web.asking import TAKEN_AWAY, asked_of, asking_for
from ancrage.web.navigation import link_of
from ancrage.web.territory.compared import compared


@kept
def diagnosis(request: HttpRequest, code: str, shape: str) -> HttpResponse:
    """The diagnosis in one of the shapes a page offers."""
    if shape not in TAKEN_AWAY:
        raise Http404(shape)
    wanted = FORMATS[shape]
    answer = asked_of(request, ("diagnostic",), territoire=code).answer(asking_for(wanted))
    place = answer.territory.code.code if answer.territory else code
    name = f"diagnostic-{place}-{answer.on}.{wanted.suffix}"
    return _file(wanted.write(Telling(answer, link_of)), wanted.mime, name)


@kept
def comparison(request: HttpRequest) -> HttpResponse:
    """Up to four territories side by side, as a workbook."""
    now = opened()
    on = day_of(request, now)
    diagnoses = compared(request, now, on)
    if not diagnoses:
        raise Http404("nothing to compare")
    return _file(comparison_xlsx(diagnoses), FORMATS["xlsx"].mime, f"comparaison-{on}.xlsx")


def _file(content: str | bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
