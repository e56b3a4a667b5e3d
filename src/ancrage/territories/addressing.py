"""From an address as typed to the one place it is, or the question « laquelle ? »."""

import re
from collections.abc import Sequence
from datetime import date

from ancrage.errors import AmbiguousAddressError, Choice, UnknownAddressError, UnknownTerritoryError
from ancrage.language.folding import plain_words
from ancrage.repairs import See
from ancrage.sources.api_adresses import Located
from ancrage.territories.atlas import Atlas
from ancrage.territories.pointing import carried, whole_communes

SURE, APART = 0.7, 0.05
"""Score from which the first place is taken for the address, when the next is that much below it."""
SHOWN = 6
MUNICIPALITY, HOUSE = "municipality", "housenumber"
HOUSE_KM = 0.05
"""How far from a house its point may be taken: the service does not tell, so that this errs by caution."""
STREETS = (
    *("rue", "r", "avenue", "av", "ave", "boulevard", "bd", "bld", "boul", "place", "pl", "chemin", "che"),
    *("impasse", "imp", "allee", "allees", "all", "route", "rte", "quai", "cours", "square", "sq", "passage"),
    *(
        "sentier",
        "voie",
        "faubourg",
        "fbg",
        "esplanade",
        "esp",
        "montee",
        "promenade",
        "rond point",
        "venelle",
    ),
    *("lotissement", "lot", "residence", "res", "cite", "hameau", "lieu dit", "traverse", "ruelle", "villa"),
)
_STREET = "|".join(sorted(STREETS, key=len, reverse=True))
_NUMBERED = re.compile(rf"\d{{1,4}}(?: ?(?:bis|ter|quater|[a-d]))? (?:{_STREET}) \w+.*")
_WITH_POSTCODE = re.compile(rf"(?:{_STREET}) \w+.* \d{{5}}\b.*")


def is_address(text: str) -> bool:
    """Whether a text can only be a postal address: a number and a street, or a street and a postcode."""
    words = " ".join(plain_words(text))
    return bool(_NUMBERED.fullmatch(words) or _WITH_POSTCODE.fullmatch(words))


def the_one(typed: str, places: Sequence[Located]) -> Located:
    """The place an address is, among those that answer, the likeliest first.

    Raises :class:`UnknownAddressError` when nothing answers, or only a commune;
    :class:`AmbiguousAddressError` when several may be it, or the only one is little like it.
    """
    inside = [one for one in places if one.kind != MUNICIPALITY]
    if not inside:
        raise _nothing_inside(typed, places)
    first, *others = inside
    if first is places[0] and (_same(typed, first) or first.score >= SURE) and _alone(typed, first, others):
        return first
    raise AmbiguousAddressError(typed, _choices(inside[:SHOWN]))


def _nothing_inside(typed: str, places: Sequence[Located]) -> UnknownAddressError:
    if not places:
        return UnknownAddressError(typed)
    return UnknownAddressError(typed, places[0].city, See("territory", places[0].commune))


def _same(typed: str, place: Located) -> bool:
    return plain_words(typed) == plain_words(place.label)


def _alone(typed: str, first: Located, others: Sequence[Located]) -> bool:
    """Whether no other is as likely; a label that was chosen is its own place, unless two bear it."""
    if _same(typed, first):
        return all(one.label != first.label for one in others)
    return all(first.score - one.score >= APART for one in others)


def _choices(places: Sequence[Located]) -> tuple[Choice, ...]:
    """Each by its label, which is an address to ask again; two of the same label by their points."""
    labels = [one.label for one in places]
    return tuple(
        Choice(
            one.label if labels.count(one.label) == 1 else f"{one.longitude:g},{one.latitude:g}", one.label
        )
        for one in places
    )


def communes_of(atlas: Atlas, place: Located, *, on: date) -> tuple[str, ...]:
    """Codes, that day, of the commune the service names: several when it was made of several.

    Raises :class:`UnknownTerritoryError` for a commune that the latest vintage does not know.
    """
    latest, vintage = atlas.vintages[-1], atlas.vintage_on(on)
    code = whole_communes(atlas).get(place.commune, place.commune)
    found = carried(atlas, latest, vintage).get(code, (code,))
    known = tuple(one for one in found if atlas.commune(one, vintage))
    if not known:
        raise UnknownTerritoryError(place.commune)
    return known
