"""From the values of a document to what they declare: each fault of pydantic in French, on its line."""

import typing
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from ancrage.declarations.documents import Document
from ancrage.declarations.faults import Fault, shown
from ancrage.declarations.parts import Path

Model = TypeVar("Model", bound=BaseModel)

TEXT = "un texte était attendu, pas « {input} »"
LIST = "une liste était attendue, pas « {input} »"
KEYS = "des clés et des valeurs étaient attendues, pas « {input} »"
DAY = "« {input} » n'est pas un jour (AAAA-MM-JJ)"
NUMBER = "« {input} » n'est pas un nombre"
WHOLE = "« {input} » n'est pas un nombre entier"
YES_NO = "« {input} » n'est ni true ni false"
EMPTY = "la liste ne peut pas être vide"
CHOICE = "« {input} » n'est pas une valeur possible ({expected})"
MEANINGS = {
    "missing": "il manque « {key} »",
    "extra_forbidden": "la clé « {key} » n'existe pas",
    "enum": CHOICE,
    "literal_error": CHOICE,
    "string_type": TEXT,
    "string_too_short": "un texte était attendu, rien n'est écrit",
    "string_pattern_mismatch": "« {input} » n'a pas la forme attendue ({pattern})",
    "tuple_type": LIST,
    "list_type": LIST,
    "frozen_set_type": LIST,
    "dict_type": KEYS,
    "mapping_type": KEYS,
    "model_type": KEYS,
    "model_attributes_type": KEYS,
    "date_type": DAY,
    "date_parsing": DAY,
    "date_from_datetime_parsing": DAY,
    "date_from_datetime_inexact": DAY,
    "float_type": NUMBER,
    "float_parsing": NUMBER,
    "finite_number": NUMBER,
    "int_type": WHOLE,
    "int_parsing": WHOLE,
    "int_parsing_size": WHOLE,
    "int_from_float": WHOLE,
    "bool_type": YES_NO,
    "bool_parsing": YES_NO,
    "too_short": EMPTY,
    "greater_than_equal": "« {input} » est trop petit (au moins {ge})",
    "greater_than": "« {input} » est trop petit (plus de {gt})",
    "less_than_equal": "« {input} » est trop grand (au plus {le})",
    "less_than": "« {input} » est trop grand (moins de {lt})",
    "value_error": "{error}",
}
LIKENESS = 60
"""Likeness, out of 100, from which another key is suggested."""


def parsed(model: type[Model], document: Document, at: Path = ()) -> Model:
    """What a part of a document declares. Raises :class:`Fault`, the first, with its line."""
    try:
        return model.model_validate(_part(document.values, at))
    except ValidationError as error:
        found = [_fault(one, model, document, at) for one in error.errors(include_url=False)]
        raise min(found, key=lambda fault: fault.line or 0) from error


def faults_of(model: type[BaseModel], document: Document, at: Path = ()) -> list[Fault]:
    """Every fault of a part of a document, in the order of its lines."""
    try:
        model.model_validate(_part(document.values, at))
    except ValidationError as error:
        found = [_fault(one, model, document, at) for one in error.errors(include_url=False)]
        return sorted(found, key=lambda fault: fault.line or 0)
    return []


def _fault(error: Any, model: type[BaseModel], document: Document, at: Path) -> Fault:
    return Fault(meaning(error), document.line((*at, *error["loc"])), _repair(error, model))


def named(path: Path) -> str:
    """A path as a person reads it: ``quotas.2.min``, counted from 1."""
    return ".".join(str(step + 1) if isinstance(step, int) else shown(step) for step in path)


def meaning(error: Any) -> str:
    """What one of pydantic's errors says, in French."""
    context = {name: shown(value, 120) for name, value in (error.get("ctx") or {}).items()}
    context["expected"] = context.get("expected", "").replace(" or ", ", ")
    key = shown(error["loc"][-1]) if error["loc"] else ""
    written = MEANINGS.get(error["type"], "« {input} » ne convient pas")
    return written.format(**{"key": key, "input": shown(error["input"])} | context)


def _repair(error: Any, model: type[BaseModel]) -> str:
    if error["type"] == "extra_forbidden":
        from rapidfuzz import process

        keys = sorted(_keys_of(model))
        near = process.extractOne(str(error["loc"][-1]), keys, score_cutoff=LIKENESS)
        return f"Vouliez-vous dire « {near[0]} » ?" if near else "Retirez-la."
    return f"Ajoutez « {error['loc'][-1]} »." if error["type"] == "missing" else ""


def _keys_of(model: Any, known: frozenset[Any] = frozenset()) -> set[str]:
    """Keys of a model and of those it holds."""
    if isinstance(model, type) and issubclass(model, BaseModel):
        if model in known:
            return set()
        own = {field.alias or name for name, field in model.model_fields.items()}
        inner = (field.annotation for field in model.model_fields.values())
        return own.union(*(_keys_of(each, known | {model}) for each in inner))
    return set[str]().union(*(_keys_of(each, known) for each in typing.get_args(model)))


def _part(values: Any, at: Path) -> Any:
    for step in at:
        values = values[step]
    return values
