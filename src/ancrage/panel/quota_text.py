"""Quotas as a person writes them: short (``drom>=2``) or in a YAML or JSON file; every fault at once."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import Field

from ancrage.declarations.base import Declared
from ancrage.declarations.documents import Document
from ancrage.declarations.faults import Fault, shown
from ancrage.declarations.models import faults_of
from ancrage.declarations.reader import Reader
from ancrage.errors import PanelFileError

SHORT = re.compile(
    r"\s*(?P<trait>[^<>=]+?)\s*(?:=\s*(?P<values>[^<>=]+?))?\s*(?P<sign>>=|<=|==)\s*(?P<bound>\d{1,9})\s*"
)
SIGNS = {">=": ("min",), "<=": ("max",), "==": ("min", "max")}
SHAPE = "trait>=N, trait<=N ou trait==N, par exemple drom>=2, categorie=ACI>=3 ou region=*<=2"


class WrittenQuota(Declared):
    """A quota as written: trait and values in the words of the person."""

    id: str = ""
    label: str = ""
    trait: str
    valeurs: tuple[str, ...] = ()
    min: int | None = Field(default=None, ge=0)
    max: int | None = Field(default=None, ge=0)
    exact: int | None = Field(default=None, ge=0)
    poids: float = Field(default=1.0, gt=0)


class WrittenTerms(Declared):
    """A file of quotas as written."""

    taille: int | None = Field(default=None, ge=1)
    quotas: tuple[WrittenQuota, ...] = ()
    diversite: Mapping[str, float] = {}


def parse_short(written: str) -> WrittenQuota:
    """Read ``trait[=value[|value]]``, then ``>=``, ``<=`` or ``==`` and a number.

    Raises :class:`PanelFileError`.
    """
    found = SHORT.fullmatch(written)
    if found is None:
        raise PanelFileError(f"Le quota « {shown(written)} » n'est pas lisible.", f"Écrivez {SHAPE}.")
    values = tuple(part.strip() for part in (found["values"] or "").split("|") if part.strip())
    bounds = dict.fromkeys(SIGNS[found["sign"]], int(found["bound"]))
    return WrittenQuota(id=written.strip(), trait=found["trait"], valeurs=values, **bounds)


def read_terms(path: Path) -> WrittenTerms:
    """Terms of a file, YAML or JSON (a YAML too). Raises :class:`PanelFileError` with every fault."""
    document = READER.document(path)
    with READER.telling(path.name):
        if not isinstance(document.values, dict):
            raise Fault("il ne déclare pas de « quotas »", 1)
        told = Document(_as_texts(document), document.root)
    faults = faults_of(WrittenTerms, told)
    if faults:
        listed = " ; ".join(f"ligne {one.line}, {one.what}" for one in faults)
        raise PanelFileError(f"« {path.name} » : {listed}.", EXAMPLE)
    terms = WrittenTerms.model_validate(told.values)
    with READER.telling(path.name):
        _refuse_namesakes(terms, document)
    return terms


def _refuse_namesakes(terms: WrittenTerms, document: Document) -> None:
    """Raise :class:`Fault` for two different quotas of one identifier: which one is meant cannot be told."""
    first: dict[str, tuple[WrittenQuota, int]] = {}
    for rank, quota in enumerate(terms.quotas):
        line = document.line(("quotas", rank))
        known, earlier = first.setdefault(quota.id, (quota, line))
        if quota.id and known != quota:
            raise Fault(
                f"deux quotas s'appellent « {shown(quota.id)} », dès la ligne {earlier}", line, RENAME
            )


RENAME = "Donnez à chacun un « id » à lui."


EXAMPLE = (
    "Exemple : quotas: [{id: drom, label: Au moins deux dans les DROM, trait: drom, min: 2}] ; "
    "champs d'un quota : id, label, trait, valeurs, min, max, exact, poids."
)


READER = Reader(PanelFileError, EXAMPLE)


def _as_texts(document: Document) -> dict[str, Any]:
    """YAML reads ``75`` as a number and ``true`` as a boolean: values are texts here."""
    quotas = document.values.get("quotas")
    if not isinstance(quotas, list):
        return {**document.values, "quotas": quotas or ()}
    return {**document.values, "quotas": [_quota(one, document, rank) for rank, one in enumerate(quotas)]}


def _quota(written: Any, document: Document, rank: int) -> Any:
    if isinstance(written, str):
        return _short(written, document.line(("quotas", rank)))
    if not isinstance(written, dict):
        return written
    values = written.get("valeurs", written.get("valeur", ()))
    listed: Sequence[Any] = values if isinstance(values, list | tuple) else [values]
    rest = {key: value for key, value in written.items() if key != "valeur"}
    return {**rest, "valeurs": [_text(value) for value in listed]}


def _short(written: str, line: int) -> dict[str, Any]:
    try:
        return parse_short(written).model_dump()
    except PanelFileError as error:
        raise Fault(f"le quota « {shown(written)} » n'est pas lisible", line, error.hint) from error


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "oui" if value else "non"
    return str(value) if isinstance(value, str | int | float) else shown(value)
