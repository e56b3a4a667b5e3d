"""What who asks sees of her request, and does with it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from ancrage.desk.opened import opened
from ancrage.desk.origins import from_our_pages
from ancrage.errors import NeedError
from ancrage.language.places import in_place
from ancrage.needs import links
from ancrage.needs.delivering import deliver_of
from ancrage.needs.following import ask_more, end, may_note, note
from ancrage.needs.keeping import KEPT_DAYS, erase
from ancrage.needs.models import Asked, Need, Outcome, Stage
from ancrage.needs.proposing import propose
from ancrage.needs.stating import found
from ancrage.needs.wording import label_of
from ancrage.territories.codes import PREFIXES, Kind
from ancrage.web.needs.views import take_a_place, words_of

MORE, NOTE, ERASE = "autres", "noter", "effacer"
SAID = {
    Stage.PRISE: "Prend ma demande en charge",
    Stage.AIDEE: "M’a aidé",
    Stage.PAS_POUR_MOI: "Ce n’est pas de son ressort",
    Stage.SANS_AIDE: "N’a pas d’aide possible",
    Stage.MUETTE: "Personne ne répond",
}
ABOUT = {
    "creer": "pour créer une activité",
    "consolider": "pour tenir ou grandir",
    "financer": "pour trouver un financement",
    "embaucher": "pour embaucher et former",
    "projet": "pour monter un projet de territoire",
    "demarches": "pour une démarche",
}


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
        elif wanted == NOTE:
            given = request.POST
            note(need, given.get("qui", ""), given.get("dit", ""), given.get("mot", ""), now=now)
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


@never_cache
@require_safe
def call(request: HttpRequest, token: str) -> HttpResponse:
    """What to say on the telephone, to whom; nothing but what she chose to say. Printed."""
    need = found(links.FOLLOW, token)
    page = {
        "one": need,
        "label": label_of(need.kind),
        "about": ABOUT.get(need.kind, f"({label_of(need.kind).lower()})"),
        "place": place_of(need),
        "calls": calls_of(need),
        "back": reverse("need-follow", args=[token]),
    }
    return render(request, "needs/call.html.j2", page)


def calls_of(need: Need) -> list[Asked]:
    """The supports she reaches herself, or may."""
    return [one for one in need.asked.select_related("need").order_by("name") if may_note(one)]


def place_of(need: Need) -> str:
    """Where, as one says it: « à Guéret », « dans la Creuse »."""
    prefix, parted, _ = need.territory.partition(":")
    plain = Kind.COMMUNE if len(need.territory) == len("23096") else Kind.EPCI
    return in_place((PREFIXES[prefix] if parted else plain).value, need.place)


def _page(request: HttpRequest, need: Need, fault: str = "") -> HttpResponse:
    live = need.confirmed_at is not None and need.ended_at is None
    page = {
        "one": need,
        "label": label_of(need.kind),
        "supports": need.asked.select_related("passed_to").order_by("name"),
        "fault": fault,
        "live": live,
        "days": KEPT_DAYS,
        "calls": calls_of(need),
        "said_by_asker": [(stage.value, words) for stage, words in SAID.items()],
        "sheet": reverse("need-call", args=[links.token(links.FOLLOW, need.pk)]),
        "noting": request.POST if fault else {},
    }
    if live:
        proposal = propose(opened(), need.territory, need.kind)
        known = set(need.asked.values_list("key", flat=True))
        told = words_of(proposal)
        page |= told | {
            name: [one for one in told[name] if one.key not in known]
            for name in ("reachable", "callable", "others", "closed")
        }
    return render(request, "needs/follow.html.j2", page, status=422 if fault else 200)
