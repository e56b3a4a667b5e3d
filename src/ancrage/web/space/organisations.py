"""Organisations: finding one's own in the register, saying that one belongs to it, seeing who else does."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ancrage.dating import parse_day
from ancrage.desk.opened import opened, today
from ancrage.desk.statuses import status_of
from ancrage.errors import AncrageError
from ancrage.people.actors import require, the_organisation
from ancrage.people.acts import Act
from ancrage.people.belonging import confirm, join, leave
from ancrage.people.models import Function, Membership, Nature, Organisation
from ancrage.people.organisations import choose, gather
from ancrage.people.persons import proof_of
from ancrage.people.registered import named_like, registered
from ancrage.people.rights import Standing
from ancrage.web.space.doors import signed_in, who
from ancrage.web.space.signing import back
from ancrage.workspace.appearing import naming

LONGEST = 200
NATURES = [one for one in Nature if one is not Nature.COLLECTIF]


@require_safe
@signed_in
def search(request: HttpRequest) -> HttpResponse:
    """Find an organisation by its name or its code."""
    typed = request.GET.get("q", "")[:LONGEST].strip()
    found = named_like(opened(), typed) if typed else ()
    digits = "".join(typed.split())
    told = {
        "typed": typed,
        "found": found,
        "is_code": digits.isdecimal() and len(digits) in (9, 14),
        "next": back(request),
    }
    return render(request, "space/organisations.html.j2", told)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def choosing(request: HttpRequest) -> HttpResponse:
    """Say that one belongs to the organisation of a code."""
    asked = request.POST if request.method == "POST" else request.GET
    now = opened()
    try:
        found = registered(now.atlas, asked.get("code", "")[:LONGEST], on=now.today)
    except AncrageError as fault:
        told = {"typed": asked.get("code", "")[:LONGEST], "found": (), "is_code": False, "fault": fault}
        return render(request, "space/organisations.html.j2", told | {"next": back(request)}, status=422)
    told = {"one": found, "natures": NATURES, "functions": list(Function), "asked": asked, "fault": None}
    told["next"] = back(request)
    if request.method != "POST":
        return render(request, "space/choose.html.j2", told)
    person, at = who(request), timezone.now()
    try:
        one = choose(found, person, nature=asked.get("nature", ""), name=asked.get("nom", ""), at=at)
        made = join(person, one, asked.get("fonction", ""), at=at, proof=proof_of(person, one))
    except AncrageError as fault:
        return render(request, "space/choose.html.j2", told | {"fault": fault}, status=_unfit(fault))
    return redirect(_onward(request, made))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def gathering(request: HttpRequest) -> HttpResponse:
    """Name a collective that has no legal personality."""
    told = {"functions": list(Function), "asked": request.POST, "fault": None, "next": back(request)}
    if request.method != "POST":
        return render(request, "space/gather.html.j2", told)
    person, at = who(request), timezone.now()
    try:
        one = gather(request.POST.get("nom", ""), person, at=at)
        made = join(person, one, request.POST.get("fonction", ""), at=at)
    except AncrageError as fault:
        return render(request, "space/gather.html.j2", told | {"fault": fault}, status=_unfit(fault))
    return redirect(_onward(request, made))


def _onward(request: HttpRequest, made: Membership) -> str:
    """Where one was going, once one may act for the organisation; its page otherwise, which says why."""
    own = reverse("organisation", args=[made.organisation_id])
    return own if made.standing == Standing.WAITING else back(request) or own


def _unfit(fault: AncrageError) -> int:
    status = status_of(fault)
    return 422 if status == 400 else status


@require_safe
@signed_in
def show(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:
    """An organisation, its members and the invitations that wait; for its members only."""
    return shown(request, identifier)


def shown(
    request: HttpRequest, identifier: uuid.UUID, fault: AncrageError | None = None, typed: str = ""
) -> HttpResponse:
    """The page of an organisation; ``fault``: what was refused of a form of it, its value kept."""
    one = of_mine(request, identifier)
    on = today()
    mine = one.memberships.live().select_related("person__identity").order_by("since", "created_at")
    me = next((each for each in mine if each.person_id == request.user.pk and on in each.period), None)
    acting = me is not None and me.standing != Standing.WAITING
    waiting = one.invitations.live().filter(used_at=None, expires_at__gt=timezone.now(), atelier_id=None)
    told = {
        "one": one,
        "me": me,
        "acting": acting,
        "members": [each for each in mine if on in each.period],
        "past": [each for each in mine if each.period.until and each.period.until < on],
        "invitations": waiting.select_related("sent_to", "invited_by__identity") if acting else (),
        "registered": registered(opened().atlas, one.code, on=on) if one.code else None,
        "fault": fault,
        "typed": typed,
        "today": on,
        "named": naming(one) if acting else (),
    }
    return render(request, "space/organisation.html.j2", told, status=_unfit(fault) if fault else 200)


def of_mine(request: HttpRequest, identifier: uuid.UUID) -> Organisation:
    """An organisation one belongs to, or belonged; the others are unknown to one."""
    found = Organisation.objects.filter(pk=identifier, memberships__person=who(request)).first()
    if found is None:
        raise Http404("no such organisation")
    return found


@require_POST
@signed_in
def confirming(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:
    """Confirm that a colleague is one."""
    mine = _membership(request, identifier)
    confirm(mine.pk, who(request), seen=seen(request), at=timezone.now())
    return redirect("organisation", mine.organisation_id)


@require_POST
@signed_in
def leaving(request: HttpRequest, identifier: uuid.UUID) -> HttpResponse:
    """End a belonging, one's own or that of a colleague, on a day that is said."""
    mine = _membership(request, identifier)
    try:
        last = parse_day(request.POST.get("dernier_jour", ""))
        leave(mine.pk, who(request), seen=seen(request), last_day=last, at=timezone.now())
    except AncrageError as fault:
        return shown(request, mine.organisation_id, fault)
    return redirect("organisation", mine.organisation_id)


def _membership(request: HttpRequest, identifier: uuid.UUID) -> Membership:
    """A belonging to an organisation of one's own; the others are unknown to one."""
    found = Membership.objects.select_related("organisation").filter(pk=identifier).first()
    if found is None:
        raise Http404("no such membership")
    of_mine(request, found.organisation_id)
    if found.person_id != request.user.pk:
        require(who(request), Act.CONFIRM_MEMBER, the_organisation(found.organisation), on=today())
    return found


def seen(request: HttpRequest) -> int:
    """The version that the form was made from; 0, which no row has, when it does not say."""
    written = request.POST.get("version", "")
    return int(written[:9]) if written.isdecimal() else 0
