"""Legal populations: the figure in force on a day, its reference year, and what is not known of it."""

from dataclasses import dataclass
from datetime import date
from importlib.resources import files
from typing import Literal

from ancrage.declarations.base import Declared
from ancrage.declarations.keeping import compiled
from ancrage.declarations.loading import read_yaml
from ancrage.language.days import short_day
from ancrage.language.numbers import count, number


class PublishedList(Declared):
    """A list of a package: the members of the EPCI, with both populations, or the communes.

    ``without``: how the codes begin whose figures are those of another year.
    """

    vintage: int
    list: Literal["members", "listed", "listed_first"]
    without: tuple[str, ...] = ()


class LegalYear(Declared):
    """The populations in force from a day; of their lists, the first that names a place is read."""

    in_force_on: date
    reference_year: int
    lists: tuple[PublishedList, ...]


class OwnCensus(Declared):
    """Places counted by a census of their own; ``reference_year`` is null when no list tells it."""

    prefixes: tuple[str, ...]
    reference_year: int | None


class LegalPopulations(Declared):
    """What is known of the legal populations."""

    years: tuple[LegalYear, ...]
    own_censuses: tuple[OwnCensus, ...]

    def own_census(self, commune: str) -> OwnCensus | None:
        """The census of its own that counts a commune, if any."""
        return next((one for one in self.own_censuses if commune.startswith(one.prefixes)), None)

    def latest(self, on: date) -> LegalYear | None:
        """The last ones known that were in force on a day, or before it."""
        return next((year for year in reversed(self.years) if year.in_force_on <= on), None)


@compiled("populations", "declarations", "territories")
def load_populations() -> LegalPopulations:
    """The declaration, read once."""
    text = files("ancrage.territories").joinpath("populations.yaml").read_text("utf-8")
    return LegalPopulations.model_validate(read_yaml(text))


@dataclass(frozen=True, slots=True)
class LegalPopulation:
    """The population of a territory, in inhabitants, as last authenticated on a day.

    ``municipal`` and ``total`` are ``None`` as soon as one commune is not known; ``least`` is then the sum of
    those that are, and ``unknown`` the number of those that are not. ``reference_year`` is ``None`` where no
    list tells it; ``oldest`` is the oldest reference year among the communes. ``nearest``: where it is not
    known, that of the nearest year that is.
    """

    in_force_on: date
    reference_year: int | None
    oldest: int | None
    municipal: int | None
    total: int | None
    least: int | None
    unknown: int
    nearest: "LegalPopulation | None" = None

    def in_force(self, on: date) -> bool:
        """Whether it is the figure the law reads on a day: each is replaced the first of January after."""
        return self.in_force_on.year == on.year

    def label(self, on: date) -> str:
        """What is counted, of which year, in force since when, and what is not known of it."""
        return f"population municipale {self._of_year()}{self._standing(on)}{self._doubt()}"

    def _of_year(self) -> str:
        if self.reference_year is None:
            return f"publiée en {self.in_force_on.year}, d'un recensement propre dont l'année n'est pas dite"
        older = self.oldest is not None and self.oldest != self.reference_year
        return f"de référence {self.reference_year}" + (f" ({self.oldest} pour une partie)" if older else "")

    def _standing(self, on: date) -> str:
        if self.reference_year is None:
            return ""
        since = f", en vigueur depuis le {short_day(self.in_force_on)}"
        return (
            since if self.in_force(on) else f"{since} ; celle de {on.year} n'est pas connue de cette édition"
        )

    def _doubt(self) -> str:
        if self.municipal is not None:
            return ""
        if self.least is None:
            return f" : aucune source lue ne la donne{self._elsewhere()}"
        communes = count(self.unknown, "commune")
        return f" : au moins {number(self.least)}, celle de {communes} n'étant pas connue{self._elsewhere()}"

    def _elsewhere(self) -> str:
        near = self.nearest
        if near is None or near.municipal is None:
            return ""
        return (
            f" ; la plus proche connue : {number(near.municipal)}, de référence {near.reference_year}, "
            f"en vigueur le {short_day(near.in_force_on)}"
        )


def standing(on: date) -> str:
    """The year of the populations a day reads, for a table of communes: one sentence."""
    year = load_populations().latest(on)
    if year is None:
        return ""
    figures = f"Populations municipales de référence {year.reference_year}"
    return f"{figures}, en vigueur depuis le {short_day(year.in_force_on)}."
