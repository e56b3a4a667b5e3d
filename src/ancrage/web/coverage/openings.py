"""The round that would serve, through the openings asked: what a page may compute while a visitor waits."""

from django.http import QueryDict

from ancrage.coverage.territory import communes_of, edition_directory
from ancrage.desk.asking import territory_of
from ancrage.desk.opened import Opened
from ancrage.desk.openings import sited
from ancrage.errors import SitingError
from ancrage.reports.rounds.sheet import round_sheet
from ancrage.reports.sheet import Sheet
from ancrage.rounds.territory import round_through_communes, round_through_sites
from ancrage.territories.codes import Kind
from ancrage.territories.territory import Territory
from ancrage.web.coverage.asked import rules

MOST_STOPS = 60
TOO_LARGE = (Kind.FRANCE, Kind.REGION)
"""Kinds whose openings no visitor waits for: a task works them out."""
SECONDS = 8.0
"""Longest search for openings, and for the order of a round; past it, the page tells the gap to the best."""


def tour_sheet(now: Opened, territory: Territory, asked: QueryDict) -> Sheet:
    """A round from a commune, through the openings asked, else through every commune of the territory.

    Raises :class:`SitingError`.
    """
    base = territory_of(now, asked.get("tournee", "").strip(), on=territory.on)
    limits = rules(asked)
    if asked.get("ouvrir"):
        if territory.kind in TOO_LARGE:
            raise SitingError(
                "Une tournée dans un si grand territoire est trop longue à calculer pour une page.",
                "Prenez un département ou une intercommunalité.",
            )
        chosen = sited(now, territory, asked, seconds=SECONDS)
        if not chosen.siting.chosen:
            raise SitingError(
                "Aucune ouverture n'apporterait quoi que ce soit : la tournée n'a pas d'arrêt.",
                "Réduisez la distance couverte par un lieu, ou choisissez de rapprocher en moyenne.",
            )
        planned = round_through_sites(now.atlas, base, chosen, limits, seconds=SECONDS)
        return round_sheet(planned, edition_directory(now.atlas).sources)
    stops = len(communes_of(now.atlas, territory))
    if stops > MOST_STOPS:
        raise SitingError(
            f"Une tournée de {stops} communes est trop longue à calculer pour une page.",
            f"Dites combien de lieux ouvrir, ou prenez un territoire de {MOST_STOPS} communes au plus.",
        )
    return round_sheet(round_through_communes(now.atlas, base, territory, limits, seconds=SECONDS))
