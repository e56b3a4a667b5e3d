"""What an address asks of the coverage: networks, distances, openings, a round. Numbers are read strictly."""

import math

from django.http import QueryDict

from ancrage.coverage.rounds_days import RoundRules
from ancrage.errors import SitingError

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


def rules(asked: QueryDict) -> RoundRules:
    """What limits a day of a round. Raises :class:`SitingError`."""
    return RoundRules(
        detour=optional(asked, "detour"),
        km_per_day=optional(asked, "km_jour"),
        hours_per_stop=optional(asked, "heures_arret"),
        hours_per_day=optional(asked, "heures_jour"),
        km_per_hour=optional(asked, "vitesse"),
    )
