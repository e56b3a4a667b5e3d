"""The papers of a territory: each a page to read, and files to hand over."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse

from ancrage.desk.asking import day_of, territory_of
from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.questions.papers import ANNEXES
from ancrage.reports.topic import Telling
from ancrage.web.asking import answered
from ancrage.web.territory.views import around, elsewhere

TEMPLATE = "papers/show.html.j2"


@kept
def attestation(request: HttpRequest, code: str) -> HttpResponse:
    """The zonings on a page."""
    return answered(request, ("attestation",), template=TEMPLATE, code=code, annexes={}, chosen=())


@kept
def synthesis(request: HttpRequest, code: str) -> HttpResponse:
    """A territory on two pages, or as slides."""
    return answered(request, ("synthese",), template=TEMPLATE, code=code, adding=_annexes, annexes=ANNEXES)


@kept
def note(request: HttpRequest, code: str) -> HttpResponse:
    """A note for a committee."""
    return answered(request, ("note",), template=TEMPLATE, code=code, adding=_annexes, annexes=ANNEXES)


def _annexes(telling: Telling) -> Mapping[str, object]:
    """Those that the address asks."""
    return {"chosen": getattr(telling.answer.question, "annexes", ())}


@kept
def contract(request: HttpRequest, code: str) -> HttpResponse:
    """A contract of territory, or a quarter: who signs, what each may do."""
    now = opened()
    territory = territory_of(now, code, on=day_of(request, now))
    if there := elsewhere(request, territory, code, "territory-contract"):
        return there
    template = "papers/contract.html.j2"
    return answered(request, ("contrat",), template=template, **around(request, now, territory, code))
