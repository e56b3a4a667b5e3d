"""An alert asked from any page, confirmed from its message, stopped in one click; no account, no cookie."""

from collections.abc import Sequence
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ancrage.alerts import subscribing
from ancrage.alerts.following import canonical, kind_of, open_to_all
from ancrage.alerts.links import origin
from ancrage.alerts.mine import kept_of
from ancrage.alerts.models import Frequency, Subscription
from ancrage.alerts.near import RADII_KM, NearQuestion
from ancrage.alerts.personal import close_lost
from ancrage.alerts.texts import NO_COPY, TextsQuestion
from ancrage.desk.opened import opened
from ancrage.desk.origins import from_our_pages
from ancrage.desk.rates import Rate
from ancrage.desk.visitors import mark_of
from ancrage.errors import AlertError, ShareError
from ancrage.repairs import TryLater

MOST, PERIOD = 20, 3_600.0
"""Alerts that one visitor may ask in an hour."""
LONGEST = 2_000
rate = Rate()
ALL = "tout"
ONE_CLICK = "List-Unsubscribe"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@from_our_pages
def ask(request: HttpRequest) -> HttpResponse:
    """The form of an alert; posted, a link to confirm it leaves.

    Raises what following a question raises, and :class:`MailError` where links of messages would not open.
    """
    origin()
    given = request.POST if request.method == "POST" else request.GET
    question = given.get("question", "")[:LONGEST]
    now = opened()
    question = with_radius(question, given.get("km", ""))
    settled, label = canonical(open_to_all(question), now)
    fault = ""
    if request.method == "POST":
        _take_a_place(request)
        try:
            one = subscribing.ask(
                settled.address,
                given.get("courriel", ""),
                given.get("frequence", ""),
                now,
                now=timezone.now(),
            )
        except AlertError as error:
            fault = f"{error.message} {error.hint}"
        else:
            if one.confirmed_at is None:
                subscribing.send_confirmation(one)
            told = redirect("alert-asked")
            told.status_code = 303
            return told
    told_of = {
        "question": settled.address,
        "label": label,
        "frequencies": Frequency,
        "wanted": given.get("frequence") or Frequency.JOUR.value,
        "email": given.get("courriel", "")[:254],
        "fault": fault,
        "kept": kept_of(settled, now) if kind_of(settled).private else (),
        "km": getattr(settled, "km", None),
        "radii": RADII_KM if isinstance(settled, NearQuestion) else (),
        "note": NO_COPY if isinstance(settled, TextsQuestion) and not settings.LAW_COPIES else "",
        "dated": kind_of(settled).agenda is not None,
    }
    return render(request, "alerts/ask.html.j2", told_of, status=422 if fault else 200)


def with_radius(question: str, km: str) -> str:
    """The address of a question about what is near, with the kilometres that a form chose."""
    near = question.startswith(f"{NearQuestion.name}?") and km
    return f"{question}&{urlencode({'km': km[:4]})}" if near else question


def _take_a_place(request: HttpRequest) -> None:
    if rate.wait(f"alerte|{mark_of(request)}"[:64], MOST, PERIOD):
        raise ShareError(
            f"Vous avez demandé {MOST} alertes en une heure.", "Revenez dans une heure.", TryLater()
        )


@never_cache
@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """What to do now: the same page whether the address was known or not."""
    return render(request, "alerts/asked.html.j2", {})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@from_our_pages
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A press confirms: opening the link does not, since mail software opens links by itself."""
    if request.method == "POST":
        one = subscribing.confirm(token, opened(), now=timezone.now())
        return render(request, "alerts/confirmed.html.j2", {"one": one, "stop": _stop(one)})
    one = subscribing.found(token)
    if one.confirmed_at:
        return render(request, "alerts/confirmed.html.j2", {"one": one, "stop": _stop(one)})
    return render(request, "alerts/confirm.html.j2", {"one": one})


def _stop(one: Subscription) -> str:
    from ancrage.alerts.links import stopping

    token = stopping(subscriber=one.subscriber_id, subscription=str(one.pk))
    return reverse("alert-stop", args=[token])


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@from_our_pages
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """What a link stops or tunes, what else its address follows; one press stops (RFC 8058)."""
    done: list[Subscription] = []
    tuned: Subscription | None = None
    fault = ""
    reader, _, _ = subscribing.all_of(token)
    close_lost(Subscription.objects.filter(subscriber=reader), now=timezone.now())
    if request.method == "POST" and "regler" in request.POST:
        try:
            tuned = _tuned(request, token)
        except AlertError as error:
            fault = f"{error.message} {error.hint}"
    elif request.method == "POST":
        done = _stopped(request, token)
    _, wanted, others = subscribing.all_of(token)
    told = {
        "wanted": wanted,
        "others": others,
        "done": done,
        "posted": request.method == "POST" and "regler" not in request.POST,
        "tuned": next((one for one in (*wanted, *others) if tuned and one.pk == tuned.pk), None),
        "fault": fault,
        "frequencies": Frequency,
        "pauses": subscribing.PAUSES,
        "now": timezone.now(),
    }
    return render(request, "alerts/stop.html.j2", told, status=422 if fault else 200)


def _tuned(request: HttpRequest, token: str) -> Subscription | None:
    """The subscription whose frequency or pause was changed; none that is not of this address."""
    _, wanted, others = subscribing.all_of(token)
    return tuned_among(request, [*wanted, *others])


def tuned_among(request: HttpRequest, among: Sequence[Subscription]) -> Subscription | None:
    """The one of these that a form tunes, tuned; none when it names no other. Raises :class:`AlertError`."""
    chosen = request.POST.get("regler", "")
    found = next((one for one in among if str(one.pk) == chosen), None)
    if found is not None:
        written = request.POST.get("pause", "")
        days = int(written[:4]) if written.isdecimal() else None
        frequency = request.POST.get("frequence", "")
        subscribing.tune([found], frequency=frequency, days=days, now=timezone.now())
    return found


def _stopped(request: HttpRequest, token: str) -> list[Subscription]:
    now = timezone.now()
    if ONE_CLICK in request.POST:
        return subscribing.stop(token, now=now)
    _, wanted, others = subscribing.all_of(token)
    chosen = request.POST.get("arreter", "")
    if chosen == ALL:
        subscribing.end(found := [*wanted, *others], now=now)
        return found
    if chosen:
        subscribing.end(found := [one for one in (*wanted, *others) if str(one.pk) == chosen], now=now)
        return found
    return subscribing.stop(token, now=now)
