"""Repairs as data: their sort, and what each needs, under the names of ``ancrage/repairs.py``."""

from dataclasses import asdict, fields
from datetime import date
from typing import Any, Literal, get_args

from pydantic import BaseModel, Field

from ancrage.repairs import Repair, Subject

TYPES = tuple(field.default for one in get_args(Repair) for field in fields(one) if field.name == "type")


def as_json(repair: Repair) -> dict[str, Any]:
    """Its sort first, then its fields; a day as ISO 8601."""
    told = asdict(repair)
    kind = told.pop("type")
    return {"type": kind} | {key: _plain(value) for key, value in told.items()}


def _plain(value: Any) -> Any:
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


class ToldRepair(
    BaseModel,
    title="Réparation",
    json_schema_extra={"description": "Une sorte de réparation, et ce qu'il lui faut."},
):
    """One repair. A field that the sort does not have is absent."""

    type: Literal[TYPES] = Field(description="Sorte de réparation.")  # type: ignore[valid-type]
    ids: list[str] | None = Field(None, description="Sources à synchroniser ; vide : toutes.")
    mirror: bool | None = Field(None, description="Vrai si un dossier de fichiers doit les donner.")
    on: date | None = Field(None, description="Jour à demander ; null si plusieurs conviennent.")
    field: str | None = Field(None, description="Champ de la question à donner, à changer ou à retirer.")
    values: list[str] | None = Field(None, description="Valeurs qui conviennent, ou forme attendue.")
    what: Literal["territory", "structure", "aid"] | None = Field(None, description="Ce qu'il faut chercher.")
    subject: Subject | None = Field(None, description="Ce qu'il faut consulter.")
    code: str | None = Field(None, description="Son code ; null si n'importe lequel de sa sorte.")
    territory: str | None = Field(None, description="Code du territoire dont demander les aides.")
    of: Literal["grid", "monograph", "financing", "impact", "capital"] | None = Field(
        None, description="Modèle de fichier à remplir."
    )
