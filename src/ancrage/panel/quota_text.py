"""Quotas as a person writes them: short (``drom>=2``) or in a YAML or JSON file; every fault at once."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ancrage.declarations.loading import read_yaml
from ancrage.errors import PanelFileError, SourceContentError
from ancrage.sources.own_files import read_own_text

SHORT = re.compile(
    r"\s*(?P<trait>[^<>=]+?)\s*(?:=\s*(?P<values>[^<>=]+?))?\s*(?P<sign>>=|<=|==)\s*(?P<bound>\d+)\s*"
)
SIGNS = {">=": ("min",), "<=": ("max",), "==": ("min", "max")}
SHAPE = "trait>=N, trait<=N ou trait==N, par exemple drom>=2, categorie=ACI>=3 ou region=*<=2"


class WrittenQuota(BaseModel):
    """A quota as written: trait and values in the words of the person."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = ""
    label: str = ""
    trait: str
    valeurs: tuple[str, ...] = ()
    min: int | None = Field(default=None, ge=0)
    max: int | None = Field(default=None, ge=0)
    exact: int | None = Field(default=None, ge=0)
    poids: float = Field(default=1.0, gt=0)


class WrittenTerms(BaseModel):
    """A file of quotas as written."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    taille: int | None = Field(default=None, ge=1)
    quotas: tuple[WrittenQuota, ...] = ()
    diversite: Mapping[str, float] = {}


@dataclass(frozen=True, slots=True)
class _Fault:
    """A fault of a file: where, and what."""

    where: str
    what: str


def parse_short(written: str) -> WrittenQuota:
    """Read ``trait[=value[|value]]``, then ``>=``, ``<=`` or ``==`` and a number.

    Raises :class:`PanelFileError`.
    """
    found = SHORT.fullmatch(written)
    if found is None:
        raise PanelFileError(f"Le quota « {written} » n'est pas lisible.", f"Écrivez {SHAPE}.")
    values = tuple(part.strip() for part in (found["values"] or "").split("|") if part.strip())
    bounds = dict.fromkeys(SIGNS[found["sign"]], int(found["bound"]))
    return WrittenQuota(id=written.strip(), trait=found["trait"], valeurs=values, **bounds)


def read_terms(path: Path) -> WrittenTerms:
    """Terms of a file, YAML or JSON (a YAML too). Raises :class:`PanelFileError` with every fault."""
    try:
        document = read_yaml(read_own_text(path).text)
    except SourceContentError as error:
        raise PanelFileError(error.message, error.hint) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f", ligne {mark.line + 1}" if mark else ""
        raise PanelFileError(f"« {path.name} »{where} : ce n'est ni YAML ni JSON.", EXAMPLE) from error
    if not isinstance(document, dict):
        raise PanelFileError(f"« {path.name} » ne déclare pas de « quotas ».", EXAMPLE)
    try:
        return WrittenTerms.model_validate(_as_texts(document))
    except ValidationError as error:
        faults = " ; ".join(f"{one.where} : {one.what}" for one in _faults(error))
        raise PanelFileError(f"« {path.name} » : {faults}.", EXAMPLE) from error


EXAMPLE = (
    "Exemple : quotas: [{id: drom, label: Au moins deux dans les DROM, trait: drom, min: 2}] ; "
    "champs d'un quota : id, label, trait, valeurs, min, max, exact, poids."
)


def _as_texts(document: Mapping[str, Any]) -> dict[str, Any]:
    """YAML reads ``75`` as a number and ``oui`` as a text: values are texts here."""
    quotas = document.get("quotas")
    return {
        **document,
        "quotas": [_quota(one) for one in quotas] if isinstance(quotas, list) else quotas or (),
    }


def _quota(written: Any) -> Any:
    if isinstance(written, str):
        return parse_short(written).model_dump()
    if not isinstance(written, dict):
        return written
    values = written.get("valeurs", written.get("valeur", ()))
    listed: Sequence[Any] = values if isinstance(values, list | tuple) else [values]
    rest = {key: value for key, value in written.items() if key != "valeur"}
    return {**rest, "valeurs": [_text(value) for value in listed]}


def _text(value: Any) -> str:
    return {True: "oui", False: "non"}[value] if isinstance(value, bool) else str(value)


WORDS = {
    "extra_forbidden": "champ inconnu",
    "missing": "champ absent",
    "greater_than_equal": "nombre négatif",
    "greater_than": "nombre nul ou négatif",
    "int_parsing": "un nombre entier est attendu",
    "int_type": "un nombre entier est attendu",
    "int_from_float": "un nombre entier est attendu",
    "float_parsing": "un nombre est attendu",
    "float_type": "un nombre est attendu",
    "string_type": "un texte est attendu",
}


def _faults(error: ValidationError) -> Iterator[_Fault]:
    for one in error.errors():
        where = ".".join(str(part + 1) if isinstance(part, int) else part for part in one["loc"])
        yield _Fault(where or "fichier", WORDS.get(one["type"], "forme inattendue"))
