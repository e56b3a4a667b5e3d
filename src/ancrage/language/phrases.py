"""What French does to words around a name or a number: elision, contracted articles, plurals, lists."""

import re
from collections.abc import Sequence

from ancrage.language.folding import bare

_ASPIRATED = re.compile(
    r"h(?:a(?!bit|leine|rmoni)|ero[ns]|eurt|i(?:ss|erarch)|o(?:bby|ckey|ll|nt|ngr|rs\b)|ou|u(?:it\b|ee|ttes?\b))"
    r"|onz(?:e\b|iem)|oui\b"
)
"""Beginnings of the words before which French does not elide: « haut », « hameau », « huit », « onze »."""
_ELIDING = re.compile(r"[aeiouhy]")


def plural(number: float, one: str, several: str | None = None) -> str:
    """The noun that goes with a number: French puts the plural from two, « 1,5 heure »."""
    return one if abs(number) < 2 else several or f"{one}s"


def elides(word: str) -> bool:
    """Whether « de », « le » or « que » loses its vowel before a word."""
    plain = bare(word)
    return bool(_ELIDING.match(plain)) and not _ASPIRATED.match(plain)


def of(name: str) -> str:
    """The name after « de »: « d’Ahun », « de Guéret », « du Mans », « des Abymes », « de La Rochelle »."""
    return _contracted(name, "du", "des") or (f"d’{name}" if elides(name) else f"de {name}")


def at(name: str) -> str:
    """The name of a place after « à »: « à Guéret », « au Mans », « aux Abymes »."""
    return _contracted(name, "au", "aux") or f"à {name}"


def _contracted(name: str, one: str, several: str) -> str:
    if name.startswith("Le "):
        return f"{one} {name[3:]}"
    return f"{several} {name[4:]}" if name.startswith("Les ") else ""


def listed(names: Sequence[str], last: str = "et") -> str:
    """« a », « a et b », « a, b et c »."""
    *first, end = names or ("",)
    return f"{', '.join(first)} {last} {end}" if first else end
