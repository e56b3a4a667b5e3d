"""Every public data set: who publishes it, under which licence, and what is here of it."""

from django.http import HttpRequest, HttpResponse

from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.reports.sources.absence import absence_of
from ancrage.web.asking import answered


@kept
def index(request: HttpRequest) -> HttpResponse:
    """The list, with what the edition in force took of each."""
    manifest = opened().atlas.warehouse.manifest
    return answered(
        request,
        ("sources",),
        template="sources/index.html.j2",
        absence_of=absence_of,
        built=manifest.get("built_at", ""),
        fictitious=any(row.get("fictitious") for row in manifest["sources"]),
    )
