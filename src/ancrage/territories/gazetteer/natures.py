"""What is written in front of a name to say what it is: « Commune de », « CC », « Conseil départemental »."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ancrage.territories.codes import Kind


@dataclass(frozen=True, slots=True)
class Nature:
    """Kinds a phrase designates, and the categories of intercommunalité when it tells them."""

    phrases: tuple[str, ...]
    kinds: tuple[Kind, ...]
    categories: tuple[str, ...] = ()


TOWN = (Kind.COMMUNE, Kind.ARRONDISSEMENT_MUNICIPAL)
GROUPING = (Kind.EPCI, Kind.EPT)
NATURES = (
    Nature(("commune nouvelle", "commune", "ville", "mairie", "municipalite", "village", "bourg"), TOWN),
    Nature(
        ("communaute de communes", "communaute communes", "communaute de commune", "com com", "comcom", "cc"),
        (Kind.EPCI,),
        ("CC",),
    ),
    Nature(
        ("communaute d agglomeration", "communaute agglomeration", "agglomeration", "agglo", "ca"),
        (Kind.EPCI,),
        ("CA",),
    ),
    Nature(("communaute urbaine", "cu"), (Kind.EPCI,), ("CU",)),
    Nature(("metropole", "eurometropole"), (Kind.EPCI,), ("METRO", "MET69")),
    Nature(("intercommunalite", "interco", "communaute", "epci"), GROUPING),
    Nature(("etablissement public territorial", "ept"), (Kind.EPT,)),
    Nature(
        ("departement", "conseil departemental", "conseil general", "prefecture", "dept", "dpt"),
        (Kind.DEPARTEMENT, Kind.ENSEMBLE),
    ),
    Nature(("region", "conseil regional"), (Kind.REGION,)),
    Nature(("collectivite territoriale", "collectivite"), (Kind.REGION, Kind.DEPARTEMENT, Kind.ENSEMBLE)),
    Nature(("arrondissement", "sous prefecture"), (Kind.ARRONDISSEMENT,)),
    Nature(
        ("contrat de relance et de transition ecologique", "contrat de reussite ecologique", "crte"),
        (Kind.CRTE,),
    ),
    Nature(
        (
            "quartier prioritaire de la politique de la ville",
            "quartiers prioritaires",
            "quartier prioritaire",
            "quartiers",
            "quartier",
            "qpv",
        ),
        (Kind.QPV,),
    ),
)
LINK = r"(?: (?:de la|de l|de|du|des|d))?"
_PHRASES = sorted(
    ((phrase, nature) for nature in NATURES for phrase in nature.phrases), key=lambda pair: -len(pair[0])
)


def in_front(words: str) -> Iterator[tuple[str, Nature]]:
    """The rest of folded words once a nature is taken from their front, article kept and taken.

    >>> [rest for rest, _ in in_front("departement de la creuse")]
    ['la creuse', 'creuse']
    """
    found = next(((phrase, nature) for phrase, nature in _PHRASES if words.startswith(f"{phrase} ")), None)
    if not found:
        return
    phrase, nature = found
    rest = words[len(phrase) + 1 :]
    kept = re.sub(r"^(?:de|du|des|d) ", "", rest)
    bare = re.sub(r"^(?:la|le|les|l) ", "", kept)
    for each in dict.fromkeys((rest, kept, bare)):
        yield each, nature


def after(words: str) -> Nature | None:
    """The nature these very words name: « commune », « département »."""
    return next((nature for phrase, nature in _PHRASES if words == phrase), None)


CATEGORY_WORDS = {
    "cc": "communaute de communes",
    "ca": "communaute d agglomeration",
    "cu": "communaute urbaine",
}
CATEGORY = re.compile(
    r"^(?:crte )?(?:cc|ca|cu|metropole|communaute (?:de communes|d agglomeration|urbaine)) "
    r"(?:de |du |des |d )?"
)


def without_category(name: str) -> str:
    """A normalised name without what kind of intercommunalité it is: « ca de la rochelle »."""
    return CATEGORY.sub("", name).removeprefix("crte ")


def in_full(name: str) -> str:
    """A normalised name with its category written out: « communauté de communes creuse grand sud »."""
    first, _, rest = name.partition(" ")
    return f"{CATEGORY_WORDS[first]} {rest}" if first in CATEGORY_WORDS and rest else name
