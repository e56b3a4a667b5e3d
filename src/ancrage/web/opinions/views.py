"""A visitor says whether a page helped: counted, limited, and nothing kept of who said it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import Resolver404, resolve, reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from ancrage.desk.opened import opened
from ancrage.desk.origins import from_our_pages
from ancrage.desk.rates import Rate
from ancrage.desk.visitors import mark_of
from ancrage.errors import ShareError
from ancrage.repairs import TryLater
from ancrage.tasks import opinions
from ancrage.web.territory.tabs import with_query

MOST, PERIOD = 20, 3_600.0
"""What one visitor may say in an hour."""
ANSWERS = {"oui": True, "non": False}
LONGEST = 500
rate = Rate()


@never_cache
@require_POST
@from_our_pages
def tell(request: HttpRequest) -> HttpResponse:
    """Count what is said of a page of this site. Raises :class:`ShareError` past one's share."""
    page, answer = request.POST.get("page", "")[:LONGEST], request.POST.get("reponse", "")
    name = name_of(page)
    if answer not in ANSWERS:
        raise Http404(answer[:20])
    if rate.wait(f"avis|{mark_of(request)}"[:64], MOST, PERIOD):
        raise ShareError("Vous avez déjà beaucoup répondu.", "Revenez dans une heure.", TryLater())
    opinions.count(name, helped=ANSWERS[answer], on=opened().today)
    told = redirect(with_query(reverse("opinion-told"), {"page": page}))
    told.status_code = 303
    return told


@never_cache
@require_safe
def thanks(request: HttpRequest) -> HttpResponse:
    """That it was counted, and the way back."""
    page = request.GET.get("page", "")[:LONGEST]
    name_of(page)
    return render(request, "opinions/thanks.html.j2", {"page": page})


def name_of(page: str) -> str:
    """The name of a page of this site by its path, which names no territory nor person.

    Raises :class:`Http404` for a path of no page: nobody makes the table grow.
    """
    if not page.startswith("/") or page.startswith("//"):
        raise Http404(page)
    try:
        return resolve(page.partition("?")[0]).url_name or ""
    except Resolver404 as error:
        raise Http404(page) from error
