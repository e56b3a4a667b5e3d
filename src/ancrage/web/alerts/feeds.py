"""What is followed, otherwise than by e-mail: Atom feeds, calendars; of a question, or of a person."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ancrage.alerts.following import canonical, changed, followed, kind_of, open_to_all
from ancrage.alerts.personal import all_of, owner_of, told_to
from ancrage.alerts.telling import joined, recorded
from ancrage.changes.comparing import Change
from ancrage.changes.noting import Noted
from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.edition.opened import Opened
from ancrage.errors import AncrageError, CeasedTerritoryError, DayOutOfRangeError, UnknownTerritoryError
from ancrage.questions.news import USUAL_DAYS, NewsQuestion
from ancrage.questions.question import Question
from ancrage.reports.changes.calendar import calendar_of
from ancrage.reports.changes.feed import feed_of
from ancrage.reports.formats import FORMATS

LONGEST = 2_000
ATOM = "application/atom+xml; charset=utf-8"
ICS = FORMATS["ics"].mime
NOT_THEN = (CeasedTerritoryError, DayOutOfRangeError, UnknownTerritoryError)
"""A place or a list that was not there a year ago: what was recorded since is told."""
View = Callable[[HttpRequest], HttpResponse]


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """What changed in a year of a question, as an Atom feed; a territory has its own.

    Raises what following a question raises.
    """
    return _given(request, _kept_feed, _feed)


@require_safe
def agenda(request: HttpRequest) -> HttpResponse:
    """The closing days of a search of aids, of an aid, of a situation, for an agenda that reads them again.

    Raises what following a question raises.
    """
    return _given(request, _kept_agenda, _agenda)


def _given(request: HttpRequest, keep: View, make: View) -> HttpResponse:
    """What is open to all is made once; what a situation gives is kept nowhere."""
    if kind_of(open_to_all(_asked(request))).private:
        response = make(request)
        response.headers["Cache-Control"] = "no-store"
        return response
    return keep(request)


def _asked(request: HttpRequest) -> str:
    return request.GET.get("question", "")[:LONGEST]


def _feed(request: HttpRequest) -> HttpResponse:
    now = opened()
    settled, label = canonical(open_to_all(_asked(request)), now)
    if isinstance(settled, NewsQuestion) and not settled.sorts:
        return redirect("territory-news-feed", settled.territory)
    told, seen = joined(recorded(settled, now=timezone.now()), _in_this_edition(settled, now))
    page = request.build_absolute_uri(f"{reverse('alert')}?{urlencode({'question': settled.address})}")
    built = datetime.fromisoformat(now.atlas.warehouse.manifest["built_at"])
    written = feed_of(told, f"Ancrage, {label}", page, request.build_absolute_uri(), built, seen)
    return HttpResponse(written, content_type=ATOM)


def _in_this_edition(question: Question, now: Opened) -> tuple[Change, ...]:
    since = max(now.today - timedelta(days=USUAL_DAYS), min(now.atlas.first_day, now.today))
    try:
        return changed(question, now, since=since, on=now.today)
    except NOT_THEN:
        return ()


def _agenda(request: HttpRequest) -> HttpResponse:
    now = opened()
    settled, label = canonical(open_to_all(_asked(request)), now)
    if isinstance(settled, NewsQuestion):
        return redirect("territory-deadlines", settled.territory)
    dated = kind_of(settled).agenda
    if dated is None:
        raise Http404("no day is known of it")
    written = calendar_of(dated(settled, now, now.today), f"Ancrage, {label}", now.today)
    return HttpResponse(written, content_type=ICS)


_kept_feed, _kept_agenda = kept(_feed), kept(_agenda)


@never_cache
@require_safe
def own_feed(request: HttpRequest, token: str) -> HttpResponse:
    """What changed of all that a person follows and may still read. Raises :class:`AlertError`."""
    person, now = owner_of(token), timezone.now()
    told, seen = joined(told_to(person, now=now), ())
    page = request.build_absolute_uri(reverse("followed"))
    written = feed_of(told, "Ancrage, ce que je suis", page, request.build_absolute_uri(), now, seen)
    return HttpResponse(written, content_type=ATOM)


@never_cache
@require_safe
def own_agenda(request: HttpRequest, token: str) -> HttpResponse:
    """The days to come of all that a person follows and may still read. Raises :class:`AlertError`."""
    del request
    person, now = owner_of(token), opened()
    questions = [followed(one.topic.follows) for one in all_of(person, now=timezone.now())]
    days = {one.key: one for question in questions for one in _days_of(question, now)}
    return HttpResponse(calendar_of(days.values(), "Ancrage, ce que je suis", now.today), content_type=ICS)


def _days_of(question: Question, now: Opened) -> Iterator[Noted]:
    """Its days; none where it cannot be read now, which the next message tells."""
    dated: Any = kind_of(question).agenda
    try:
        yield from dated(question, now, now.today) if dated else ()
    except AncrageError:
        return
