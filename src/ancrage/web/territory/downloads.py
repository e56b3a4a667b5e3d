"""The diagnosis as a file."""

from django.http import Http404, HttpRequest, HttpResponse

from ancrage.desk.keeping import kept
from ancrage.reports.formats import FORMATS
from ancrage.reports.topic import Telling
from ancrage.web.asking import TAKEN_AWAY, asked_of, asking_for
from ancrage.web.navigation import link_of


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


def _file(content: str | bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
