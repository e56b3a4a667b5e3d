"""The home page."""

import re
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ancrage.desk.asking import territory_of
from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.desk.publisher import logo_file, publisher_shown
from ancrage.edition.opened import Opened
from ancrage.errors import AncrageError
from ancrage.language.folding import spaced
from ancrage.questions.overview import overview
from ancrage.questions.question import Asking
from ancrage.reports.overview import wording
from ancrage.web.home.country import drawing, regions

EXAMPLES = (
    ("23077", "Faux-la-Montagne", "une commune de montagne"),
    ("200044014", "CC Creuse Grand Sud", "une intercommunalité"),
    ("dep:23", "Creuse", "un département"),
)
SHOWN = "200044014"
"""The territory whose first screen is shown as an example."""
LATEST = 6
KINDS = {".svg": "image/svg+xml", ".png": "image/png"}
YEAR = re.compile(r"\b20\d\d\b")


@kept
def home(request: HttpRequest) -> HttpResponse:
    """The page of the publisher's territory, when it has one; otherwise that of the country."""
    now, place = opened(), publisher_shown().territory
    try:
        own = territory_of(now, place, on=now.today) if place else None
    except AncrageError:
        own = None  # told by the health of the server
    return country(request) if own is None else redirect("territory", str(own.code))


@never_cache
@require_safe
def logo(_request: HttpRequest) -> HttpResponse:
    """The logo of the publisher."""
    file = logo_file(publisher_shown())
    if file is None:
        raise Http404
    return HttpResponse(file.read_bytes(), content_type=KINDS[file.suffix])


@kept
def country(request: HttpRequest) -> HttpResponse:
    """One field, three doors, a map, an example, and what came last."""
    now = opened()
    return render(
        request,
        "home.html.j2",
        {
            "examples": EXAMPLES,
            "example": overview(Asking(now, now.today), territory_of(now, SHOWN, on=now.today)),
            "regions": regions(now.atlas, now.atlas.vintage_on(now.today)),
            "drawing": drawing(),
            "latest": latest(now),
            "told": wording,
        },
    )


def latest(now: Opened) -> list[dict[str, Any]]:
    """The sources of the edition whose vintage is the most recent, those of demonstration left out."""
    sources = now.atlas.warehouse.manifest["sources"]
    once = {one["title"]: one for one in sources if not (one.get("fictitious") or one.get("sample"))}
    return sorted(once.values(), key=lambda one: (-_year(one, now.today), spaced(one["title"])))[:LATEST]


def _year(source: dict[str, Any], today: date) -> int:
    """The last year past of a vintage: « 2024 (programme 2023-2027) » is of 2024 until 2027."""
    years = (int(year) for year in YEAR.findall(source["vintage"]))
    return max((year for year in years if year <= today.year), default=0)
