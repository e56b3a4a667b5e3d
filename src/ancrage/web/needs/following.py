"""What who asks sees of her request, and does with it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ancrage.desk.opened import opened
from ancrage.desk.origins import from_our_pages
from ancrage.errors import NeedError
from ancrage.needs import links
from ancrage.needs.delivering import deliver_of
from ancrage.needs.following import ask_more, end
from ancrage.needs.keeping import KEPT_DAYS, erase
from ancrage.needs.models import Need, Outcome
from ancrage.needs.proposing import propose
from ancrage.needs.stating import found
from ancrage.needs.wording import label_of
from ancrage.web.needs.views import take_a_place, words_of

MORE, ERASE = "autres", "effacer"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@from_our_pages
def follow(request: HttpRequest, token: str) -> HttpResponse:
    """Each support and its answer; others to ask, « je suis aidée », stop, erase."""
    need = found(links.FOLLOW, token)
    if request.method != "POST":
        return _page(request, need)
    take_a_place(request)
    wanted, now = request.POST.get("faire", ""), timezone.now()
    try:
        if wanted == MORE:
            ask_more(need, request.POST.getlist("support")[:100], opened(), now=now)
        elif wanted in (*Outcome.values, ERASE):
            end(need, Outcome(wanted) if wanted in Outcome.values else Outcome.ARRETEE, now=now)
        else:
            raise NeedError("Rien n’est choisi.", "Pressez un des boutons de la page.")
    except NeedError as error:
        return _page(request, need, f"{error.message} {error.hint}")
    deliver_of(need, now=now)
    if wanted == ERASE:
        erase(need, now=now)
        return render(request, "needs/erased.html.j2", {})
    there = redirect(request.path)
    there.status_code = 303
    return there


def _page(request: HttpRequest, need: Need, fault: str = "") -> HttpResponse:
    live = need.confirmed_at is not None and need.ended_at is None
    page = {
        "one": need,
        "label": label_of(need.kind),
        "supports": need.asked.select_related("passed_to").order_by("name"),
        "fault": fault,
        "live": live,
        "days": KEPT_DAYS,
    }
    if live:
        proposal = propose(opened(), need.territory, need.kind)
        known = set(need.asked.values_list("key", flat=True))
        told = words_of(proposal)
        page |= told | {
            name: [one for one in told[name] if one.key not in known]
            for name in ("reachable", "others", "closed")
        }
    return render(request, "needs/follow.html.j2", page, status=422 if fault else 200)
