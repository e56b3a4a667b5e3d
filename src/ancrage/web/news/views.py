"""What changed in a territory: a page, a feed, an agenda of last days."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from ancrage.changes.noting import Sort
from ancrage.desk.asking import day_of, territory_of
from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.reports.changes.feed import atom
from ancrage.reports.changes.wording import compared_words, sides, subject
from ancrage.reports.formats import FORMATS
from ancrage.reports.topic import Telling
from ancrage.web.asking import answered, asked_of, asking_for
from ancrage.web.navigation import link_of
from ancrage.web.territory.views import around, elsewhere

SPANS = ((31, "un mois"), (92, "trois mois"), (365, "un an"), (1096, "trois ans"))
"""How far back a press leads."""
SHOWN = 12
"""Changes of a sort that are shown before the rest is unfolded."""
UNFOLDED = 200
"""Those that the page holds; the files to take away hold them all."""


@kept
def show(request: HttpRequest, code: str) -> HttpResponse:
    """What changed since a day."""
    now = opened()
    territory = territory_of(now, code, on=day_of(request, now))
    if there := elsewhere(request, territory, code, "territory-news"):
        return there
    return answered(
        request,
        ("nouveautes",),
        template="news/show.html.j2",
        sorts=tuple(Sort),
        sides=sides,
        subject=subject,
        compared=compared_words,
        shown=SHOWN,
        unfolded=UNFOLDED,
        spans=_spans(territory.on),
        **around(request, now, territory, code),
    )


def _spans(on: date) -> list[tuple[str, str]]:
    return [((on - timedelta(days=days)).isoformat(), words) for days, words in SPANS]


@kept
def feed(request: HttpRequest, code: str) -> HttpResponse:
    """The same as an Atom feed."""
    telling = _telling(request, code)
    page = request.build_absolute_uri(reverse("territory-news", args=[code]))
    built = datetime.fromisoformat(opened().atlas.warehouse.manifest["built_at"])
    written = atom(telling, page, request.build_absolute_uri(), built)
    return HttpResponse(written, content_type="application/atom+xml; charset=utf-8")


@kept
def agenda(request: HttpRequest, code: str) -> HttpResponse:
    """The last days of aids, for an agenda that reads them again by itself."""
    written = FORMATS["ics"].write(_telling(request, code))
    return HttpResponse(written, content_type=FORMATS["ics"].mime)


def _telling(request: HttpRequest, code: str) -> Telling:
    asking = asking_for(FORMATS["html"])
    question = asked_of(request, ("nouveautes",), territoire=code)
    return Telling(question.answer(asking), link_of, origin=settings.SITE_ORIGIN)
