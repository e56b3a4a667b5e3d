"""The ways of naming a territory, from the name it bears to those people make of it."""

import re
from collections.abc import Iterator, Mapping
from sys import intern

from ancrage.territories.codes import Kind, departement_of
from ancrage.territories.gazetteer.natures import in_full, without_category
from ancrage.territories.gazetteer.place import Alias, Former, Place
from ancrage.territories.gazetteer.usual import designated, usual
from ancrage.territories.gazetteer.wording import LINKS
from ancrage.territories.naming import normalise

OWN, BARE, FORMER_NAME, PART, ACRONYM, TOWN = 100.0, 99.0, 98.0, 96.5, 86.0, 86.0
"""What each way of naming is worth; from ``BARE`` up, a name designates alone."""
GROUPINGS = (Kind.EPCI, Kind.EPT, Kind.CRTE)
BRACKETED = re.compile(r"\(([^)]+)\)|''([^']+)''|\"([^\"]+)\"")
PARTS = re.compile(r", | et \d+ autres$")


def names_of(place: Place) -> Iterator[Alias]:
    """Every name of a place, best first; a folded name may come twice."""
    own = normalise(place.name)
    yield _alias(place, own, OWN)
    if place.kind in GROUPINGS:
        yield from _of_a_grouping(place, own)
    for town in place.towns:
        yield _alias(place, f"{normalise(town)} {own}", TOWN)


def _of_a_grouping(place: Place, own: str) -> Iterator[Alias]:
    yield _alias(place, in_full(own), OWN)
    yield _alias(place, without_category(own), BARE)
    for part in PARTS.split(BRACKETED.sub(" ", place.name)):
        if words := normalise(part):
            yield _alias(place, words, BARE)
            yield _alias(place, without_category(words), BARE)
    for bracketed in BRACKETED.findall(place.name):
        yield _alias(place, normalise("".join(bracketed)), PART)
    if place.kind is not Kind.CRTE:
        yield from (_alias(place, letters, ACRONYM) for letters in acronyms(own))


def acronyms(words: str) -> set[str]:
    """First letters of a folded name, with and without its category: « ccgs », « cccgs »."""
    bare = [word for word in without_category(words).split() if word not in LINKS]
    full = [word for word in in_full(words).split() if word not in LINKS]
    found = {"".join(word[0] for word in each) for each in (bare, full, words.split())}
    return {letters for letters in found if len(letters) > 2}


def usual_names(places: Mapping[tuple[Kind, str], Place]) -> Iterator[Alias]:
    """Names nobody publishes and everybody uses, for the places of this vintage."""
    for code, names in usual().noms.items():
        if place := places.get(designated(code)):
            yield from (_alias(place, normalise(name), BARE) for name in names)
    for one in usual().collectivites:
        place = places[Kind.ENSEMBLE, one.code]
        yield from (_alias(place, normalise(name), BARE) for name in (*one.names, one.code))


def former_name(former: Former, heir: Place) -> Alias:
    """The name a commune had; it lay in the département its old code tells, maybe not its heir's."""
    within = heir.departements
    if (told := departement_of(former.code)) not in within:
        within |= {told}
    return Alias(normalise(former.name), heir, FORMER_NAME, within, former)


def _alias(place: Place, words: str, worth: float) -> Alias:
    return Alias(intern(words), place, worth, place.departements)
