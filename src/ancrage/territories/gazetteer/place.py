"""A territory as it is named, and each of the names that lead to it."""

from dataclasses import dataclass
from datetime import date

from ancrage.language.days import short_day
from ancrage.territories.codes import Kind, TerritoryCode


@dataclass(frozen=True, slots=True)
class Place:
    """A territory of a vintage.

    ``departements``: those it lies in. ``where`` tells homonyms apart. ``towns``:
    communes of a quarter, which is looked for by its town. ``twin``: the territory of another kind that has
    the same name and the same communes, and is shown in its stead (the région of Mayotte is its département).
    """

    kind: Kind
    bare_code: str
    name: str
    category: str | None
    population: int | None
    departements: frozenset[str]
    where: str
    postcodes: tuple[str, ...] = ()
    towns: tuple[str, ...] = ()
    twin: TerritoryCode | None = None

    @property
    def code(self) -> TerritoryCode:
        """What designates it."""
        return TerritoryCode(self.kind, self.bare_code)

    @property
    def context(self) -> str:
        """What it is, and where: « commune, Creuse (23) », « département (23) »."""
        if self.kind in (Kind.DEPARTEMENT, Kind.REGION):
            return f"{self.code.label} ({self.bare_code})"
        kind = self.category if self.kind is Kind.ENSEMBLE else self.kind.label
        return ", ".join(filter(None, (kind, self.where)))


@dataclass(frozen=True, slots=True)
class Former:
    """A commune that ceased, or changed its name: what it was called, and the day it became what it is.

    ``kind`` is told of a delegated or associated commune whose day is not known.
    """

    name: str
    code: str
    on: date | None
    kind: str = ""

    def told(self, heir: str) -> str:
        """What became of it, in French."""
        if self.on and self.name == heir:
            return f"ancien code : {self.code}, changé le {short_day(self.on)}"
        if self.on is None:
            return f"ancien nom : {self.name} ({self.code}), {self.kind} ; aujourd'hui {heir}"
        return f"ancien nom : {self.name} ({self.code}), devenue {heir} le {short_day(self.on)}"


@dataclass(frozen=True, slots=True)
class Alias:
    """One way of naming a place, folded. ``worth``: 100 for its own name, less for the others."""

    words: str
    place: Place
    worth: float
    departements: frozenset[str]
    former: Former | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that answers, how well (0 to 100), and what led to it."""

    place: Place
    score: float
    via: str
    former: Former | None = None


WEIGHT = {Kind.REGION: 0.4, Kind.DEPARTEMENT: 0.4, Kind.EPCI: 0.2, Kind.COMMUNE: 0.1}
"""At equal likeness a larger territory comes first; far less than a letter's worth."""
BEHIND = {Kind.ARRONDISSEMENT: 6.0, Kind.CRTE: 1.0, Kind.QPV: 0.8}
"""What bears a commune's or an EPCI's name comes after it, unless its kind is told."""


def rank(hit: Hit) -> tuple[float, int, str]:
    """Best first: likeness, then inhabitants, then code."""
    kind = hit.place.kind
    return -round(hit.score + WEIGHT.get(kind, 0.0), 2), -(hit.place.population or 0), hit.place.bare_code
