"""Who can help in a territory; the coverage, which had this address, for who asks it there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ancrage.contacts.needs import directory
from ancrage.desk.keeping import kept
from ancrage.questions.contacts import ContactsQuestion
from ancrage.web.asking import answered
from ancrage.web.coverage.views import show as coverage
from ancrage.web.navigation import towards

OWN = {"format", *(name for _, asked in ContactsQuestion.asked() for name in asked.names)}


def index(request: HttpRequest) -> HttpResponse:
    """Choose a territory."""
    wanted = request.GET.get("t", "").strip()
    return towards("territory-help", wanted) if wanted else render(request, "contacts/index.html.j2", {})


@kept
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Who can help; an address of before, which asks more than they do, still leads to the coverage."""
    if set(request.GET) - OWN:
        return coverage(request, code)
    return answered(
        request,
        ("contacts",),
        template="contacts/show.html.j2",
        code=code,
        needs=directory().needs,
        asked=request.GET,
    )
