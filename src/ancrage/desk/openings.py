"""Where to open new sites, as an address asks it: networks, distances, how many, for whom.

A page answers it for a territory that is quick to compute, a task for a whole région.
"""

import math

from django.http import QueryDict

from ancrage.coverage.opening import open_for
from ancrage.coverage.territory import edition_directory
from ancrage.desk.opened import Opened
from ancrage.errors import SitingError
from ancrage.register.reach import register_is_whole
from ancrage.reports.sheet import Sheet
from ancrage.reports.siting.sheet import siting_sheet
from ancrage.siting.territory import TerritorySiting
from ancrage.territories.codes import Kind
from ancrage.territories.territory import Territory

MOST_SITES = 30
WEIGHTS = ("habitants", "structures", "emplois")
LONGEST = 20


def number(asked: QueryDict, name: str, default: float) -> float:
    """A finite number written with a point or a comma. Raises :class:`SitingError`."""
    found = optional(asked, name)
    return default if found is None else found


def optional(asked: QueryDict, name: str) -> float | None:
    """A number, or ``None`` when nothing was written: not limited, or not known."""
    typed = asked.get(name, "").strip().replace(",", ".")
    if not typed:
        return None
    try:
        found = float(typed[:LONGEST])
    except ValueError:
        found = math.nan
    # « nan » and « inf » are numbers for Python, and distances for nobody.
    if not math.isfinite(found):
        raise SitingError(f"« {typed[:LONGEST]} » n'est pas un nombre.", "Donnez un nombre, par exemple 15.")
    return found


def networks(asked: QueryDict) -> list[str]:
    """Networks asked; none is all of them."""
    return [name[:40] for name in asked.getlist("reseau")[:20] if name]


def openings_sheet(now: Opened, territory: Territory, asked: QueryDict, *, seconds: float) -> Sheet:
    """Where to open, with the gap to the best there is. Raises :class:`SitingError`."""
    return sheet_of(now, sited(now, territory, asked, seconds=seconds), asked)


def sheet_of(now: Opened, found: TerritorySiting, asked: QueryDict) -> Sheet:
    """Openings already found, as a sheet."""
    _, fictitious = register_is_whole(now.atlas, found.territory)
    weighed = asked.get("poids", WEIGHTS[0]) != WEIGHTS[0]
    directory = edition_directory(now.atlas)
    return siting_sheet(found, directory.sources, fictitious=fictitious and weighed)


def sited(now: Opened, territory: Territory, asked: QueryDict, *, seconds: float) -> TerritorySiting:
    """The openings; past ``seconds`` the search ends with its gap. Raises :class:`SitingError`."""
    sites = number(asked, "ouvrir", 3)
    if not sites.is_integer() or not 1 <= sites <= MOST_SITES:
        raise SitingError(f"{sites:g} ouvertures demandées.", f"Demandez-en de 1 à {MOST_SITES}.")
    median = asked.get("critere") == "mediane"
    if median and territory.kind is Kind.FRANCE:
        raise SitingError(
            "Rapprocher en moyenne tout le pays est trop long à calculer.",
            "Prenez une région, ou demandez de couvrir le plus.",
        )
    whole, _ = register_is_whole(now.atlas, territory)
    return open_for(
        now.atlas,
        territory,
        edition_directory(now.atlas),
        kinds=networks(asked),
        sites=int(sites),
        radius_km=None if median else number(asked, "seuil", 15.0),
        weigh=asked.get("poids") or WEIGHTS[0],
        register_whole=whole,
        seconds=seconds,
    )
