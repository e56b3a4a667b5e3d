"""What a file of assessments holds: a structure, and who judged it when, criterion by criterion."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from ancrage.register.codes import Siren, Siret

SCHEMA = "ancrage-grille/1"


class Role(StrEnum):
    """Who judges; an assessment is signed by a function, never by a person's name."""

    STRUCTURE = "structure"
    COLLECTIVITE = "collectivite"
    ACCOMPAGNATEUR = "accompagnateur"
    FINANCEUR = "financeur"
    USAGERS = "usagers"
    AUTRE = "autre"

    @property
    def label(self) -> str:
        """French words shown to people."""
        return {"collectivite": "Collectivité"}.get(self.value, self.value.capitalize())


@dataclass(frozen=True, slots=True)
class Judgement:
    """A level from 1 to 5, or ``None`` when who judges does not know, with why and on what grounds."""

    level: int | None
    comment: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Assessment:
    """One role's judgement of all fifteen criteria, by identifier, on a day."""

    date: date
    role: Role
    signed_by: str
    levels: Mapping[str, Judgement]

    def level(self, criterion: str) -> int | None:
        """Level given to a criterion; ``None`` is not known."""
        return self.levels[criterion].level


@dataclass(frozen=True, slots=True)
class Structure:
    """Who is judged: a name, a commune code, and its SIREN or SIRET when given."""

    name: str
    commune: str
    siren: Siren | None = None
    siret: Siret | None = None
    fictitious: bool = False


@dataclass(frozen=True, slots=True)
class GridFile:
    """A structure and its assessments, by day then role."""

    structure: Structure
    assessments: tuple[Assessment, ...]
