"""Diagnoses made for pages and files: a page and its downloads share one."""

from typing import Any

from ancrage.diagnosis.known_outlines import has_outline
from ancrage.diagnosis.model import Diagnosis
from ancrage.diagnosis.places_around import places_around
from ancrage.diagnosis.positions import positions_of
from ancrage.edition.opened import Opened
from ancrage.questions.diagnosed import diagnosed
from ancrage.questions.question import Asking
from ancrage.reports.diagnosis.features import features_of, surrounded
from ancrage.reports.positions import features_of_positions
from ancrage.territories.territory import Territory


def diagnosis_of(now: Opened, territory: Territory) -> Diagnosis:
    """The whole diagnosis of a territory on its day, with its outline."""
    return diagnosed(Asking(now, now.today), territory, outlined=True)


def map_of(now: Opened, territory: Territory) -> dict[str, Any]:
    """The map of a territory as a GeoJSON collection, with what surrounds it: communes, places of support.

    Where no outline is known, its communes stand at their town halls.
    """
    from ancrage.diagnosis.neighbours import neighbours_of  # geometry is slow to import: only a map pays

    if not has_outline(now.atlas, territory) and (placed := positions_of(now.atlas, territory)):
        return surrounded(features_of_positions(placed), (), places_around(now.atlas, territory))
    own = features_of(diagnosis_of(now, territory))
    return surrounded(own, neighbours_of(now.atlas, territory), places_around(now.atlas, territory))
