"""Survival and dynamics of a territory."""

from django.http import HttpRequest, HttpResponse

from ancrage.desk.keeping import kept
from ancrage.survival.grouping import Grouping
from ancrage.web.asking import answered
from ancrage.web.introductions.proposing import of_dynamics


@kept
def survival(request: HttpRequest, code: str) -> HttpResponse:
    """How long structures last, by group (``?par=``)."""
    return answered(
        request, ("survie",), template="coverage/survival.html.j2", code=code, groupings=tuple(Grouping)
    )


@kept
def dynamics(request: HttpRequest, code: str) -> HttpResponse:
    """What concentrates here, and whom to invite."""
    return answered(
        request,
        ("dynamiques",),
        template="method/dynamics.html.j2",
        code=code,
        adding=lambda telling: {"proposals": of_dynamics(telling.answer.facts)},
    )
