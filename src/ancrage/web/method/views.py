"""Survival and dynamics of a territory."""

from django.http import HttpRequest, HttpResponse

from ancrage.desk.asking import day_of, territory_of
from ancrage.desk.keeping import kept
from ancrage.desk.opened import opened
from ancrage.diagnosis.survival import sources_of, survival_of
from ancrage.errors import SurvivalError
from ancrage.reports.survival.sheet import survival_sheet
from ancrage.sources.location import data_directory
from ancrage.sources.snapshots import SnapshotStore
from ancrage.survival.cohort import Grouping
from ancrage.web.sheets import sheet_page

GROUPINGS = {
    "ess": "l’ESS et le reste",
    "famille": "familles",
    "activite": "activités",
    "cohorte": "années de création",
    "qpv": "quartiers prioritaires",
    "zonage": "zonages ruraux",
}


@kept
def survival(request: HttpRequest, code: str) -> HttpResponse:
    """How long structures last, by group (``?par=``)."""
    now = opened()
    typed = request.GET.get("par", "famille")
    if typed not in set(Grouping):
        raise SurvivalError(
            f"« {typed[:40]} » n'est pas une façon de comparer.", f"Choisissez : {', '.join(Grouping)}."
        )
    by = Grouping(typed)
    territory = territory_of(now, code, on=day_of(request, now))
    found, warnings = survival_of(now.atlas, territory, by, since=None)
    place = f"{territory.name} ({territory.code.code})"
    sheet = survival_sheet(found, place=place, by=by, warnings=warnings, sources=sources_of(now.atlas, by))
    labels = {one.value: GROUPINGS.get(one.value, one.value) for one in Grouping}
    return sheet_page(
        request, sheet, template="coverage/survival.html.j2", code=code, by=by.value, groupings=labels
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
