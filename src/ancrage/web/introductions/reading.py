"""What one asked and was asked, in the space: read, answered, ended."""

import uuid
from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from ancrage.desk.opened import opened, today
from ancrage.errors import AncrageError, IntroductionError
from ancrage.introductions.answering import Giving, accept, decline, end, open_until, waits
from ancrage.introductions.delivering import deliver
from ancrage.introductions.finding import sides_of
from ancrage.introductions.models import Side
from ancrage.introductions.passing import KEPT
from ancrage.introductions.showing import shared_with
from ancrage.introductions.telling import answers_of, closed_of
from ancrage.web.space.doors import signed_in, who

DONE = {
    "accepter": "C’est dit : chacun reçoit les coordonnées de l’autre.",
    "decliner": "C’est dit : vos coordonnées ne sont données à personne.",
    "jamais": "C’est dit : plus aucune demande de ce genre ne vous sera envoyée.",
    "finir": "C’est fini : vos coordonnées ne sont plus montrées, et l’autre en est prévenu.",
}


@require_safe
@signed_in
def listing(request: HttpRequest) -> HttpResponse:
    """The introductions of one's organisations: those that wait first."""
    now = timezone.now()
    mine = list(sides_of(who(request), today()).select_related("introduction").order_by("-asked_at"))
    told = [(one, [each for each in one.introduction.sides.all() if each.pk != one.pk]) for one in mine]
    return render(
        request,
        "introductions/list.html.j2",
        {
            "waiting": [(one, others) for one, others in told if waits(one, now)],
            "others": [(one, others) for one, others in told if not waits(one, now)],
        },
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def show(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:
    """An introduction as a side sees it; sent, its answer, or its end."""
    side = sides_of(who(request), today()).filter(pk=identifier).select_related("introduction").first()
    if side is None:
        raise Http404("no such introduction")
    fault: AncrageError | None = None
    if request.method == "POST":
        try:
            done = _do(request, side)
            messages.success(request, done)
            return redirect("introduction", identifier)
        except IntroductionError as error:
            fault = error
            side.refresh_from_db()
    now = timezone.now()
    asker = side.introduction.sides.get(asks=True)
    told = {
        "side": side,
        "asker": asker,
        "one": side.introduction,
        "waits": waits(side, now),
        "until": timezone.localdate(open_until(side)),
        "reached": list(shared_with(side)),
        "answers": answers_of(side) if side.asks else [],
        "asked": side.introduction.sides.filter(asks=False).count(),
        "closed": closed_of(side, opened()),
        "erased_on": timezone.localdate(side.introduction.asked_at + KEPT),
        "fault": fault,
        "given": request.POST,
    }
    return render(request, "introductions/show.html.j2", told, status=422 if fault else 200)


def _do(request: HttpRequest, side: Side) -> str:
    """What a press does; gives what is said of it. Raises :class:`IntroductionError`."""
    now, by, press = timezone.now(), who(request), request.POST.get("reponse", "")
    giving = Giving(phone=request.POST.get("telephone", ""))
    acts: dict[str, Callable[[], Side]] = {
        "accepter": lambda: accept(side.pk, giving, now=now, by=by),
        "decliner": lambda: decline(side.pk, now=now, by=by),
        "jamais": lambda: decline(side.pk, now=now, by=by, never=True),
        "finir": lambda: end(side.pk, now=now, by=by),
    }
    if press not in acts:
        raise IntroductionError("Cette réponse n'existe pas.", "Pressez un des boutons de la page.")
    acts[press]()
    deliver(now=timezone.now(), of=side.introduction)
    return DONE[press]
