"""A need told from any page, confirmed from its message; no account, no cookie."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ancrage.alerts.links import origin
from ancrage.contacts.needs import directory
from ancrage.desk.asking import designation
from ancrage.desk.opened import opened
from ancrage.desk.origins import from_our_pages
from ancrage.desk.rates import Rate
from ancrage.desk.visitors import mark_of
from ancrage.errors import AncrageError, NeedError, ShareError
from ancrage.needs import links
from ancrage.needs.delivering import deliver_of
from ancrage.needs.keeping import KEPT_DAYS
from ancrage.needs.models import Asker
from ancrage.needs.proposing import Proposal, propose
from ancrage.needs.stating import LONGEST, MOST_SUPPORTS, Stated, state
from ancrage.needs.stating import confirm as confirm_need
from ancrage.needs.stating import found as need_found
from ancrage.needs.wording import follow_path, label_of
from ancrage.repairs import TryLater
from ancrage.reports.aids.desks import seen_words
from ancrage.reports.contacts.sheet import distance_words, said_of, unknown_words
from ancrage.web.again import asked_again
from ancrage.web.needs.carried import Carried, carried

MOST, PERIOD = 10, 3_600.0
"""Forms of requests that one visitor may send in an hour."""
LONGEST_WORD = 200
rate = Rate()


def take_a_place(request: HttpRequest) -> None:
    """Count a form of a visitor. Raises :class:`ShareError` past the share."""
    if rate.wait(f"appui|{mark_of(request)}"[:64], MOST, PERIOD):
        raise ShareError(
            f"Vous avez envoyé {MOST} formulaires de demande d’appui en une heure.",
            "Revenez dans une heure.",
            TryLater(),
        )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@from_our_pages
def ask(request: HttpRequest) -> HttpResponse:
    """Where, for what; then who may be asked, and the form. Posted, a link to confirm it leaves.

    Raises :class:`MailError` where links of messages would not open.
    """
    origin()
    given = request.POST if request.method == "POST" else request.GET
    place, kind = given.get("t", "").strip()[:LONGEST_WORD], given.get("besoin", "")[:40]
    start = {"needs": directory().needs, "asked": given, "place": place, "kind": kind}
    if not (place and kind):
        return render(request, "needs/start.html.j2", start)
    try:
        proposal = propose(opened(), designation(place), kind)
    except AncrageError as error:
        return asked_again(request, error, "needs/start.html.j2", **start)
    told = carried(given.getlist("f"))
    if request.method != "POST":
        return _form(request, proposal, told, given)
    return _posted(request, proposal, told)


def _posted(request: HttpRequest, proposal: Proposal, told: tuple[Carried, ...]) -> HttpResponse:
    take_a_place(request)
    now = timezone.now()
    try:
        need = state(_stated(request.POST, told), proposal, opened(), now=now)
    except NeedError as error:
        return _form(request, proposal, told, request.POST, f"{error.message} {error.hint}")
    sent = deliver_of(need, now=now)
    answer = redirect("need-asked" if sent else "need-waiting")
    answer.status_code = 303
    return answer


def _stated(given: QueryDict, told: tuple[Carried, ...]) -> Stated:
    chosen = set(given.getlist("fait"))
    return Stated(
        email=given.get("courriel", "")[:254],
        words=given.get("mots", "").replace("\r\n", "\n"),
        asker=given.get("qui", ""),
        chosen=given.getlist("support")[:100],
        name=given.get("nom", ""),
        phone=given.get("telephone", ""),
        facts=[(one.label, one.value) for one in told if one.written in chosen],
        may_pass=given.get("transmettre") == "oui",
    )


def _form(
    request: HttpRequest,
    proposal: Proposal,
    told: tuple[Carried, ...],
    given: Mapping[str, Any],
    fault: str = "",
) -> HttpResponse:
    found, territory = proposal.answer.facts, proposal.answer.territory
    assert territory is not None  # noqa: S101 it is always of a territory
    page = {
        **words_of(proposal),
        "territory": territory,
        "need": found.need,
        "unknown": unknown_words(found, territory) if found.unknown else "",
        "sources": proposal.answer.sources,
        "askers": Asker,
        "carried": told,
        "given": given,
        "fault": fault,
        "most": MOST_SUPPORTS,
        "longest": LONGEST,
        "days": KEPT_DAYS,
    }
    return render(request, "needs/ask.html.j2", page, status=422 if fault else 200)


def words_of(proposal: Proposal) -> dict[str, Any]:
    """The supports of a page, and how to tell them."""
    territory = proposal.answer.territory
    assert territory is not None  # noqa: S101 it is always of a territory
    return {
        "reachable": [one for one in proposal.supports if one.written_to],
        "callable": [one for one in proposal.supports if one.called],
        "others": [one for one in proposal.supports if not (one.written_to or one.called or one.closed)],
        "closed": [one for one in proposal.supports if one.closed],
        "said": said_of,
        "far": lambda one: distance_words(one, territory),
        "seen": seen_words,
        "on": proposal.answer.on,
    }


@never_cache
@require_safe
def asked(request: HttpRequest) -> HttpResponse:
    """What to do now."""
    return render(request, "needs/asked.html.j2", {"sent": True, "days": links.CONFIRM_DAYS})


@never_cache
@require_safe
def waiting(request: HttpRequest) -> HttpResponse:
    """The same while the server of messages does not answer: the message is kept."""
    return render(request, "needs/asked.html.j2", {"sent": False, "days": links.CONFIRM_DAYS})


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@from_our_pages
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A press sends: opening the link does not, since mail software opens links by itself."""
    origin()
    if request.method == "POST":
        now = timezone.now()
        need = confirm_need(token, opened(), now=now)
        deliver_of(need, now=now)
        there = redirect(follow_path(need))
        there.status_code = 303
        return there
    need = need_found(links.CONFIRM, token)
    if need.confirmed_at:
        return redirect(follow_path(need))
    page = {"one": need, "label": label_of(need.kind), "supports": need.asked.order_by("name")}
    return render(request, "needs/confirm.html.j2", page)
