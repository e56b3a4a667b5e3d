"""Codes of the register, validated where they are born."""

import re
from dataclasses import dataclass

from ancrage.cells.keys import has_luhn_key, has_siret_keys
from ancrage.errors import InvalidCodeError

DIVISIONS_OF_SECTION: dict[str, tuple[int, int]] = {
    "A": (1, 3),
    "B": (5, 9),
    "C": (10, 33),
    "D": (35, 35),
    "E": (36, 39),
    "F": (41, 43),
    "G": (45, 47),
    "H": (49, 53),
    "I": (55, 56),
    "J": (58, 63),
    "K": (64, 66),
    "L": (68, 68),
    "M": (69, 75),
    "N": (77, 82),
    "O": (84, 84),
    "P": (85, 85),
    "Q": (86, 88),
    "R": (90, 93),
    "S": (94, 96),
    "T": (97, 98),
    "U": (99, 99),
}
"""First and last division (two first digits) of each section of NAF rév. 2. Source: INSEE, NAF rév. 2."""

SECTION_OF_DIVISION: dict[str, str] = {
    f"{division:02d}": section
    for section, (first, last) in DIVISIONS_OF_SECTION.items()
    for division in range(first, last + 1)
    if division not in {4, 34, 40, 44, 48, 54, 57, 67, 76, 83, 89}
}


@dataclass(frozen=True, slots=True, order=True)
class Siren:
    """Identifier of a legal unit: nine digits, the last one a Luhn key."""

    value: str

    def __post_init__(self) -> None:
        if not (re.fullmatch(r"[0-9]{9}", self.value) and has_luhn_key(self.value)):
            raise InvalidCodeError("SIREN", self.value, "neuf chiffres, le dernier étant la clé")

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True, order=True)
class Siret:
    """Identifier of an establishment: the nine digits of its legal unit, then five, the last one a key."""

    value: str

    def __post_init__(self) -> None:
        if not (re.fullmatch(r"[0-9]{14}", self.value) and has_siret_keys(self.value)):
            raise InvalidCodeError(
                "SIRET",
                self.value,
                "quatorze chiffres : un SIREN valide, puis cinq dont le dernier est la clé",
            )

    @property
    def siren(self) -> Siren:
        """The legal unit of this establishment."""
        return Siren(self.value[:9])

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True, order=True)
class LegalCategory:
    """Legal category of a unit, third level: four digits (9220, association déclarée). Source: INSEE."""

    value: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[1-9][0-9]{3}", self.value):
            raise InvalidCodeError("de catégorie juridique", self.value, "quatre chiffres, par exemple 9220")

    def __str__(self) -> str:
        return self.value


@dataclass(frozen=True, slots=True, order=True)
class Naf:
    """Activity in NAF rév. 2, written with its dot (``62.01Z``); ``6201Z`` is accepted and rewritten.

    Codes of older nomenclatures (NAP ``57.10``, NAF rév. 1 ``51.5L``) are refused: they mean something else.
    """

    value: str

    def __post_init__(self) -> None:
        parts = re.fullmatch(r"([0-9]{2})\.?([0-9]{2}[A-Z])", self.value.strip().upper())
        if parts is None or parts[1] not in SECTION_OF_DIVISION:
            raise InvalidCodeError(
                "NAF rév. 2", self.value, "quatre chiffres et une lettre, par exemple 62.01Z"
            )
        object.__setattr__(self, "value", f"{parts[1]}.{parts[2]}")

    @property
    def section(self) -> str:
        """Section, a letter from A to U."""
        return SECTION_OF_DIVISION[self.value[:2]]

    def __str__(self) -> str:
        return self.value


def departement_of(commune: str) -> str:
    """Département of a commune code: two characters, three overseas (97, 98)."""
    return commune[:3] if commune.startswith(("97", "98")) else commune[:2]
