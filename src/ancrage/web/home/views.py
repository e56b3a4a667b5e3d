"""The home page."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.reports.wording import FICTITIOUS

EXAMPLES = (
    ("23077", "Faux-la-Montagne", "une commune de montagne, dans la Creuse"),
    ("200044014", "CC Creuse Grand Sud", "une intercommunalité"),
    ("dep:23", "Creuse", "un département"),
)


@kept
def home(request: HttpRequest) -> HttpResponse:
    """One field, the five questions, and where the figures come from."""
    manifest = opened().atlas.warehouse.manifest
    fictitious = any(source.get("fictitious") for source in manifest["sources"])
    return render(
        request,
        "home.html.j2",
        {"examples": EXAMPLES, "fictitious": fictitious, "words": FICTITIOUS, "manifest": manifest},
    )
