"""A page made from questions: the address read, the answer told as a page or as the file asked."""

from collections.abc import Callable, Mapping, Sequence
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse

from ancrage.desk.opened import opened
from ancrage.language.folding import address
from ancrage.questions.question import Asking, Question
from ancrage.questions.reading import choose
from ancrage.questions.registry import question_named
from ancrage.reports.formats import FORMATS, Format
from ancrage.reports.sheet import Chart, Section
from ancrage.reports.topic import Telling
from ancrage.spreadsheets import MACHINES
from ancrage.web.documentation.reading import PAGES
from ancrage.web.navigation import link_of

SECONDS = 8.0
"""Longest search that a page makes: past it, the answer tells the gap to the best."""
TAKEN_AWAY = ("pdf", "docx", "xlsx", "csv", "csv-machine", "geojson", "json")
"""Shapes a page offers as files."""
FILE_WORDS = {
    "pdf": "à imprimer (PDF)",
    "docx": "à modifier (DOCX)",
    "xlsx": "tableur (XLSX)",
    "csv": "tableau (CSV)",
    "geojson": "carte (GeoJSON)",
    "json": "pour un logiciel",
    "csv-machine": "tableau pour un logiciel (CSV)",
    "html": "page",
    "pptx": "diapositives (PPTX)",
    "ics": "agenda",
}
"""What each file is for, as a page offers it."""
OFFERED = (*TAKEN_AWAY, "pptx", "ics")
"""The same, and those that few answers take."""


def asked_of(
    request: HttpRequest, names: Sequence[str], also: Mapping[str, Sequence[str]] | None = None, **path: str
) -> Question:
    """The question of an address: the first of ``names`` that it asks.

    ``also``: what its form says under other names; ``path``: what its path says.

    Raises :class:`ancrage.errors.InvalidQuestionError`.
    """
    words: dict[str, Sequence[str]] = dict(request.GET.lists())
    words |= also or {}
    words |= {name: [value] for name, value in path.items()}
    return choose([question_named(name) for name in names], words)


def shape_of(request: HttpRequest) -> Format:
    """The shape asked (``?format=pdf``); the page by default."""
    wanted = request.GET.get("format", "")
    return FORMATS[wanted] if wanted in OFFERED else FORMATS["html"]


def answered(
    request: HttpRequest,
    names: Sequence[str],
    *,
    template: str = "sheet_page.html.j2",
    words: Mapping[str, Sequence[str]] | None = None,
    shape: Format | None = None,
    adding: Callable[[Telling], Mapping[str, object]] | None = None,
    **around: object,
) -> HttpResponse:
    """The page of the question that an address asks, or its file; a long one is led to the background tasks.

    ``names``: the questions it may be, as :func:`choose` reads them. ``words``: what is said otherwise than
    by the address. ``shape``: that of the path, rather than of ``?format=``. ``around``: what the template
    adds; ``code`` there is the territory that the path names. ``adding``: what it adds from the answer.
    """
    path = {"territoire": str(around["code"])} if "code" in around else {}
    question = asked_of(request, names, words, **path)
    wanted = shape or shape_of(request)
    asking = asking_for(wanted)
    if question.heavy(asking):
        return redirect(address_of_task(question, wanted))
    telling = Telling(question.answer(asking), link_of, origin=settings.SITE_ORIGIN)
    if wanted.id != "html":
        return file_of(telling, wanted)
    return page_of(request, telling, template=template, **around, **(adding(telling) if adding else {}))


def asking_for(shape: Format, *, after: str | None = None) -> Asking:
    """The circumstances of a page or of a file: its edition, its day, what it shows."""
    now = opened()
    drawn = shape.drawn and shape.id != "html"
    return Asking(now, now.today, drawn=drawn, paged=True, seconds=SECONDS, after=after)


def telling_of(request: HttpRequest, names: Sequence[str], *, after: str | None = None) -> Telling:
    """The answer that an address asks, about to be told as a page. ``after``: where its page begins."""
    question = asked_of(request, names)
    return Telling(question.answer(asking_for(FORMATS["html"], after=after)), link_of)


def file_of(telling: Telling, shape: Format) -> HttpResponse:
    """An answer as a file to take away. Raises :class:`Http404` for a shape that it does not have."""
    try:
        written = shape.write(telling)
    except LookupError as error:
        raise Http404(shape.id) from error
    told = (
        f"{telling.answer.question.name} {telling.sheet.title}"
        if telling.sheet.fitted
        else telling.sheet.title
    )
    name = address(told)[:60].strip("-") or "ancrage"
    disposition = f'attachment; filename="{name}.{shape.suffix}"'
    return HttpResponse(written, content_type=shape.mime, headers={"Content-Disposition": disposition})


def page_of(
    request: HttpRequest, telling: Telling, *, template: str = "sheet_page.html.j2", **around: object
) -> HttpResponse:
    """The page of an answer: its sheet, what makes its charts interactive, its files."""
    sheet = telling.sheet
    told = {
        "s": sheet,
        "answer": telling.answer,
        "files": [(one, f"?{_with(request.GET, one)}") for one in _files(telling)],
        "specs": specs_of(sheet.sections),
        "fictitious": sheet.fictitious,
        "method": sheet.method if sheet.method in PAGES else "",
    }
    return render(request, template, told | around)


def _files(telling: Telling) -> tuple[str, ...]:
    return tuple(one for one in OFFERED if one != MACHINES.name and FORMATS[one].suits(telling.topic))


def _with(asked: QueryDict, shape: str) -> str:
    changed = asked.copy()
    changed["format"] = shape
    return changed.urlencode()


def specs_of(sections: Sequence[Section]) -> Mapping[str, object]:
    """What makes the charts of some sections interactive."""
    return {
        block.id: block.spec
        for section in sections
        for block in section.blocks
        if isinstance(block, Chart) and block.spec is not None
    }


def address_of_task(question: Question, shape: Format) -> str:
    """The form of the background tasks, filled with a question."""
    told = {"question": question.address, "forme": shape.id}
    return f"{reverse('tasks')}?{urlencode(told)}"
