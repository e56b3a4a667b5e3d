"""What a support sees by its link, and answers."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ancrage.desk.opened import opened
from ancrage.desk.origins import from_our_pages
from ancrage.errors import NeedError
from ancrage.needs import answering
from ancrage.needs.delivering import deliver_of
from ancrage.needs.models import Asked, Stage
from ancrage.needs.wording import label_of

HAND_OVER = "transmettre"
BUTTONS = {
    Stage.PRISE: "Je prends en charge",
    Stage.AIDEE: "L’aide est apportée",
    Stage.PAS_POUR_MOI: "Ce n’est pas pour moi",
    Stage.INJOIGNABLE: "Je n’arrive pas à la joindre",
    Stage.SANS_AIDE: "Pas d’aide possible",
}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@from_our_pages
def answer(request: HttpRequest, token: str) -> HttpResponse:
    """The need as it was sent; a press answers, opening the link does not."""
    one = answering.found(token)
    if request.method != "POST":
        return _page(request, one)
    given, now = request.POST, timezone.now()
    try:
        if given.get("reponse") == HAND_OVER:
            one = answering.hand_over(
                token, given.get("support", ""), given.get("mot", ""), opened(), now=now
            )
        else:
            one = answering.answer(token, given.get("reponse", ""), given.get("mot", ""), now=now)
    except NeedError as error:
        return _page(
            request, answering.found_again(one), f"{error.message} {error.hint}", given.get("mot", "")
        )
    deliver_of(one.need, now=now)
    there = redirect(request.path)
    there.status_code = 303
    return there


def _page(request: HttpRequest, one: Asked, fault: str = "", word: str = "") -> HttpResponse:
    page = {
        "one": one,
        "need": one.need,
        "label": label_of(one.need.kind),
        "buttons": [(stage.value, BUTTONS[stage]) for stage in answering.possible(one)],
        "others": answering.others(one, opened()),
        "unreached": answering.is_unreached(one.need),
        "fault": fault,
        "word": word[:2000],
    }
    return render(request, "needs/answer.html.j2", page, status=422 if fault else 200)
