"""Survival and dynamics of a territory."""

from django.http import HttpRequest, HttpResponse

from ancrage.desk.asking import day_of, territory_of
from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.sources.location import data_directory
from ancrage.sources.snapshots import SnapshotStore
from ancrage.survival.grouping import Grouping
from ancrage.web.asking import answered
from ancrage.web.sheets import sheet_page


@kept
def survival(request: HttpRequest, code: str) -> HttpResponse:
    """How long structures last, by group (``?par=``)."""
    return answered(
        request, ("survie",), template="coverage/survival.html.j2", code=code, groupings=tuple(Grouping)
    )


@kept
def dynamics(request: HttpRequest, code: str) -> HttpResponse:
    """What concentrates here, and whom to invite."""
    # Spatial statistics take seconds to import: the first who asks pays for them, and nobody else.
    from ancrage.dynamics.answering import Asked, dynamics_of
    from ancrage.dynamics.centres import epci_centres
    from ancrage.reports.dynamics.sheet import dynamics_sheet

    now = opened()
    territory = territory_of(now, code, on=day_of(request, now))
    centres = epci_centres(SnapshotStore(data_directory()))
    return sheet_page(request, dynamics_sheet(dynamics_of(now.atlas, territory, Asked(), centres=centres)))
