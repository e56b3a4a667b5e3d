"""The cases: found by tool, lever, criterion, territory; one, to be copied into one's own atelier.

Never kept for others: a case withdrawn is shown no more.
"""

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from ancrage.cases.case import Sort
from ancrage.grid.criteria import criteria
from ancrage.levers.catalogue import read_levers
from ancrage.questions.cases import KINDS
from ancrage.territories.zonings.declaration import load_zonings
from ancrage.web.asking import answered


@require_safe
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """The cases that answer to the filters of the address, those of territories alike first."""
    return answered(request, ("cas",), template="cases/index.html.j2", asked=request.GET, selects=_selects())


def _selects() -> tuple[tuple[str, str, Sequence[tuple[str, str]]], ...]:
    """The lists to choose from: a name, a label, values with their words."""
    catalogue = read_levers()
    return (
        ("levier", "Levier", [(str(one.number), f"{one.number}. {one.name}") for one in catalogue.levers]),
        ("outil", "Outil", [(str(at), f"{at}. {one.name}") for at, one in catalogue.tools.items()]),
        ("critere", "Critère de la grille", [(one.id, f"{one.number}. {one.label}") for one in criteria()]),
        ("sorte", "Sorte de territoire", [(one.value, one.label) for one in KINDS]),
        ("zonage", "Zonage du territoire", [(one.id, one.label) for one in load_zonings().values()]),
        ("nature", "Nature du cas", [(one.value, one.label) for one in Sort]),
    )


@require_safe
@never_cache
def plans(request: HttpRequest) -> HttpResponse:
    """Plans side by side, lever by lever."""
    return answered(request, ("cas_leviers",), template="cases/plans.html.j2", asked=request.GET)


@require_safe
@never_cache
def show(request: HttpRequest, identifier: str) -> HttpResponse:
    """A case in full."""
    return answered(
        request,
        ("un_cas",),
        template="cases/show.html.j2",
        words={"identifiant": [identifier]},
        identifier=identifier,
    )
