"""A form that asks for a task, a page that follows it, its file."""

import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.desk.opened import opened
from ancrage.desk.origins import from_our_pages
from ancrage.desk.visitors import mark_of
from ancrage.errors import UnknownTaskError
from ancrage.reports.formats import FORMATS
from ancrage.tasks import asking
from ancrage.tasks.kinds import get_kind, kinds
from ancrage.tasks.models import Job, JobResult

FIELDS = ("territoire", "le", "forme", "aides", "parametres", "question")
LONGEST = 2000


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@from_our_pages
def tasks(request: HttpRequest) -> HttpResponse:
    """The form; sent, it leads to its task."""
    if request.method == "POST":
        return _ask(request)
    asked = {name: request.GET.get(name, "")[:LONGEST] for name in (*FIELDS, "sorte")}
    told = {
        "kinds": [one for one in kinds().values() if one.long],
        "asked": asked,
        "now": opened(),
        "wanted": _wanted(asked["question"]),
        "formats": [one for one in FORMATS.values() if one.id != "terminal" and one.written_by],
    }
    return render(request, "tasks/index.html.j2", told)


def _wanted(address: str) -> str:
    """The question that a page could not answer at once, in words; empty when none led here."""
    name = address.partition("?")[0]
    return get_kind(name).label if name else ""


def _ask(request: HttpRequest) -> HttpResponse:
    parameters = {name: request.POST.get(name, "")[:LONGEST].strip() for name in FIELDS}
    kind = request.POST.get("sorte", "") or parameters["question"].partition("?")[0]
    job = asking.ask(kind, parameters, edition=opened().edition, asker=mark_of(request))
    response = redirect("task", job.id)
    response.status_code = 303
    return response


@never_cache
@require_safe
def show(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:
    """Where a task stands."""
    return render(request, "tasks/show.html.j2", _told(identifier))


@never_cache
@require_safe
def state(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:
    """The same as a fragment, asked again and again while the task lives."""
    return render(request, "tasks/state.html.j2", _told(identifier))


def _told(identifier: uuid.UUID) -> dict[str, object]:
    job = asking.find(identifier)
    file = JobResult.objects.filter(pk=job.pk).only("filename").first() if job.succeeded else None
    return {"job": job, "label": _label(job), "file": file.filename if file else None}


def _label(job: Job) -> str:
    try:
        return get_kind(job.kind).label
    except UnknownTaskError:
        return job.kind


@never_cache
@require_POST
@from_our_pages
def give_up(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:  # noqa: ARG001 read by the decorators
    """Give it up."""
    asking.cancel(identifier)
    response = redirect("task", identifier)
    response.status_code = 303
    return response


@never_cache
@require_safe
def result(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:  # noqa: ARG001 named by Django
    """Its file, while it is kept."""
    job = asking.find(identifier)
    found = JobResult.objects.filter(pk=job.pk).first()
    if found is None:
        raise UnknownTaskError("Ce travail n'a pas de résultat.", "Voyez où il en est sur sa page.")
    return HttpResponse(
        bytes(found.content),
        content_type=found.content_type,
        headers={"Content-Disposition": f'attachment; filename="{found.filename}"'},
    )
