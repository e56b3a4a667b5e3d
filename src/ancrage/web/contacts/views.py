"""Who can help in a territory; the coverage, which had this address, for who asks it there."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from ancrage.contacts.needs import directory
from ancrage.desk.asking import day_of, territory_of
from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.people.registered import siren_of_body
from ancrage.questions.contacts import ContactsQuestion
from ancrage.reports.aids.desks import seen_words
from ancrage.reports.contacts.sheet import distance_words, said_of, unknown_words
from ancrage.territories.codes import Kind
from ancrage.web.asking import answered
from ancrage.web.coverage.views import show as coverage
from ancrage.web.navigation import towards
from ancrage.web.territory.views import around, elsewhere

OWN = {"format", *(name for _, asked in ContactsQuestion.asked() for name in asked.names)}


MET = {Kind.COMMUNE: "la commune", Kind.EPCI: "l’intercommunalité"}
"""Territories whose authority one may ask to meet."""


def index(request: HttpRequest) -> HttpResponse:
    """Choose a territory."""
    wanted = request.GET.get("t", "").strip()
    return towards("territory-help", wanted) if wanted else render(request, "contacts/index.html.j2", {})


@kept
def show(request: HttpRequest, code: str) -> HttpResponse:
    """Who can help; an address of before, which asks more than they do, still leads to the coverage."""
    if set(request.GET) - OWN:
        return coverage(request, code)
    now = opened()
    territory = territory_of(now, code, on=day_of(request, now))
    if there := elsewhere(request, territory, code, "territory-help"):
        return there
    return answered(
        request,
        ("contacts",),
        template="contacts/show.html.j2",
        needs=directory().needs,
        said=said_of,
        far=distance_words,
        seen=seen_words,
        unknown=unknown_words,
        siren=siren_of_body(now, territory.code.code) if territory.kind in MET else "",
        met=MET.get(territory.kind, ""),
        **around(request, now, territory, code),
    )
