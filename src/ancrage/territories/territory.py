"""A territory on a day: its identity, its communes, and the territories it belongs to."""

from dataclasses import dataclass
from datetime import date

from ancrage.language.places import in_place, of_place, the_place
from ancrage.territories.codes import Kind, TerritoryCode
from ancrage.territories.populations import LegalPopulation


@dataclass(frozen=True, slots=True)
class Named:
    """A territory named beside another."""

    code: TerritoryCode
    name: str

    @property
    def label(self) -> str:
        """Name and code, as shown in suggestions."""
        return f"{self.name} ({self.code})"


@dataclass(frozen=True, slots=True)
class Territory:
    """A territory, whole, on a day.

    ``communes`` are codes of ``vintage``. ``uncertain`` are those among them that come from a merger with
    a commune outside (a contract or a quarter published in older codes). ``municipal`` is set for an
    arrondissement municipal, which is a part of its only commune. Populations are municipal populations,
    in inhabitants.
    """

    code: TerritoryCode
    name: str
    on: date
    vintage: int
    population: int | None
    communes: tuple[str, ...]
    parents: tuple[Named, ...] = ()
    uncertain: frozenset[str] = frozenset()
    municipal: str | None = None
    category: str | None = None
    note: str = ""
    legal: LegalPopulation | None = None

    @property
    def population_in_force(self) -> int | None:
        """The figure the law reads on the day: ``None`` when it is not known, or is that of another year."""
        return self.legal.municipal if self.legal and self.legal.in_force(self.on) else None

    @property
    def population_label(self) -> str:
        """What the population counts, of which year, since when; what is not known of it."""
        if self.legal:
            return self.legal.label(self.on)
        if self.kind is Kind.QPV:
            return "la population d'un quartier est publiée à part et n'est pas lue"
        return f"population municipale publiée avec le COG {self.vintage}, d'une année qui n'est pas dite"

    @property
    def kind(self) -> Kind:
        """Kind of territory."""
        return self.code.kind

    @property
    def of_name(self) -> str:
        """Its name after « de »: « de la Creuse », « d’Aubusson »."""
        return of_place(self.kind, self.name)

    @property
    def in_name(self) -> str:
        """Where one is, in it: « dans la Creuse », « à Aubusson »."""
        return in_place(self.kind, self.name)

    @property
    def the_name(self) -> str:
        """Its name after its article, where it takes one: « la Creuse », « Aubusson »."""
        return the_place(self.kind, self.name)

    @property
    def named(self) -> Named:
        """The territory as it is named beside others."""
        return Named(self.code, self.name)
