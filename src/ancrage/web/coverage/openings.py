"""Where to open, and the round that would serve: what a page may compute while a visitor waits."""

from django.http import QueryDict

from ancrage.coverage.opening import open_for
from ancrage.coverage.rounds_territory import round_through_communes, round_through_sites
from ancrage.coverage.siting import TerritorySiting
from ancrage.coverage.territory import communes_of, edition_directory
from ancrage.desk.asking import territory_of
from ancrage.desk.opened import Opened
from ancrage.errors import SitingError
from ancrage.register.reach import register_is_whole
from ancrage.reports.rounds import round_sheet
from ancrage.reports.sheet import Sheet
from ancrage.reports.siting import siting_sheet
from ancrage.territories.codes import Kind
from ancrage.territories.territory import Territory
from ancrage.web.coverage.asked import networks, number, rules

MOST_SITES = 30
MOST_STOPS = 60
SECONDS = 8.0
"""Longest search for openings, and for the order of a round; past it, the page tells the gap to the best."""
WEIGHTS = ("habitants", "structures", "emplois")


def openings_sheet(now: Opened, territory: Territory, asked: QueryDict) -> Sheet:
    """Where to open, with the gap to the best there is. Raises :class:`SitingError`."""
    _, fictitious = register_is_whole(now.atlas, territory)
    weighed = asked.get("poids", WEIGHTS[0]) != WEIGHTS[0]
    directory = edition_directory(now.atlas)
    return siting_sheet(sited(now, territory, asked), directory.sources, fictitious=fictitious and weighed)


def tour_sheet(now: Opened, territory: Territory, asked: QueryDict) -> Sheet:
    """A round from a commune, through the openings asked, else through every commune of the territory.

    Raises :class:`SitingError`.
    """
    base = territory_of(now, asked.get("tournee", "").strip(), on=territory.on)
    limits = rules(asked)
    if asked.get("ouvrir"):
        chosen = sited(now, territory, asked)
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


def sited(now: Opened, territory: Territory, asked: QueryDict) -> TerritorySiting:
    """The openings. Raises :class:`SitingError` for what a page cannot compute."""
    sites = number(asked, "ouvrir", 3)
    if not sites.is_integer() or not 1 <= sites <= MOST_SITES:
        raise SitingError(f"{sites:g} ouvertures demandées.", f"Demandez-en de 1 à {MOST_SITES}.")
    if territory.kind in (Kind.FRANCE, Kind.REGION):
        raise SitingError(
            "Le calcul des ouvertures d'un si grand territoire est trop long pour une page.",
            "Prenez un département ou une intercommunalité.",
        )
    whole, _ = register_is_whole(now.atlas, territory)
    return open_for(
        now.atlas,
        territory,
        edition_directory(now.atlas),
        kinds=networks(asked),
        sites=int(sites),
        radius_km=None if asked.get("critere") == "mediane" else number(asked, "seuil", 15.0),
        weigh=asked.get("poids") or WEIGHTS[0],
        register_whole=whole,
        seconds=SECONDS,
    )
