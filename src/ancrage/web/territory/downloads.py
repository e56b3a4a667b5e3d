"""The diagnosis and the overview as files."""

from django.http import Http404, HttpRequest, HttpResponse

from ancrage.desk.keeping import kept
from ancrage.reports.formats import FORMATS
from ancrage.reports.topic import Telling, topic_of
from ancrage.web.asking import TAKEN_AWAY, asked_of, asking_for
from ancrage.web.navigation import link_of


@kept
def diagnosis(request: HttpRequest, code: str, shape: str) -> HttpResponse:
    """The diagnosis in one of the shapes a page offers."""
    return _written(request, code, shape, "diagnostic")


@kept
def overview(request: HttpRequest, code: str, shape: str) -> HttpResponse:
    """What the first screen says, in one of the same shapes."""
    return _written(request, code, shape, "apercu")


def _written(request: HttpRequest, code: str, shape: str, name: str) -> HttpResponse:
    if shape not in TAKEN_AWAY or not FORMATS[shape].suits(topic_of(name)):
        raise Http404(shape)
    wanted = FORMATS[shape]
    answer = asked_of(request, (name,), territoire=code).answer(asking_for(wanted))
    place = answer.territory.code.code if answer.territory else code
    title = f"{name}-{place}-{answer.on}.{wanted.suffix}"
    return _file(wanted.write(Telling(answer, link_of)), wanted.mime, title)


def _file(content: str | bytes, kind: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=kind, headers=headers)
