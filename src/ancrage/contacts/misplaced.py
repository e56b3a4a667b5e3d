"""Contacts that a list sets under a département in which their own address is not.

A code that lost its first zero makes 09 a 90: a postcode and a town that agree are believed before it. An
office listed under several départements serves them from its seat: nothing contradicts it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from ancrage.contacts.placing import town_written
from ancrage.contacts.reading import Published

Tell = Callable[[str, str, str], None]
"""Where to tell of a correction: the source, the contact, what was done."""
OVERSEAS = "97"


def settled(
    published: Iterable[Published], towns: Mapping[str, frozenset[str]], tell: Tell
) -> Iterator[Published]:
    """The same contacts, those misplaced under the département of their address.

    ``towns``: names of the communes of each département, as :func:`ancrage.language.folding.plain_words`
    gives them, joined by spaces.
    """
    every = list(published)
    serving = _serving(every)
    for one in every:
        said = _said(one) if len(serving[_office(one)]) == 1 else ""
        found = town_written(one.address)
        here = _written_in(found, towns) if said and found else ""
        if here and found and _contradicts(said, here, found[1], towns):
            tell(one.source, one.name, f"département {said} contredit par l'adresse : rangé dans le {here}")
            yield replace(one, territories=(f"dep:{here}",))
        else:
            yield one


def _serving(every: Iterable[Published]) -> Mapping[tuple[str, str, str], set[str]]:
    """The territories that each office is listed under."""
    serving: defaultdict[tuple[str, str, str], set[str]] = defaultdict(set)
    for one in every:
        serving[_office(one)].update(one.territories)
    return serving


def _office(one: Published) -> tuple[str, str, str]:
    return one.source, one.name, one.address


def _said(one: Published) -> str:
    """The département a contact is said to serve, when it is the only territory."""
    kind, _, code = one.territories[0].partition(":") if len(one.territories) == 1 else ("", "", "")
    return code if kind == "dep" else ""


def _written_in(found: tuple[tuple[str, ...], str], towns: Mapping[str, frozenset[str]]) -> str:
    """The département of the postcode, when it has a commune of the name written."""
    departements, town = found
    return next((one for one in departements if town in towns.get(one, ())), "")


def _contradicts(said: str, here: str, town: str, towns: Mapping[str, frozenset[str]]) -> bool:
    """Whether an address denies what is said: overseas a postcode is enough, on land the town must agree."""
    return said != here and (town not in towns.get(said, ()) or here.startswith(OVERSEAS))
