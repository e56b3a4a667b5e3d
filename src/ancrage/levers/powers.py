"""What an authority really exercises: the competences of one intercommunalité, those a law gives together."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

from ancrage.declarations.base import Declared
from ancrage.declarations.keeping import compiled
from ancrage.declarations.loading import read_yaml
from ancrage.language.phrases import listed
from ancrage.levers.authorities import AUTHORITY_OF, Authority
from ancrage.territories.codes import TerritoryCode


class SpecialStatus(Declared):
    """A collectivity that a law gives the competences of several kinds of authorities."""

    codes: tuple[str, ...]
    name: str
    authorities: tuple[Authority, ...]
    since: date
    text: str


class DeclaredPowers(Declared):
    """Names of the competences, and the collectivities with a special status."""

    competences: Mapping[str, str]
    statuts: tuple[SpecialStatus, ...]


@compiled("competences", "declarations", "levers", "territories")
def declared_powers() -> DeclaredPowers:
    """The declaration, read once."""
    text = files("ancrage.levers").joinpath("powers.yaml").read_text("utf-8")
    return DeclaredPowers.model_validate(read_yaml(text))


def special_status(code: TerritoryCode, *, on: date) -> SpecialStatus | None:
    """The special status of a territory on a day, if it has one."""
    return next(
        (one for one in declared_powers().statuts if str(code) in one.codes and one.since <= on), None
    )


def own_authority(code: TerritoryCode, *, on: date) -> Authority | None:
    """The authority of a territory that has one of its own."""
    status = special_status(code, on=on)
    return status.authorities[0] if status else AUTHORITY_OF.get(code.kind)


def named(codes: Iterable[str]) -> str:
    """Competences in words; codes without a name are left out."""
    names = declared_powers().competences
    return listed([names[code] for code in codes if code in names])


@dataclass(frozen=True, slots=True)
class Powers:
    """What is known of one authority.

    ``grouping``: the intercommunalité it is, empty for another authority. ``held``: codes of what it
    exercises, ``None`` when the list read does not name it. ``vintage``: that of the list. ``status``: the
    law that gives it more.
    """

    grouping: str = ""
    held: frozenset[str] | None = None
    vintage: str = ""
    status: SpecialStatus | None = None

    @property
    def told(self) -> tuple[str, ...]:
        """Sentences: what its law gives it, what it exercises, or that nothing read says so."""
        return (*self._by_law(), *self._by_list())

    def _by_law(self) -> tuple[str, ...]:
        if self.status is None:
            return ()
        kinds = listed([OF_KIND[one] for one in self.status.authorities])
        name = f"{self.status.name[:1].upper()}{self.status.name[1:]}"
        return (f"{name} exerce ici les compétences {kinds}. {self.status.text} (texte non relu).",)

    def _by_list(self) -> tuple[str, ...]:
        source = f"d'après BANATIC, relevé de {self.vintage}"
        if not self.grouping:
            return ()
        if self.held is None:
            return (
                f"{self.grouping} n'est dans aucune liste lue de compétences exercées : voyez ses statuts.",
            )
        known = named(code for code in declared_powers().competences if code in self.held)
        return (f"{self.grouping} exerce, {source} : {known or 'aucune des compétences suivies ici'}.",)


OF_KIND = {
    Authority.COMMUNE: "d'une commune",
    Authority.EPCI: "d'une intercommunalité",
    Authority.DEPARTEMENT: "d'un département",
    Authority.REGION: "d'une région",
}


NONE = Powers()
