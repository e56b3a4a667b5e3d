"""Find a commune from a postal address: a postcode and a town name written in any fashion."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from ancrage.language.folding import plain_words

ABBREVIATIONS = {"st": "saint", "ste": "sainte", "s": "sur"}
NOT_A_NAME = re.compile(r"\bcedex\b.*|\b\d+(?:er|e|eme)?\b|\barrondissement\b")


def town_key(name: str) -> str:
    """The name without accents, case, punctuation, Cedex or arrondissement numbers; St and Ste spelt out."""
    words = NOT_A_NAME.sub(" ", " ".join(plain_words(name))).split()
    return " ".join(ABBREVIATIONS.get(word, word) for word in words)


@dataclass(frozen=True, slots=True)
class TownLookup:
    """Communes by postcode and name, then by département and name where that designates only one.

    The second way serves the postcodes of large senders (CEDEX, 85021 for 85000), which no list gives.
    """

    by_postcode: dict[tuple[str, str], str]
    by_departement: dict[tuple[str, str], str]

    @classmethod
    def of(cls, communes: Iterable[tuple[str, str, str]]) -> "TownLookup":
        """Build from (code, name, postcode); a key that several communes share designates none."""
        postcodes: dict[tuple[str, str], set[str]] = defaultdict(set)
        departements: dict[tuple[str, str], set[str]] = defaultdict(set)
        for code, name, postcode in communes:
            postcodes[postcode, town_key(name)].add(code)
            departements[_postal_departement(postcode), town_key(name)].add(code)
        return cls(_single(postcodes), _single(departements))

    def __call__(self, postcode: str, name: str) -> str | None:
        """Code of the commune, or ``None`` when none or several answer."""
        key = town_key(name)
        found = self.by_postcode.get((postcode, key))
        return found or self.by_departement.get((_postal_departement(postcode), key))


def _postal_departement(postcode: str) -> str:
    return postcode[:3] if postcode.startswith(("97", "98")) else postcode[:2]


def _single(found: dict[tuple[str, str], set[str]]) -> dict[tuple[str, str], str]:
    return {key: next(iter(codes)) for key, codes in found.items() if len(codes) == 1}
