"""Codes of territories: each kind is validated where it is born."""

import re
from dataclasses import dataclass
from enum import StrEnum

from ancrage.errors import InvalidCodeError
from ancrage.language.phrases import of


class Kind(StrEnum):
    """Kinds of territory; the values are those written in outputs."""

    COMMUNE = "commune"
    ARRONDISSEMENT_MUNICIPAL = "arrondissement_municipal"
    EPCI = "epci"
    EPT = "ept"
    ARRONDISSEMENT = "arrondissement"
    DEPARTEMENT = "departement"
    REGION = "region"
    FRANCE = "france"
    CRTE = "crte"
    QPV = "qpv"
    ENSEMBLE = "ensemble"

    @property
    def label(self) -> str:
        """French name of the kind."""
        return LABELS[self]

    @property
    def of_label(self) -> str:
        """The name after « de », elided where French elides."""
        return of(self.label)


LABELS = {
    Kind.COMMUNE: "commune",
    Kind.ARRONDISSEMENT_MUNICIPAL: "arrondissement municipal",
    Kind.EPCI: "intercommunalité",
    Kind.EPT: "établissement public territorial",
    Kind.ARRONDISSEMENT: "arrondissement",
    Kind.DEPARTEMENT: "département",
    Kind.REGION: "région",
    Kind.FRANCE: "France",
    Kind.CRTE: "contrat pour la réussite de la transition écologique",
    Kind.QPV: "quartier prioritaire",
    Kind.ENSEMBLE: "ensemble de communes",
}

PATTERNS: dict[Kind, tuple[str, str]] = {
    Kind.COMMUNE: (r"(?:\d\d|2A|2B)\d{3}", "cinq caractères, par exemple 23077 ou 2A004"),
    Kind.ARRONDISSEMENT_MUNICIPAL: (r"(?:751|132|693)\d\d", "cinq chiffres, par exemple 75101"),
    Kind.EPCI: (r"2\d{8}", "le SIREN de l'intercommunalité, neuf chiffres, par exemple 200044014"),
    Kind.EPT: (r"2\d{8}", "le SIREN de l'établissement, neuf chiffres, par exemple 200057867"),
    Kind.ARRONDISSEMENT: (r"(?:\d\d|2A|2B|97\d)\d", "le département puis un chiffre, par exemple 231"),
    Kind.DEPARTEMENT: (r"\d\d|2A|2B|9[78]\d", "deux ou trois caractères, par exemple 23, 2A ou 974"),
    Kind.REGION: (r"\d\d|9[78]\d", "deux chiffres, par exemple 75"),
    Kind.FRANCE: (r"fr", "fr"),
    Kind.CRTE: (r"crte(?:-[0-9A-Z]+){2,4}", "par exemple crte-75-23-1"),
    Kind.QPV: (r"Q[PN][0-9A-Z]{6}|Q[PN]\d{5}[A-Z]", "par exemple QN02301M ou QP031004"),
    Kind.ENSEMBLE: (r"[\w-]+", "un nom d'ensemble"),
}

PREFIXES: dict[str, Kind] = {
    "com": Kind.COMMUNE,
    "arm": Kind.ARRONDISSEMENT_MUNICIPAL,
    "epci": Kind.EPCI,
    "ept": Kind.EPT,
    "arr": Kind.ARRONDISSEMENT,
    "dep": Kind.DEPARTEMENT,
    "reg": Kind.REGION,
    "crte": Kind.CRTE,
    "qpv": Kind.QPV,
    "ens": Kind.ENSEMBLE,
}
PREFIX_OF = {kind: prefix for prefix, kind in PREFIXES.items()}


OF_ARTICLE_74 = ("975", "977", "978", "986", "987")
"""Collectivities of overseas (Constitution, art. 72-3 and 74). New Caledonia has a title of its own there,
and the law organises the southern and antarctic lands and Clipperton: INSEE calls these territories."""


@dataclass(frozen=True, slots=True, order=True)
class TerritoryCode:
    """A kind and a code: what designates a territory, on a day given beside it."""

    kind: Kind
    code: str

    def __post_init__(self) -> None:
        pattern, expected = PATTERNS[self.kind]
        if not re.fullmatch(pattern, self.code):
            raise InvalidCodeError(kind=self.kind.of_label, value=self.code, expected=expected)

    def __str__(self) -> str:
        if self.kind is Kind.FRANCE:
            return "fr"
        if self.kind in (Kind.COMMUNE, Kind.ARRONDISSEMENT_MUNICIPAL, Kind.EPCI, Kind.EPT, Kind.CRTE):
            return self.code
        return f"{PREFIX_OF[self.kind]}:{self.code}"

    @property
    def label(self) -> str:
        """French name of what it is: that of its kind, but for the collectivities that are no département."""
        if self.kind is Kind.DEPARTEMENT and is_overseas_collectivity(self.code):
            return (
                "collectivité d'outre-mer"
                if self.code in OF_ARTICLE_74
                else "territoire français d'outre-mer"
            )
        return self.kind.label


def departement_of(commune: str) -> str:
    """Département of a commune code: two characters, three overseas (``97601`` is in ``976``)."""
    return commune[:3] if commune.startswith(("97", "98")) else commune[:2]


def is_overseas_collectivity(departement: str) -> bool:
    """Whether this « département » is a collectivity (975, 977, 978, 98x), where most lists do not apply."""
    return departement in ("975", "977", "978") or departement.startswith("98")


def is_code_of_overseas(commune: str) -> bool:
    """Whether a commune lies overseas (its code begins with 97 or 98)."""
    return commune.startswith(("97", "98"))
