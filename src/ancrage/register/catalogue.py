"""The perimeter's declarations: legal categories, families, inclusion enterprises, workforce bands.

They live as dated YAML in ``perimeter/``, with the text each one rests on; this is the only module that knows
how those files are written. A wrong file is a mistake of the project: it raises :class:`CatalogueError`.
"""

from collections.abc import Mapping
from importlib.resources import files
from typing import Any, Literal, TypeVar

from pydantic import BaseModel, Field, ValidationError

from ancrage.declarations.base import Declared
from ancrage.declarations.keeping import compiled
from ancrage.declarations.loading import read_yaml
from ancrage.errors import CatalogueError
from ancrage.reasoning import Verdict

Model = TypeVar("Model", bound=BaseModel)
Rule = TypeVar("Rule")


class CategoryRule(Declared):
    """What the form of one legal category says of article 1, II, 1°, and why (a French sentence)."""

    code: str = Field(pattern=r"^[1-9][0-9]{3}$")
    label: str = Field(min_length=1)
    family: str | None
    status: Literal["etabli", "a_verifier"]
    verdict: Verdict
    reason: str = Field(min_length=1)


class Family(Declared):
    """A family of the register, in the words shown."""

    id: str
    label: str
    plural: str
    article: str


class SiaeKind(Declared):
    """A kind of inclusion enterprise; ``text`` is the article that defines it."""

    id: str
    label: str
    scheme: Literal["iae", "qualification", "handicap"]
    text: dict[str, Any]


class WorkforceBand(Declared):
    """A band of employees, bounds included; ``high`` is ``None`` where the INSEE publishes none."""

    code: str
    label: str
    low: int = Field(ge=0)
    high: int | None


@compiled("categories", "declarations", "register")
def legal_categories() -> Mapping[str, CategoryRule]:
    """Legal categories that touch article 1, II, 1°, by code; any other form is not named by the law."""
    rows = [_parsed(CategoryRule, row) for row in _rows("legal_categories.yaml", "categories")]
    unknown = {rule.family for rule in rows} - {None, *families()}
    if unknown:
        raise CatalogueError(f"legal_categories.yaml : familles inconnues {unknown}.")
    return _by_code("legal_categories.yaml", {rule.code: rule for rule in rows}, len(rows))


@compiled("familles", "declarations", "register")
def families() -> Mapping[str, Family]:
    """Families of the register by identifier, in reading order."""
    return {row.id: row for row in (_parsed(Family, row) for row in _rows("families.yaml", "families"))}


@compiled("siae", "declarations", "register")
def siae_kinds() -> Mapping[str, SiaeKind]:
    """Kinds of inclusion enterprises by identifier (EI, ACI…)."""
    return {row.id: row for row in (_parsed(SiaeKind, row) for row in _rows("siae_kinds.yaml", "kinds"))}


@compiled("tranches", "declarations", "register")
def workforce_bands() -> Mapping[str, WorkforceBand]:
    """Workforce bands by code, in order of size."""
    rows = [_parsed(WorkforceBand, row) for row in _rows("workforce_bands.yaml", "bands")]
    return _by_code("workforce_bands.yaml", {band.code: band for band in rows}, len(rows))


@compiled("sections", "declarations", "register")
def sections() -> Mapping[str, str]:
    """French labels of the sections of NAF rév. 2, by letter."""
    content: dict[str, str] = read_yaml(
        (files("ancrage.register") / "perimeter" / "sections.yaml").read_text("utf-8")
    )
    return content


@compiled("divisions", "declarations", "register")
def divisions() -> Mapping[str, str]:
    """French labels of the divisions of NAF rév. 2, by their two digits."""
    content: dict[str, str] = read_yaml(
        (files("ancrage.register") / "perimeter" / "divisions.yaml").read_text("utf-8")
    )
    return content


def siae_kind_label(kind: str) -> str:
    """« ACI (Atelier et chantier d'insertion) »; the bare kind where it is not declared."""
    declared = siae_kinds().get(kind)
    return f"{kind} ({declared.label})" if declared else kind


def _rows(name: str, key: str) -> list[dict[str, Any]]:
    content = read_yaml((files("ancrage.register") / "perimeter" / name).read_text("utf-8"))
    if not isinstance(content, dict) or not isinstance(content.get(key), list):
        raise CatalogueError(f"{name} n'a pas de liste « {key} ».")
    rows: list[dict[str, Any]] = content[key]
    return rows


def _parsed(model: type[Model], row: dict[str, Any]) -> Model:
    try:
        return model.model_validate(row)
    except ValidationError as error:
        raise CatalogueError(f"Déclaration refusée ({model.__name__}) : {row} : {error}.") from error


def _by_code(name: str, rules: dict[str, Rule], rows: int) -> Mapping[str, Rule]:
    if len(rules) != rows:
        raise CatalogueError(f"{name} déclare deux fois le même code.")
    return rules
