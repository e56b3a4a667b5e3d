"""The portrait of a territory. What people agree to is read each time: who withdraws is named no more."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import patch_cache_control

from ancrage.desk.asking import day_of, territory_of
from ancrage.desk.opened import opened
from ancrage.questions.portrait import PAPERS, Paper
from ancrage.reports.formats import FORMATS
from ancrage.reports.portrait.calendar import atom
from ancrage.reports.portrait.sentences import event_words, how_many
from ancrage.reports.topic import Telling
from ancrage.web.asking import answered, asked_of, asking_for
from ancrage.web.embed.views import framed
from ancrage.web.navigation import link_of
from ancrage.web.territory.tabs import with_query
from ancrage.web.territory.views import around, elsewhere, mapped

SECONDS = 60
"""How long anybody may keep what is shown: a withdrawal is seen within the minute."""
TAKEN = (
    (Paper.ARTICLE, "docx", "à modifier (DOCX)"),
    (Paper.AFFICHE, "pdf", "à imprimer en A3 (PDF)"),
    (Paper.AFFICHE_A4, "pdf", "à imprimer en A4 (PDF)"),
    (Paper.MESSAGES, "docx", "à modifier (DOCX)"),
    (Paper.COMMUNIQUE, "docx", "à modifier (DOCX)"),
)
"""What a town hall takes away, in the order it is asked for."""


def show(request: HttpRequest, code: str) -> HttpResponse:
    """The portrait, and what is made of it."""
    return _told(request, code, "territory-portrait", "portrait/show.html.j2")


@framed
def frame(request: HttpRequest, code: str) -> HttpResponse:
    """The portrait in the frame of another site."""
    return _told(request, code, "embed-portrait", "portrait/frame.html.j2")


def _told(request: HttpRequest, code: str, page: str, template: str) -> HttpResponse:
    now = opened()
    territory = territory_of(now, code, on=day_of(request, now))
    if there := elsewhere(request, territory, code, page):
        return there
    told: dict[str, Any] = {**around(request, now, territory, code), **mapped(now, territory)}
    found = answered(
        request,
        ("portrait",),
        template=template,
        adding=_brief,
        event_words=event_words,
        taken=_taken(code, told["day_words"]),
        **told,
    )
    return _briefly(found)


def _brief(telling: Telling) -> dict[str, object]:
    return {"brief": tuple(how_many(telling.answer.facts))}


def _taken(code: str, day: dict[str, str]) -> tuple[tuple[str, str, str], ...]:
    page = reverse("territory-portrait", args=[code])
    return tuple(
        (PAPERS[paper], with_query(page, {**day, "document": paper.value, "format": shape}), words)
        for paper, shape, words in TAKEN
    )


def agenda(request: HttpRequest, code: str) -> HttpResponse:
    """What happens, for an agenda that reads it again by itself."""
    written = FORMATS["ics"].write(_telling(request, code))
    return _briefly(HttpResponse(written, content_type=FORMATS["ics"].mime))


def feed(request: HttpRequest, code: str) -> HttpResponse:
    """The same as an Atom feed."""
    page = request.build_absolute_uri(reverse("territory-portrait", args=[code]))
    written = atom(_telling(request, code), page, request.build_absolute_uri())
    return _briefly(HttpResponse(written, content_type="application/atom+xml; charset=utf-8"))


def _telling(request: HttpRequest, code: str) -> Telling:
    question = asked_of(request, ("portrait",), territoire=code)
    return Telling(question.answer(asking_for(FORMATS["html"])), link_of, origin=settings.SITE_ORIGIN)


def _briefly(response: HttpResponse) -> HttpResponse:
    patch_cache_control(response, public=True, max_age=SECONDS)
    return response
