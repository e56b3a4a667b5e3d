"""The coverage codes of a territory: its own, and those of all that it belongs to."""

from ancrage.territories.codes import PREFIX_OF, Kind, TerritoryCode
from ancrage.territories.territory import Territory

NATION = "fr"
COVERED = frozenset((Kind.COMMUNE, Kind.EPCI, Kind.DEPARTEMENT, Kind.REGION, Kind.QPV))


def coverage_codes(territory: Territory) -> frozenset[str]:
    """``fr`` and codes such as ``com:23077``, ``epci:200044014``, ``dep:23``, ``reg:75``.

    An aid whose coverage holds one of them may be had somewhere in the territory when the territory lies
    across several of its parents, and everywhere in it otherwise.
    """
    places = (territory.code, *(parent.code for parent in territory.parents))
    return frozenset((NATION, *(_code(place) for place in places if place.kind in COVERED)))


def _code(place: TerritoryCode) -> str:
    return f"{PREFIX_OF[place.kind]}:{place.code}"
