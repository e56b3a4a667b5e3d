"""The page that a message leads to: whoever was asked answers, without an account and without a cookie."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ancrage.desk.opened import opened
from ancrage.desk.origins import from_our_pages
from ancrage.desk.rates import Rate
from ancrage.desk.visitors import mark_of
from ancrage.errors import AncrageError, IntroductionError, ShareError
from ancrage.introductions.answering import Giving, accept, by_token, decline, end, open_until, waits
from ancrage.introductions.delivering import deliver
from ancrage.introductions.models import Side
from ancrage.introductions.showing import shared_with
from ancrage.introductions.telling import closed_of
from ancrage.repairs import TryLater

MOST, PERIOD = 30, 3_600.0
"""Answers that one visitor may send in an hour."""
rate = Rate()


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@from_our_pages
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """What is asked, by whom; a press answers: opening the link does not, since mail software opens links.

    Raises :class:`IntroductionError` for a link that is forged, or of what is forgotten.
    """
    side = by_token(token)
    fault: AncrageError | None = None
    if request.method == "POST":
        try:
            _do(request, side)
            told = redirect("introduction-answer", token)
            told.status_code = 303
            return told
        except IntroductionError as error:
            fault = error
            side = by_token(token)
    now = timezone.now()
    told_of = {
        "side": side,
        "asker": side.introduction.sides.get(asks=True),
        "one": side.introduction,
        "waits": waits(side, now),
        "expired": side.standing in ("demandee", "non_remise", "expiree") and not waits(side, now),
        "until": timezone.localdate(open_until(side)),
        "reached": list(shared_with(side)),
        "asked": side.introduction.sides.filter(asks=False).count(),
        "closed": closed_of(side, opened()),
        "fault": fault,
        "given": request.POST,
    }
    return render(request, "introductions/answer.html.j2", told_of, status=_status(told_of, fault))


def _status(told: dict[str, object], fault: AncrageError | None) -> int:
    if fault:
        return 422 if told["waits"] else 410
    return 410 if told["expired"] else 200


def _do(request: HttpRequest, side: Side) -> None:
    if rate.wait(f"relation|{mark_of(request)}"[:64], MOST, PERIOD):
        raise ShareError(
            f"Vous avez envoyé {MOST} réponses en une heure.", "Revenez dans une heure.", TryLater()
        )
    now, press, given = timezone.now(), request.POST.get("reponse", ""), request.POST
    giving = Giving(given.get("nom", ""), given.get("courriel", "")[:254], given.get("telephone", ""))
    acts: dict[str, Callable[[], Side]] = {
        "accepter": lambda: accept(side.pk, giving, now=now),
        "decliner": lambda: decline(side.pk, now=now),
        "jamais": lambda: decline(side.pk, now=now, never=True),
        "finir": lambda: end(side.pk, now=now),
    }
    if press not in acts:
        raise IntroductionError("Cette réponse n'existe pas.", "Pressez un des boutons de la page.")
    acts[press]()
    deliver(now=timezone.now(), of=side.introduction)
