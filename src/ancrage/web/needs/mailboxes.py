"""A support says where it wants the requests made to it; its reader confirms, or takes it back."""

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ancrage.alerts.links import origin
from ancrage.desk.asking import designation
from ancrage.desk.opened import opened
from ancrage.desk.origins import from_our_pages
from ancrage.errors import NeedError
from ancrage.needs import mailboxes
from ancrage.needs.proposing import Proposal, propose
from ancrage.web.needs.views import LONGEST_WORD, take_a_place

SENT = "envoyee"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@from_our_pages
def give(request: HttpRequest) -> HttpResponse:
    """Which support, and its address; posted, a link to confirm it leaves for that address.

    Raises :class:`MailError` where links of messages would not open, what reading the territory raises.
    """
    origin()
    given = request.POST if request.method == "POST" else request.GET
    place, kind = given.get("t", "").strip()[:LONGEST_WORD], given.get("besoin", "")[:40]
    if not (place and kind):
        return redirect("need")
    proposal = propose(opened(), designation(place), kind)
    if request.method != "POST":
        return _form(request, proposal, given.get("support", ""), sent=given.get("etat") == SENT)
    take_a_place(request)
    email, chosen = given.get("courriel", "")[:254], proposal.by_key.get(given.get("support", ""))
    try:
        if chosen is None:
            raise NeedError("Aucun organisme n’est choisi.", "Choisissez le vôtre dans la liste.")
        where = proposal.answer.territory
        place_name = where.name if where else place
        mailboxes.propose_mailbox(chosen.key, chosen.contact, place_name, email, now=timezone.now())
    except NeedError as error:
        fault = f"{error.message} {error.hint}"
        return _form(request, proposal, given.get("support", ""), email=email, fault=fault)
    there = redirect(f"{request.path}?{urlencode({'t': place, 'besoin': kind, 'etat': SENT})}")
    there.status_code = 303
    return there


def _form(
    request: HttpRequest,
    proposal: Proposal,
    chosen: str,
    *,
    email: str = "",
    fault: str = "",
    sent: bool = False,
) -> HttpResponse:
    page = {
        "territory": proposal.answer.territory,
        "need": proposal.answer.facts.need,
        "supports": sorted(
            (one for one in proposal.supports if not one.closed), key=lambda one: one.contact.name
        ),
        "chosen": chosen,
        "email": email,
        "fault": fault,
        "sent": sent,
    }
    return render(request, "needs/mailbox.html.j2", page, status=422 if fault else 200)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@from_our_pages
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """Opening the link changes nothing; a press confirms, another takes the address back."""
    one = mailboxes.found(token)
    if request.method == "POST":
        now = timezone.now()
        if request.POST.get("faire") == "retirer":
            mailboxes.end(one.pk, mailboxes.TAKEN_BACK, now=now)
            return render(request, "needs/mailbox_answer.html.j2", {"one": one, "ended": True})
        one = mailboxes.confirm(token, now=now)
    return render(request, "needs/mailbox_answer.html.j2", {"one": one, "ended": False})
