"""The fifteen criteria of the grid, read from the YAML files of ``catalogue``.

The report of 31 March 2021 names three criteria of the fifteen of the ANCT study. The twelve others, and
the question and levels of all fifteen, are proposals of Ancrage: ``source.kind`` says which is which.
"""

from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, ValidationError

from ancrage.declarations.base import Declared
from ancrage.declarations.loading import read_yaml
from ancrage.deferred import Deferred
from ancrage.errors import CatalogueError
from ancrage.levers.declaration import TOOLS

if TYPE_CHECKING:
    import yaml
else:
    yaml = Deferred("yaml")

LOWEST, HIGHEST = 1, 5
COUNT = 15

Words = Annotated[str, Field(min_length=1)]


class Actor(StrEnum):
    """Who may act on a criterion; the four authorities are also the choices of ``--pour``."""

    STRUCTURE = "structure"
    COMMUNE = "commune"
    EPCI = "epci"
    DEPARTEMENT = "departement"
    REGION = "region"

    @property
    def label(self) -> str:
        """French words shown to people."""
        return ACTOR_LABELS[self]


ACTOR_LABELS = {
    Actor.STRUCTURE: "la structure",
    Actor.COMMUNE: "la commune",
    Actor.EPCI: "l'intercommunalité",
    Actor.DEPARTEMENT: "le département",
    Actor.REGION: "la région",
}


class Origin(StrEnum):
    """Where the name of a criterion comes from."""

    COMPTE_RENDU = "compte_rendu"
    PROPOSITION = "proposition"

    @property
    def label(self) -> str:
        """French words shown beside the criterion, wherever it is named."""
        return "compte rendu de 2021" if self is Origin.COMPTE_RENDU else "proposition d'Ancrage"


class Source(Declared):
    """Origin of a criterion, and the passage of the report it is drawn from, in other words."""

    kind: Origin
    passage: Words


class Criterion(Declared):
    """One line of the grid. ``levels[0]`` describes level 1; ``tools`` are numbers of the report's list."""

    id: Words
    number: int = Field(ge=1, le=COUNT)
    label: Words
    short: Annotated[str, Field(min_length=1, max_length=24)]
    question: Words
    levels: tuple[Words, Words, Words, Words, Words]
    evidence: Annotated[tuple[Words, ...], Field(min_length=1)]
    tools: Annotated[tuple[Annotated[int, Field(ge=1, le=TOOLS)], ...], Field(min_length=1)]
    actors: Annotated[tuple[Actor, ...], Field(min_length=1)]
    source: Source

    @property
    def is_named_by_report(self) -> bool:
        """Whether the report itself names this criterion."""
        return self.source.kind is Origin.COMPTE_RENDU

    def described(self, level: int) -> str:
        """What is observed at a level from 1 to 5."""
        return self.levels[level - LOWEST]


@cache
def criteria() -> tuple[Criterion, ...]:
    """The fifteen criteria, by number.

    Raises :class:`CatalogueError` naming the file, or the numbers that are missing or given twice.
    """
    found = sorted(_read(), key=lambda criterion: criterion.number)
    if [criterion.number for criterion in found] != list(range(1, COUNT + 1)):
        numbers = ", ".join(str(criterion.number) for criterion in found)
        raise CatalogueError(
            f"La grille n'a pas ses {COUNT} critères : {numbers}.", "Numérotez-les de 1 à 15, sans trou."
        )
    return tuple(found)


def _read() -> list[Criterion]:
    found = []
    for path in files(__package__).joinpath("catalogue").iterdir():
        if path.name.endswith(".yaml"):
            try:
                found.append(Criterion.model_validate(read_yaml(path.read_text("utf-8"))))
            except (ValidationError, yaml.YAMLError) as error:
                raise CatalogueError(f"{path.name} : {error}", "Corrigez ce critère.") from error
    return found
