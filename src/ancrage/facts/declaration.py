"""How a fact is declared. Forms, the questionnaire, the documentation and the checks are made from it."""

from collections.abc import Mapping
from enum import StrEnum
from importlib.resources import files
from typing import TYPE_CHECKING, Self

from pydantic import Field, ValidationError, model_validator

from ancrage.declarations.base import Declared
from ancrage.declarations.keeping import compiled
from ancrage.declarations.loading import read_yaml
from ancrage.deferred import Deferred
from ancrage.errors import CatalogueError

if TYPE_CHECKING:
    import yaml
else:
    yaml = Deferred("yaml")


class FactType(StrEnum):
    """Types of facts, as they are written in the declarations."""

    BOOLEEN = "booleen"
    ENTIER = "entier"
    DECIMAL = "decimal"
    CHOIX = "choix"
    TEXTE = "texte"
    JOUR = "jour"

    @property
    def is_number(self) -> bool:
        """Numbers may be known as intervals."""
        return self in (FactType.ENTIER, FactType.DECIMAL)


class Origin(StrEnum):
    """Where the value of a fact comes from."""

    REGISTRE = "registre"
    TERRITOIRE = "territoire"
    DECLARE = "declare"
    CALCULE = "calcule"
    DIAGNOSTIC = "diagnostic"
    ACHAT = "achat"


class Privacy(StrEnum):
    """Who may see a value: public data, what the structure says of itself, what it would not publish."""

    PUBLIC = "public"
    STRUCTURE = "structure"
    CONFIDENTIEL = "confidentiel"


class Fact(Declared):
    """A declared fact.

    ``origin`` is where a value comes from when nobody gives one; a person may always declare it.
    ``low`` and ``high`` bound what can be believed, in ``unit``; ``choices`` maps a code to its French words.
    """

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    type: FactType
    label: str
    question: str
    help: str = ""
    unit: str = ""
    low: float | None = None
    high: float | None = None
    choices: Mapping[str, str] = Field(default_factory=dict)
    pattern: str | None = Field(default=None, description="Regular expression a text must match whole")
    example: str = ""
    origin: Origin
    privacy: Privacy
    theme: str = ""

    @model_validator(mode="after")
    def _holds_together(self) -> Self:
        if (self.type is FactType.CHOIX) != bool(self.choices):
            raise ValueError(f"{self.id} : « choices » va avec le type choix, et lui seul")
        if self.type.is_number and not self.unit:
            raise ValueError(f"{self.id} : un nombre a une unité (« unit »)")
        return self


@compiled("faits", "declarations", "facts")
def load_facts() -> Mapping[str, Fact]:
    """Every declared fact, by identifier, in reading order. Raises :class:`CatalogueError`."""
    found: dict[str, Fact] = {}
    for file in sorted((files(__package__) / "catalogue").iterdir(), key=lambda each: each.name):
        if file.name.endswith(".yaml"):
            for row in _rows(file.name, file.read_text("utf-8")):
                fact = _fact(file.name, row)
                if fact.id in found:
                    raise CatalogueError(
                        f"Le fait « {fact.id} » est déclaré deux fois.", f"Corrigez {file.name}."
                    )
                found[fact.id] = fact
    return found


def _rows(name: str, text: str) -> list[object]:
    try:
        document = read_yaml(text)
    except yaml.YAMLError as error:
        raise CatalogueError(f"{name} n'est pas un YAML lisible : {error}.") from error
    theme = document.get("theme", "")
    return [{"theme": theme, **row} for row in document["facts"]]


def _fact(name: str, row: object) -> Fact:
    try:
        return Fact.model_validate(row)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise CatalogueError(f"{name}, fait {row!r:.60} : {where} : {first['msg']}.") from error
